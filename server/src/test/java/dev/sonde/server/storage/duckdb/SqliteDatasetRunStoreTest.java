package dev.sonde.server.storage.duckdb;

import dev.sonde.server.storage.DatasetRunStoreContract;
import dev.sonde.server.storage.Storage;
import java.nio.file.Path;

class SqliteDatasetRunStoreTest extends DatasetRunStoreContract {

    @Override
    protected Storage open(Path directory) {
        return DuckDbStores.open(directory);
    }
}
