package dev.sonde.server.storage.duckdb;

import dev.sonde.server.storage.LlmConnectionStoreContract;
import dev.sonde.server.storage.Storage;
import java.nio.file.Path;

class SqliteLlmConnectionStoreTest extends LlmConnectionStoreContract {

    @Override
    protected Storage open(Path directory) {
        return DuckDbStores.open(directory);
    }
}
