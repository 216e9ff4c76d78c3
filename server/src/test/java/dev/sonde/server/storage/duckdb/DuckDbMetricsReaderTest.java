package dev.sonde.server.storage.duckdb;

import dev.sonde.server.storage.MetricsReaderContract;
import dev.sonde.server.storage.Storage;
import java.nio.file.Path;

class DuckDbMetricsReaderTest extends MetricsReaderContract {

    @Override
    protected Storage open(Path directory) {
        return DuckDbStores.open(directory);
    }
}
