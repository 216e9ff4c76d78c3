package com.example.elastic;

import org.opensearch.client.opensearch._types.query_dsl.KnnQuery;

/** Whose neighbours are wanted, as version 2 takes it. */
final class Neighbours {
    private Neighbours() {}

    static KnnQuery.Builder of(KnnQuery.Builder knn) {
        float[] vector = new float[Server.DIMENSION];
        vector[0] = 1;
        return knn.vector(vector);
    }
}
