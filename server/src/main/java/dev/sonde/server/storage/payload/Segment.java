package dev.sonde.server.storage.payload;

import com.github.luben.zstd.ZstdException;
import dev.sonde.server.storage.StorageException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One file of the payload log: blocks one behind the other. Reads are thread-safe, writes are for one thread. */
final class Segment implements AutoCloseable {

    private static final int SEARCH_WINDOW = 1 << 20;

    private final int number;
    private final String day;
    private final Path path;
    private volatile FileChannel channel;
    private volatile long size;
    private volatile boolean closed;
    /** Guards the places and how far they go. */
    private final Object placesLock = new Object();

    private final List<Place> places = new ArrayList<>();
    private long placesEnd;

    private Segment(int number, String day, Path path, FileChannel channel) throws IOException {
        this.number = number;
        this.day = day;
        this.path = path;
        this.channel = channel;
        this.size = channel.size();
    }

    static Segment create(int number, String day, Path path) throws IOException {
        FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        return new Segment(number, day, path, channel);
    }

    static Segment open(int number, String day, Path path) throws IOException {
        return new Segment(number, day, path, openChannel(path));
    }

    private static FileChannel openChannel(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    int number() {
        return number;
    }

    /** The folder it lies in: {@code YYYYMMDD}. */
    String day() {
        return day;
    }

    Path path() {
        return path;
    }

    long size() {
        return size;
    }

    /** Writes a block at the end and returns where it begins. Not durable before {@link #sync()}. */
    long append(BlockHeader header, byte[] filter, byte[] body) throws IOException {
        long offset = size;
        ByteBuffer[] parts = {header.encode(), ByteBuffer.wrap(filter), ByteBuffer.wrap(body)};
        FileChannel target = channel;
        target.position(offset);
        long left = header.blockLength();
        while (left > 0) {
            left -= target.write(parts);
        }
        size = offset + header.blockLength();
        return offset;
    }

    void sync() throws IOException {
        channel.force(false);
    }

    /** The uncompressed body of the block at this offset. */
    byte[] body(long offset, Zstd zstd) {
        BlockHeader header = header(offset);
        if (header == null) {
            throw damaged(offset, "its header is damaged");
        }
        byte[] stored = new byte[header.filterLength() + header.bodyLength()];
        try {
            read(ByteBuffer.wrap(stored), offset + BlockHeader.SIZE);
        } catch (EOFException e) {
            throw damaged(offset, "the file ends inside it");
        } catch (IOException e) {
            throw new StorageException("read payload segment " + path.getFileName(), e);
        }
        if (BlockHeader.crcOf(stored, 0, stored.length) != header.crc()) {
            throw damaged(offset, "its checksum does not match");
        }
        try {
            byte[] raw = zstd.decompress(stored, header.filterLength(), header.bodyLength(), header.rawLength());
            if (raw.length == header.rawLength()) {
                return raw;
            }
        } catch (ZstdException e) {
            throw damaged(offset, "it does not decompress");
        }
        throw damaged(offset, "it is shorter than it should be");
    }

    /** The header at this offset, or null when none is there. */
    @Nullable
    BlockHeader header(long offset) {
        byte[] bytes = new byte[BlockHeader.SIZE];
        try {
            read(ByteBuffer.wrap(bytes), offset);
        } catch (EOFException e) {
            return null;
        } catch (IOException e) {
            throw new StorageException("read payload segment " + path.getFileName(), e);
        }
        return BlockHeader.decode(bytes, 0);
    }

    /**
     * Cuts off what a crash left half written: everything behind the last whole block. Damage before that block stays,
     * so that reading it is an error and not an absence.
     *
     * @return bytes cut off
     */
    long truncateTornTail() throws IOException {
        long end = 0;
        long at = 0;
        while (at < size) {
            BlockHeader header = header(at);
            if (header != null && isWhole(at, header)) {
                at += header.blockLength();
                end = at;
            } else {
                at = nextBlock(at + 1);
            }
        }
        long torn = size - end;
        if (torn > 0) {
            channel.truncate(end);
            channel.force(true);
            size = end;
        }
        return torn;
    }

    private boolean isWhole(long at, BlockHeader header) throws IOException {
        if (at + header.blockLength() > size) {
            return false;
        }
        byte[] stored = new byte[header.filterLength() + header.bodyLength()];
        read(ByteBuffer.wrap(stored), at + BlockHeader.SIZE);
        return BlockHeader.crcOf(stored, 0, stored.length) == header.crc();
    }

    /** Where the next readable header begins at or behind this offset; the file's size when there is none. */
    long nextBlock(long from) throws IOException {
        byte[] window = new byte[SEARCH_WINDOW];
        long at = from;
        while (size - at >= BlockHeader.SIZE) {
            int length = (int) Math.min(window.length, size - at);
            read(ByteBuffer.wrap(window, 0, length), at);
            for (int i = 0; i + BlockHeader.SIZE <= length; i++) {
                if (window[i] == (byte) (BlockHeader.MAGIC >>> 24) && BlockHeader.decode(window, i) != null) {
                    return at + i;
                }
            }
            at += length - BlockHeader.SIZE + 1;
        }
        return size;
    }

    /** A block and where it begins. */
    record Place(long offset, BlockHeader header) {}

    /** All blocks with a readable header, in order. Headers are read once and kept. */
    List<Place> places() {
        synchronized (placesLock) {
            try {
                long end = size;
                while (placesEnd < end) {
                    BlockHeader header = header(placesEnd);
                    if (header == null) {
                        placesEnd = nextBlock(placesEnd + 1);
                    } else {
                        places.add(new Place(placesEnd, header));
                        placesEnd += header.blockLength();
                    }
                }
            } catch (IOException e) {
                throw new StorageException("read payload segment " + path.getFileName(), e);
            }
            return List.copyOf(places);
        }
    }

    private void read(ByteBuffer into, long from) throws IOException {
        int start = into.position();
        try {
            readFully(channel, into, from);
        } catch (ClosedChannelException e) {
            // An interrupt of any reading thread closes a channel for all of them.
            into.position(start);
            readFully(reopen(), into, from);
        }
    }

    private static void readFully(FileChannel channel, ByteBuffer into, long from) throws IOException {
        long at = from;
        while (into.hasRemaining()) {
            int n = channel.read(into, at);
            if (n < 0) {
                throw new EOFException("end of file at " + at);
            }
            at += n;
        }
    }

    private synchronized FileChannel reopen() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (!channel.isOpen()) {
            channel = openChannel(path);
        }
        return channel;
    }

    private StorageException damaged(long offset, String how) {
        return new StorageException(
                "payload segment " + day + "/" + path.getFileName() + ", block at " + offset + ": " + how);
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        channel.close();
    }
}
