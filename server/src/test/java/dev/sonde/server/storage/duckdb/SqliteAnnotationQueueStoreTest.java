package dev.sonde.server.storage.duckdb;

import dev.sonde.server.storage.AnnotationQueueStoreContract;
import dev.sonde.server.storage.Storage;
import java.nio.file.Path;

class SqliteAnnotationQueueStoreTest extends AnnotationQueueStoreContract {

    @Override
    protected Storage open(Path directory) {
        return DuckDbStores.open(directory);
    }
}
