package com.example.elastic;

import org.opensearch.client.opensearch._types.query_dsl.KnnQuery;

/** Whose neighbours are wanted, as version 3 takes it. */
final class Neighbours {
    private Neighbours() {}

    static KnnQuery.Builder of(KnnQuery.Builder knn) {
        return knn.vector(Server.query());
    }
}
