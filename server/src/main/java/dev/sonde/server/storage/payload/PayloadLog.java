package dev.sonde.server.storage.payload;

import dev.sonde.server.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The payload log: segments in one folder per day of arrival (UTC), each a file of compressed blocks. Records are only
 * ever appended. {@link #append} and {@link #sync} are for one thread at a time, reading is for any.
 *
 * <p>A record is safe once {@link #sync()} returned. A crash before that leaves at most a torn tail, which the next
 * {@link #open} cuts off, or whole records that nothing refers to, which do no harm.
 */
public final class PayloadLog implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PayloadLog.class);

    /** Small blocks cost compression, large ones cost time on every read: 128 KB reads in a tenth of a millisecond. */
    private static final int BLOCK_BYTES = 128 << 10;

    private static final long SEGMENT_BYTES = 256L << 20;
    private static final byte[] NO_FILTER = {};

    private final Path directory;
    private final Clock clock;
    private final BlockCache cache;
    private final Zstd zstd = new Zstd();
    private final NavigableMap<Integer, Segment> segments = new ConcurrentSkipListMap<>();
    private @Nullable Segment current;

    private PayloadLog(Path directory, Clock clock, BlockCache cache) {
        this.directory = directory;
        this.clock = clock;
        this.cache = cache;
    }

    /**
     * Opens the log in this directory, which is created when missing, and repairs its end.
     *
     * @param cacheBytes heap for uncompressed blocks
     */
    public static PayloadLog open(Path directory, Clock clock, long cacheBytes) {
        PayloadLog opened = new PayloadLog(directory, clock, new BlockCache(cacheBytes));
        try {
            Files.createDirectories(directory);
            opened.openSegments();
        } catch (IOException e) {
            opened.close();
            throw new StorageException("open payload log", e);
        }
        return opened;
    }

    private void openSegments() throws IOException {
        try (Stream<Path> days = Files.list(directory)) {
            for (Path day : days.filter(Files::isDirectory).toList()) {
                try (Stream<Path> files = Files.list(day)) {
                    for (Path file : files.toList()) {
                        openSegment(day.getFileName().toString(), file);
                    }
                }
            }
        }
        if (!segments.isEmpty()) {
            Segment last = segments.lastEntry().getValue();
            long torn = last.truncateTornTail();
            if (torn > 0) {
                log.info("Payload segment {}: cut off {} bytes that a crash left half written", last.path(), torn);
            }
            current = last;
        }
    }

    private void openSegment(String day, Path file) throws IOException {
        String name = file.getFileName().toString();
        if (name.matches("\\d{6,}\\.seg")) {
            int number = Integer.parseInt(name.substring(0, name.length() - 4));
            segments.put(number, Segment.open(number, day, file));
        }
    }

    /**
     * Writes records at the end, in order. They are not durable before {@link #sync()} returned.
     *
     * @return where each record lies
     */
    public List<PayloadRef> append(List<PayloadRecord> records) {
        List<Block> blocks = pack(records);
        blocks.parallelStream().forEach(block -> block.compress(zstd));
        List<PayloadRef> refs = new ArrayList<>(records.size());
        try {
            for (Block block : blocks) {
                Segment segment = writable(block.length());
                long offset = segment.append(block.header(), NO_FILTER, block.compressed);
                cache.put(segment.number(), offset, block.raw);
                for (int i = 0; i < block.records; i++) {
                    refs.add(new PayloadRef(segment.number(), offset, i));
                }
            }
        } catch (IOException e) {
            current = null;
            throw new StorageException("append to payload log", e);
        }
        return refs;
    }

    /** Makes everything appended durable. After a failure the segment is given up and the next append begins another. */
    public void sync() {
        Segment segment = current;
        if (segment != null) {
            try {
                segment.sync();
            } catch (IOException e) {
                // What a failed fsync wrote is unknown, and a second one may succeed without writing it.
                current = null;
                throw new StorageException("sync payload log", e);
            }
        }
    }

    private static List<Block> pack(List<PayloadRecord> records) {
        List<Block> blocks = new ArrayList<>();
        Bytes body = new Bytes(BLOCK_BYTES + (BLOCK_BYTES >> 1));
        Block block = new Block();
        for (PayloadRecord payloadRecord : records) {
            RecordCodec.write(payloadRecord, body);
            block.add(payloadRecord.time());
            if (body.size() >= BLOCK_BYTES || block.records == PayloadRef.MAX_RECORDS_IN_BLOCK) {
                blocks.add(block.close(body));
                block = new Block();
            }
        }
        if (block.records > 0) {
            blocks.add(block.close(body));
        }
        return blocks;
    }

    private Segment writable(long bytes) throws IOException {
        String today = LocalDate.now(clock.withZone(ZoneOffset.UTC)).format(DateTimeFormatter.BASIC_ISO_DATE);
        Segment segment = current;
        if (segment != null
                && segment.day().equals(today)
                && (segment.size() == 0 || segment.size() + bytes <= SEGMENT_BYTES)) {
            return segment;
        }
        if (segment != null) {
            segment.sync();
        }
        int number = segments.isEmpty() ? 1 : segments.lastKey() + 1;
        Path day = Files.createDirectories(directory.resolve(today));
        segment = Segment.create(number, today, day.resolve(String.format("%06d.seg", number)));
        syncDirectory(day);
        syncDirectory(directory);
        segments.put(number, segment);
        current = segment;
        return segment;
    }

    /** A new file survives a power cut only when its directory was synced. */
    private static void syncDirectory(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** One record. */
    public PayloadRecord read(PayloadRef ref) {
        return RecordCodec.read(body(ref.segment(), ref.offset()), ref.position());
    }

    /** These records by reference; each block is read once. */
    public Map<PayloadRef, PayloadRecord> read(Collection<PayloadRef> refs) {
        Map<PayloadRef, PayloadRecord> found = new HashMap<>();
        byte[] body = {};
        long block = -1;
        for (long packed : new TreeSet<>(refs.stream().map(PayloadRef::packed).toList())) {
            PayloadRef ref = PayloadRef.unpack(packed);
            if (packed >>> 12 != block) {
                body = body(ref.segment(), ref.offset());
                block = packed >>> 12;
            }
            found.put(ref, RecordCodec.read(body, ref.position()));
        }
        return found;
    }

    /** Looks at records; returns false to see no more. */
    public interface Visitor {
        boolean visit(PayloadRef ref, PayloadRecord payloadRecord);
    }

    /**
     * Shows records, those appended last first, of the blocks that may hold one between two times. Damaged blocks are
     * passed over. Ends when the visitor has enough, or when so much was read.
     *
     * @param from microseconds since 1970, inclusive
     * @param to exclusive
     * @param maxBytes of uncompressed text
     * @return false when it ended because of {@code maxBytes}
     */
    public boolean scan(long from, long to, long maxBytes, Visitor visitor) {
        long left = maxBytes;
        for (Segment segment : segments.descendingMap().values()) {
            List<Segment.Place> places = segment.places();
            for (int i = places.size() - 1; i >= 0; i--) {
                Segment.Place place = places.get(i);
                if (place.header().maxTime() < from || place.header().minTime() >= to) {
                    continue;
                }
                left -= place.header().rawLength();
                if (left < 0) {
                    return false;
                }
                if (!visit(segment, place, visitor)) {
                    return true;
                }
            }
        }
        return true;
    }

    private boolean visit(Segment segment, Segment.Place place, Visitor visitor) {
        byte[] body;
        try {
            body = body(segment.number(), place.offset());
        } catch (StorageException e) {
            log.warn("Passed over a block: {}", e.getMessage());
            return true;
        }
        List<PayloadRecord> records = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(body);
        while (in.hasRemaining()) {
            in.getInt();
            records.add(RecordCodec.readNext(in));
        }
        for (int i = records.size() - 1; i >= 0; i--) {
            if (!visitor.visit(new PayloadRef(segment.number(), place.offset(), i), records.get(i))) {
                return false;
            }
        }
        return true;
    }

    private byte[] body(int number, long offset) {
        byte[] cached = cache.find(number, offset);
        if (cached != null) {
            return cached;
        }
        Segment segment = segments.get(number);
        if (segment == null) {
            throw new StorageException("payload segment " + number + " is missing");
        }
        byte[] body = segment.body(offset, zstd);
        cache.put(number, offset, body);
        return body;
    }

    @Override
    public void close() {
        zstd.close();
        for (Segment segment : segments.values()) {
            try {
                segment.close();
            } catch (IOException e) {
                throw new StorageException("close payload log", e);
            }
        }
    }

    /** A block on its way to the file. */
    private static final class Block {

        private byte[] raw = {};
        private byte[] compressed = {};
        private int records;
        private long minTime = Long.MAX_VALUE;
        private long maxTime = Long.MIN_VALUE;

        void add(long time) {
            records++;
            minTime = Math.min(minTime, time);
            maxTime = Math.max(maxTime, time);
        }

        Block close(Bytes body) {
            raw = body.toByteArray();
            body.clear();
            return this;
        }

        void compress(Zstd zstd) {
            compressed = zstd.compress(raw);
        }

        long length() {
            return (long) BlockHeader.SIZE + compressed.length;
        }

        BlockHeader header() {
            return new BlockHeader(
                    raw.length,
                    compressed.length,
                    NO_FILTER.length,
                    records,
                    minTime,
                    maxTime,
                    BlockHeader.crcOf(compressed, 0, compressed.length));
        }
    }
}
