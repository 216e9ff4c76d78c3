package com.example.chroma;

import java.util.List;
import java.util.stream.Collectors;
import tech.amikos.chromadb.EmbeddingFunction;

/** Where a text stands between rain and everything else. */
final class Embedder implements EmbeddingFunction {
    @Override
    public List<List<Float>> createEmbedding(List<String> documents) {
        return documents.stream()
                .map(text -> text.contains("rain") ? List.of(1f, 0f) : List.of(0f, 1f))
                .collect(Collectors.toList());
    }

    @Override
    public List<List<Float>> createEmbedding(List<String> documents, String model) {
        return createEmbedding(documents);
    }
}
