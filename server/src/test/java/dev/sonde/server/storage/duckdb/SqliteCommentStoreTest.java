package dev.sonde.server.storage.duckdb;

import dev.sonde.server.storage.CommentStoreContract;
import dev.sonde.server.storage.Storage;
import java.nio.file.Path;

class SqliteCommentStoreTest extends CommentStoreContract {

    @Override
    protected Storage open(Path directory) {
        return DuckDbStores.open(directory);
    }
}
