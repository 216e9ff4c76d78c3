package com.example.pinecone;

import io.pinecone.clients.AsyncIndex;
import io.pinecone.clients.Index;
import io.pinecone.configs.PineconeConfig;
import io.pinecone.configs.PineconeConnection;

/** As version 1 connects an index. */
final class Connect {
    private Connect() {}

    static Index index(PineconeConfig config, PineconeConnection connection) {
        return new Index(connection, "docs");
    }

    static AsyncIndex async(PineconeConfig config, PineconeConnection connection) {
        return new AsyncIndex(connection, "docs");
    }
}
