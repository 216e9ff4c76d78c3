package dev.sonde.server.storage.duckdb;

import java.util.ArrayList;
import java.util.List;

/**
 * A Bloom filter that grows: answers "surely not stored" for ids without touching the disk. Sixteen bits an id and eight
 * probes make about one false "maybe" in a thousand. Not thread-safe.
 */
final class IdFilter {

    private static final int FIRST_CAPACITY = 1 << 16;
    private static final int BITS_PER_HASH = 16;
    private static final int PROBES = 8;

    private final List<long[]> parts = new ArrayList<>();
    private int capacity;
    private int used;

    IdFilter() {
        addPart(FIRST_CAPACITY);
    }

    void add(long hash) {
        if (used == capacity) {
            addPart((int) Math.min(capacity * 2L, 1 << 26));
        }
        used++;
        long[] bits = parts.get(parts.size() - 1);
        long step = step(hash);
        for (int i = 0; i < PROBES; i++) {
            long bit = (hash + i * step) & (bits.length * 64L - 1);
            bits[(int) (bit >>> 6)] |= 1L << bit;
        }
    }

    boolean mayContain(long hash) {
        for (long[] bits : parts) {
            if (mayContain(bits, hash)) {
                return true;
            }
        }
        return false;
    }

    private static boolean mayContain(long[] bits, long hash) {
        long step = step(hash);
        for (int i = 0; i < PROBES; i++) {
            long bit = (hash + i * step) & (bits.length * 64L - 1);
            if ((bits[(int) (bit >>> 6)] & (1L << bit)) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Odd, so that the probes reach every bit. */
    private static long step(long hash) {
        return (hash >>> 32) * 0x9E3779B97F4A7C15L | 1;
    }

    private void addPart(int hashes) {
        capacity = hashes;
        used = 0;
        parts.add(new long[(int) ((long) hashes * BITS_PER_HASH / 64)]);
    }
}
