package dev.sonde.server.storage.duckdb;

import dev.sonde.server.storage.PromptStoreContract;
import dev.sonde.server.storage.Storage;
import java.nio.file.Path;

class SqlitePromptStoreTest extends PromptStoreContract {

    @Override
    protected Storage open(Path directory) {
        return DuckDbStores.open(directory);
    }
}
