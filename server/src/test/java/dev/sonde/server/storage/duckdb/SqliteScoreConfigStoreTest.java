package dev.sonde.server.storage.duckdb;

import dev.sonde.server.storage.ScoreConfigStoreContract;
import dev.sonde.server.storage.Storage;
import java.nio.file.Path;

class SqliteScoreConfigStoreTest extends ScoreConfigStoreContract {

    @Override
    protected Storage open(Path directory) {
        return DuckDbStores.open(directory);
    }
}
