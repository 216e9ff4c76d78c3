package dev.sonde.server.storage.duckdb;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** Small stores for tests. */
final class DuckDbStores {

    private static final long MIB = 1 << 20;

    private DuckDbStores() {}

    static StorageConfig config(Path directory) {
        return new StorageConfig(
                directory, Clock.systemUTC(), 256 * MIB, 16 * MIB, 4 * MIB, 4 * MIB, 256 * MIB, Duration.ofMinutes(15));
    }

    static DuckDbStorage open(Path directory) {
        return DuckDbStorage.open(config(directory));
    }
}
