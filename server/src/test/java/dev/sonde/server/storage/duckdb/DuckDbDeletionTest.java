package dev.sonde.server.storage.duckdb;

import dev.sonde.server.storage.DeletionContract;
import dev.sonde.server.storage.Storage;
import java.nio.file.Path;

class DuckDbDeletionTest extends DeletionContract {

    @Override
    protected Storage open(Path directory) {
        return DuckDbStores.open(directory);
    }
}
