package dev.sonde.samples.rag;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2.AllMiniLmL6V2EmbeddingModel;
import dev.langchain4j.store.embedding.CosineSimilarity;
import dev.sonde.Sonde;
import dev.sonde.annotations.Capture;
import dev.sonde.annotations.ObservationType;
import dev.sonde.annotations.Observe;
import java.util.Comparator;
import java.util.List;

/** Finds the passages nearest to a question, with an embedding model that runs in this process. */
class Retriever {
    /** A passage and how near it is, from -1 to 1. */
    record Hit(String title, String text, double similarity) {}

    private record Indexed(Passage passage, Embedding embedding) {}

    private final EmbeddingModel model = new AllMiniLmL6V2EmbeddingModel();
    private final List<Indexed> index;

    Retriever(List<Passage> corpus) {
        index = corpus.stream()
                .map(passage -> new Indexed(
                        passage,
                        model.embed(passage.title() + "\n" + passage.text()).content()))
                .toList();
    }

    @Observe(name = "retrieve", type = ObservationType.RETRIEVER)
    List<Hit> retrieve(String question, int limit) {
        Embedding embedding = embed(question);
        return index.stream()
                .map(entry -> new Hit(
                        entry.passage().title(),
                        entry.passage().text(),
                        CosineSimilarity.between(embedding, entry.embedding())))
                .sorted(Comparator.comparingDouble(Hit::similarity).reversed())
                .limit(limit)
                .toList();
    }

    /** Nobody reads 384 numbers, so they are not recorded. */
    @Observe(name = "embed-question", type = ObservationType.EMBEDDING, captureOutput = Capture.OFF)
    private Embedding embed(String text) {
        Sonde.current().model("all-MiniLM-L6-v2");
        return model.embed(text).content();
    }
}
