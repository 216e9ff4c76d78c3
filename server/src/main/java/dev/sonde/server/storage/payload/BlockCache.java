package dev.sonde.server.storage.payload;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Uncompressed blocks read or written lately, at most so many bytes. Thread-safe. */
final class BlockCache {

    private final long maxBytes;
    /** Guards the map and the sum. */
    private final Object lock = new Object();

    private final Map<Long, byte[]> blocks = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    BlockCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    byte @Nullable [] find(int segment, long offset) {
        synchronized (lock) {
            return blocks.get(key(segment, offset));
        }
    }

    /** Keeps a block; one that would push out most of the others is not kept. */
    void put(int segment, long offset, byte[] body) {
        if (body.length > maxBytes / 4) {
            return;
        }
        synchronized (lock) {
            byte[] old = blocks.put(key(segment, offset), body);
            bytes += body.length - (old == null ? 0 : old.length);
            var eldest = blocks.values().iterator();
            while (bytes > maxBytes && eldest.hasNext()) {
                bytes -= eldest.next().length;
                eldest.remove();
            }
        }
    }

    private static long key(int segment, long offset) {
        return new PayloadRef(segment, offset, 0).packed();
    }
}
