package dev.sonde.runtime.export;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Requests on disk that wait for the server, in order. Each process has a folder of its own below the configured
 * directory, held by a lock, and takes over folders whose process is gone. Written without {@code fsync}: it survives the
 * end of the process, not that of the machine. Used by the export thread.
 */
final class Spool implements AutoCloseable {

    private static final int MAX_FOLDERS = 64;
    private static final long SEGMENT_BYTES = 8L << 20;
    private static final String SUFFIX = ".spool";

    private final long maxBytes;
    private final Path own;
    private final List<FileChannel> locks;
    private final Deque<SpoolSegment> segments = new ArrayDeque<>();
    private int lost;
    private @Nullable SpoolSegment writing;
    private long nextNumber;

    private Spool(long maxBytes, Path own, List<FileChannel> locks) {
        this.maxBytes = maxBytes;
        this.own = own;
        this.locks = locks;
    }

    /**
     * Opens a folder of this process below {@code directory}, with what processes that are gone have left.
     *
     * @throws IOException when the directory cannot be used, or {@value #MAX_FOLDERS} processes use it
     */
    static Spool open(Path directory, long maxBytes) throws IOException {
        List<FileChannel> locks = new ArrayList<>();
        List<Path> held = new ArrayList<>();
        for (int i = 0; i < MAX_FOLDERS; i++) {
            Path folder = directory.resolve(String.valueOf(i));
            if (!held.isEmpty() && !Files.isDirectory(folder)) {
                continue;
            }
            Files.createDirectories(folder);
            FileChannel lock =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (locked(lock)) {
                locks.add(lock);
                held.add(folder);
            } else {
                lock.close();
            }
        }
        if (held.isEmpty()) {
            throw new IOException("all " + MAX_FOLDERS + " folders of " + directory + " are in use");
        }
        Spool spool = new Spool(maxBytes, held.get(0), locks);
        for (Path folder : held) {
            spool.takeOver(folder);
        }
        return spool;
    }

    private static boolean locked(FileChannel lock) throws IOException {
        try {
            FileLock held = lock.tryLock();
            return held != null;
        } catch (OverlappingFileLockException e) {
            return false; // another tracer of this process
        }
    }

    private void takeOver(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.filter(file -> file.getFileName().toString().matches("[0-9a-f]{16}\\.spool"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            segments.add(SpoolSegment.inherited(file));
            if (folder.equals(own)) {
                String name = file.getFileName().toString();
                long number = Long.parseLong(name.substring(0, name.length() - SUFFIX.length()), 16);
                nextNumber = Math.max(nextNumber, number + 1);
            }
        }
    }

    boolean isEmpty() {
        return segments.stream().allMatch(SpoolSegment::isDone);
    }

    /** Adds a request behind the others; answers false when there is no room for it. */
    boolean append(Packet packet) throws IOException {
        long used = 0;
        for (SpoolSegment segment : segments) {
            used += segment.bytes();
        }
        if (used + packet.size() > maxBytes || packet.size() > SpoolSegment.MAX_RECORD) {
            return false;
        }
        SpoolSegment last = writing;
        if (last == null || last.bytes() + packet.size() > SEGMENT_BYTES) {
            last = SpoolSegment.create(own.resolve(String.format("%016x%s", nextNumber++, SUFFIX)));
            writing = last;
            segments.add(last);
        }
        last.append(packet);
        return true;
    }

    /** The oldest request, or null. It stays until {@link #acknowledge}. */
    @Nullable
    SpoolRecord peek() throws IOException {
        while (!segments.isEmpty()) {
            SpoolSegment first = segments.getFirst();
            SpoolRecord record = first.peek();
            if (record != null) {
                return record;
            }
            lost += first.pending();
            segments.removeFirst();
            if (first == writing) {
                writing = null;
            }
            first.delete();
        }
        return null;
    }

    /** The oldest request is settled. */
    void acknowledge() throws IOException {
        segments.getFirst().acknowledge();
    }

    /** How many of this process were damaged on disk since this was last asked. */
    int takeLost() {
        int taken = lost;
        lost = 0;
        return taken;
    }

    @Override
    public void close() throws IOException {
        for (SpoolSegment segment : segments) {
            segment.close();
        }
        for (FileChannel lock : locks) {
            lock.close();
        }
    }
}
