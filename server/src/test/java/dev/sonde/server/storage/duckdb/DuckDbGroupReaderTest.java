package dev.sonde.server.storage.duckdb;

import dev.sonde.server.storage.GroupReaderContract;
import dev.sonde.server.storage.Storage;
import java.nio.file.Path;

class DuckDbGroupReaderTest extends GroupReaderContract {

    @Override
    protected Storage open(Path directory) {
        return DuckDbStores.open(directory);
    }
}
