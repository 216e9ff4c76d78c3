package dev.sonde.server.storage.duckdb;

import dev.sonde.server.storage.PromptUseReaderContract;
import dev.sonde.server.storage.Storage;
import java.nio.file.Path;

class DuckDbPromptUseReaderTest extends PromptUseReaderContract {

    @Override
    protected Storage open(Path directory) {
        return DuckDbStores.open(directory);
    }
}
