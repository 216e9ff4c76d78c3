package dev.sonde.runtime.export;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * One file of requests: eight bytes that say up to where they are settled, then for each its length, its kind, its count,
 * the checksum of these and of the body, and the body. A record that is cut off or damaged ends the file.
 */
final class SpoolSegment implements AutoCloseable {

    private static final int HEADER = 8;
    private static final int RECORD_HEADER = 16;
    static final int MAX_RECORD = 64 << 20;

    private final Path file;
    private final FileChannel channel;
    private final boolean inherited;
    private long settled;
    private long next;
    private long end;
    private int nextCount;
    private int pending;

    private SpoolSegment(Path file, FileChannel channel, boolean inherited) {
        this.file = file;
        this.channel = channel;
        this.inherited = inherited;
    }

    static SpoolSegment create(Path file) throws IOException {
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        SpoolSegment segment = new SpoolSegment(file, channel, false);
        segment.settle(HEADER);
        segment.end = HEADER;
        return segment;
    }

    static SpoolSegment inherited(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        SpoolSegment segment = new SpoolSegment(file, channel, true);
        segment.end = channel.size();
        byte[] header = segment.read(0, HEADER);
        long settled = header == null ? segment.end : ByteBuffer.wrap(header).getLong();
        segment.settled = Math.max(HEADER, settled);
        return segment;
    }

    /** Bytes on disk. */
    long bytes() {
        return end;
    }

    /** Whether no request waits here. A damaged record is noticed when it is read. */
    boolean isDone() {
        return settled >= end;
    }

    void append(Packet packet) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(RECORD_HEADER + packet.size());
        record.putInt(packet.size()).putInt(packet.kind().code).putInt(packet.count());
        record.putInt(checksum(packet.kind().code, packet.count(), packet.bytes(), packet.size()));
        record.put(packet.bytes(), 0, packet.size()).flip();
        long at = end;
        while (record.hasRemaining()) {
            at += channel.write(record, at);
        }
        end = at;
        pending += packet.count();
    }

    /** Observations and scores that this process has written here and that are not settled. */
    int pending() {
        return pending;
    }

    /** The oldest request that is not settled; null when there is none. */
    @Nullable
    SpoolRecord peek() throws IOException {
        byte[] header = isDone() ? null : read(settled, RECORD_HEADER);
        if (header == null) {
            return ended();
        }
        ByteBuffer fields = ByteBuffer.wrap(header);
        int size = fields.getInt();
        int code = fields.getInt();
        int count = fields.getInt();
        int checksum = fields.getInt();
        Packet.Kind kind = Packet.kindOf(code);
        byte[] body = size < 0 || size > MAX_RECORD || kind == null ? null : read(settled + RECORD_HEADER, size);
        if (kind == null || body == null || checksum(code, count, body, size) != checksum) {
            return ended();
        }
        next = settled + RECORD_HEADER + size;
        nextCount = inherited ? 0 : count;
        return new SpoolRecord(new Packet(kind, () -> body, size, count), inherited);
    }

    private @Nullable SpoolRecord ended() {
        if (settled < end) {
            Log.warn("spool damage", file + " is damaged from byte " + settled + " on, the rest of it is lost");
        }
        settled = end;
        return null;
    }

    /** The request that {@link #peek} answered last is settled. */
    void acknowledge() throws IOException {
        settle(next);
        pending -= nextCount;
    }

    void delete() throws IOException {
        channel.close();
        Files.deleteIfExists(file);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (isDone()) {
            Files.deleteIfExists(file);
        }
    }

    private void settle(long upTo) throws IOException {
        settled = upTo;
        ByteBuffer header = ByteBuffer.allocate(HEADER).putLong(upTo).flip();
        while (header.hasRemaining()) {
            channel.write(header, header.position());
        }
    }

    private byte @Nullable [] read(long at, int size) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(size);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                return null;
            }
        }
        return buffer.array();
    }

    private static int checksum(int kind, int count, byte[] bytes, int size) {
        CRC32 crc = new CRC32();
        crc.update(ByteBuffer.allocate(8).putInt(kind).putInt(count).flip());
        crc.update(bytes, 0, size);
        return (int) crc.getValue();
    }
}
