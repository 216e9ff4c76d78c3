package dev.sonde.server.storage.duckdb;

import dev.sonde.server.storage.ModelStoreContract;
import dev.sonde.server.storage.Storage;
import java.nio.file.Path;

class SqliteModelStoreTest extends ModelStoreContract {

    @Override
    protected Storage open(Path directory) {
        return DuckDbStores.open(directory);
    }
}
