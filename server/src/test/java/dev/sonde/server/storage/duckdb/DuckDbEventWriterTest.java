package dev.sonde.server.storage.duckdb;

import dev.sonde.server.storage.EventWriterContract;
import dev.sonde.server.storage.Storage;
import java.nio.file.Path;

class DuckDbEventWriterTest extends EventWriterContract {

    @Override
    protected Storage open(Path directory) {
        return DuckDbStores.open(directory);
    }
}
