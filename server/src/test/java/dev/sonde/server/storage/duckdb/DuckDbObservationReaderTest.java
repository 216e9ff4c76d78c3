package dev.sonde.server.storage.duckdb;

import dev.sonde.server.storage.ObservationReaderContract;
import dev.sonde.server.storage.Storage;
import java.nio.file.Path;

class DuckDbObservationReaderTest extends ObservationReaderContract {

    @Override
    protected Storage open(Path directory) {
        return DuckDbStores.open(directory);
    }
}
