package dev.sonde.server.storage.duckdb;

import dev.sonde.server.storage.SessionReaderContract;
import dev.sonde.server.storage.Storage;
import java.nio.file.Path;

class DuckDbSessionReaderTest extends SessionReaderContract {

    @Override
    protected Storage open(Path directory) {
        return DuckDbStores.open(directory);
    }
}
