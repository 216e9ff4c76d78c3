package dev.sonde.server.storage.duckdb;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;

/**
 * How the embedded store is opened.
 *
 * @param dataDirectory where everything lies; created when missing
 * @param clock names the day folders of the payload log and ages open observations
 * @param columnMemoryBytes what DuckDB may use outside the heap
 * @param checkpointBytes size of DuckDB's write-ahead log at which it is folded into the file
 * @param blockCacheBytes heap for uncompressed payload blocks
 * @param recentRowBytes heap for rows written or read lately, which later events are merged with
 * @param textScanBytes uncompressed text that one question may search
 * @param openFor how long an observation that does not end is kept among the open ones
 */
public record StorageConfig(
        Path dataDirectory,
        Clock clock,
        long columnMemoryBytes,
        long checkpointBytes,
        long blockCacheBytes,
        long recentRowBytes,
        long textScanBytes,
        Duration openFor) {

    private static final long MIB = 1L << 20;

    public StorageConfig {
        Objects.requireNonNull(dataDirectory, "dataDirectory");
        Objects.requireNonNull(clock, "clock");
        positive("storage.column-memory", columnMemoryBytes);
        positive("storage.checkpoint", checkpointBytes);
        positive("storage.text-scan", textScanBytes);
    }

    private static void positive(String key, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(key + ": " + value + " (expected: > 0)");
        }
    }

    /** Sizes fit for this machine: a quarter of its memory for the columns, at least 256 MB and at most 8 GB. */
    public static StorageConfig of(Path dataDirectory) {
        long memory = Math.min(Math.max(machineMemory() / 4, 256 * MIB), 8192 * MIB);
        long heap = Runtime.getRuntime().maxMemory();
        return new StorageConfig(
                dataDirectory,
                Clock.systemUTC(),
                memory,
                128 * MIB,
                Math.min(heap / 16, 64 * MIB),
                Math.min(heap / 8, 128 * MIB),
                1024 * MIB,
                Duration.ofMinutes(15));
    }

    /** The same with another clock. */
    public StorageConfig withClock(Clock other) {
        return new StorageConfig(
                dataDirectory,
                other,
                columnMemoryBytes,
                checkpointBytes,
                blockCacheBytes,
                recentRowBytes,
                textScanBytes,
                openFor);
    }

    private static long machineMemory() {
        return java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean machine
                ? machine.getTotalMemorySize()
                : 1024 * MIB;
    }
}
