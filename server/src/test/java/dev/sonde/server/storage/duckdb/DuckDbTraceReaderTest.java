package dev.sonde.server.storage.duckdb;

import dev.sonde.server.storage.Storage;
import dev.sonde.server.storage.TraceReaderContract;
import java.nio.file.Path;

class DuckDbTraceReaderTest extends TraceReaderContract {

    @Override
    protected Storage open(Path directory) {
        return DuckDbStores.open(directory);
    }
}
