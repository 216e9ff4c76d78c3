package dev.sonde.samples.rag;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2.AllMiniLmL6V2EmbeddingModel;
import dev.langchain4j.store.embedding.CosineSimilarity;
import dev.sonde.annotations.ObservationType;
import dev.sonde.annotations.Observe;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Finds the passages nearest to a question, with an embedding model that runs in this process. */
class Retriever {
    /** A passage and how near it is, from -1 to 1. */
    record Hit(String title, String text, double similarity) {}

    private record Indexed(Passage passage, Embedding embedding) {}

    private final EmbeddingModel model = new AllMiniLmL6V2EmbeddingModel();
    private final List<Indexed> index;

    Retriever(List<Passage> corpus) {
        List<Embedding> embeddings = model.embedAll(corpus.stream()
                        .map(passage -> TextSegment.from(passage.title() + "\n" + passage.text()))
                        .toList())
                .content();
        index = IntStream.range(0, corpus.size())
                .mapToObj(i -> new Indexed(corpus.get(i), embeddings.get(i)))
                .toList();
    }

    @Observe(name = "retrieve", type = ObservationType.RETRIEVER)
    List<Hit> retrieve(String question, int limit) {
        Embedding embedding = model.embed(question).content();
        return index.stream()
                .map(entry -> new Hit(
                        entry.passage().title(),
                        entry.passage().text(),
                        CosineSimilarity.between(embedding, entry.embedding())))
                .sorted(Comparator.comparingDouble(Hit::similarity).reversed())
                .limit(limit)
                .toList();
    }
}
