package com.example.chroma;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import tech.amikos.chromadb.Embedding;
import tech.amikos.chromadb.embeddings.EmbeddingFunction;

/** Where a text stands between rain and everything else. */
final class Embedder implements EmbeddingFunction {
    @Override
    public Embedding embedQuery(String query) {
        return Embedding.fromList(query.contains("rain") ? List.of(1f, 0f) : List.of(0f, 1f));
    }

    @Override
    public List<Embedding> embedDocuments(List<String> documents) {
        return documents.stream().map(this::embedQuery).collect(Collectors.toList());
    }

    @Override
    public List<Embedding> embedDocuments(String[] documents) {
        return embedDocuments(Arrays.asList(documents));
    }
}
