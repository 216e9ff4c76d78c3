package dev.sonde.server.storage.duckdb;

import dev.sonde.server.storage.DatasetStoreContract;
import dev.sonde.server.storage.Storage;
import java.nio.file.Path;

class SqliteDatasetStoreTest extends DatasetStoreContract {

    @Override
    protected Storage open(Path directory) {
        return DuckDbStores.open(directory);
    }
}
