package dev.sonde.server.storage.duckdb;

import dev.sonde.server.storage.ScoreReaderContract;
import dev.sonde.server.storage.Storage;
import java.nio.file.Path;

class DuckDbScoreReaderTest extends ScoreReaderContract {

    @Override
    protected Storage open(Path directory) {
        return DuckDbStores.open(directory);
    }
}
