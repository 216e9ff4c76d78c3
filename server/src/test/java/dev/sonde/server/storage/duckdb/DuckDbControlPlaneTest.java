package dev.sonde.server.storage.duckdb;

import dev.sonde.server.storage.ControlPlaneContract;
import dev.sonde.server.storage.Storage;
import java.nio.file.Path;

class DuckDbControlPlaneTest extends ControlPlaneContract {

    @Override
    protected Storage open(Path directory) {
        return DuckDbStores.open(directory);
    }
}
