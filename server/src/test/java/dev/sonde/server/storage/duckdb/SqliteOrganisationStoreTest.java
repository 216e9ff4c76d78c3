package dev.sonde.server.storage.duckdb;

import dev.sonde.server.storage.OrganisationStoreContract;
import dev.sonde.server.storage.Storage;
import java.nio.file.Path;

class SqliteOrganisationStoreTest extends OrganisationStoreContract {

    @Override
    protected Storage open(Path directory) {
        return DuckDbStores.open(directory);
    }
}
