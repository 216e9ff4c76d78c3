package dev.sonde.server.storage.duckdb;

import dev.sonde.server.storage.RepricingStoreContract;
import dev.sonde.server.storage.Storage;
import java.nio.file.Path;

class SqliteRepricingStoreTest extends RepricingStoreContract {

    @Override
    protected Storage open(Path directory) {
        return DuckDbStores.open(directory);
    }
}
