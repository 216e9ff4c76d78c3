package com.example.lc4j;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rag.DefaultRetrievalAugmentor;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.aggregator.ReRankingContentAggregator;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.content.retriever.EmbeddingStoreContentRetriever;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.rag.query.router.DefaultQueryRouter;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.EmbeddingStoreIngestor;
import dev.langchain4j.store.embedding.inmemory.InMemoryEmbeddingStore;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Retrieves as the library's own documentation does. Uses only what every supported version of the library has. */
public final class RagApp {
    private static final String QUESTION = "Which tea do cats like?";
    private static final TextSegment CATS =
            TextSegment.from("Cats like valerian tea", Metadata.from("source", "cats.txt"));
    private static final TextSegment DOGS = TextSegment.from("Dogs run after balls");

    private final EmbeddingModel embeddings;
    private final ChatModel model;
    private EmbeddingStore<TextSegment> filled = new InMemoryEmbeddingStore<>();

    private RagApp(String baseUrl) {
        embeddings = OpenAiEmbeddingModel.builder()
                .baseUrl(baseUrl)
                .apiKey("test")
                .modelName("text-embedding-3-small")
                .dimensions(64)
                .maxRetries(0)
                .build();
        model = OpenAiChatModel.builder()
                .baseUrl(baseUrl)
                .apiKey("test")
                .modelName("gpt-4o-mini")
                .maxRetries(0)
                .build();
    }

    public static void main(String[] arguments) throws Exception {
        RagApp app = new RagApp(arguments[0]);
        Scenarios.play(app::play);
    }

    private String play(String scenario) {
        return switch (scenario) {
            case "embedText" ->
                String.valueOf(embeddings.embed("Cats like tea").content().dimension());
            case "embedAll" ->
                String.valueOf(
                        embeddings.embedAll(List.of(CATS, DOGS)).content().size());
            case "embedOwn" ->
                String.valueOf(new Counting(embeddings).embed("Cats").content().dimension());
            case "fill" -> fill();
            case "add" -> add();
            case "search" -> search();
            case "retrieve" -> first(retriever().retrieve(Query.from(QUESTION)));
            case "retrieveOwn" -> first(new Shelf().retrieve(Query.from(QUESTION)));
            case "retrieveFails" -> first(new Locked().retrieve(Query.from(QUESTION)));
            case "ingest" -> ingest();
            case "service" -> service();
            case "rerank" -> rerank();
            default -> "unknown scenario";
        };
    }

    private List<Embedding> vectors() {
        return List.of(vector(1), vector(2));
    }

    /** Two directions that the embedding of the question is not at right angles to. */
    private static Embedding vector(int seed) {
        float[] numbers = new float[64];
        Arrays.fill(numbers, 0.125f);
        numbers[seed] = -0.125f;
        return Embedding.from(numbers);
    }

    private String fill() {
        filled = new InMemoryEmbeddingStore<>();
        return String.valueOf(filled.addAll(vectors(), List.of(CATS, DOGS)).size());
    }

    private static String add() {
        EmbeddingStore<TextSegment> store = new InMemoryEmbeddingStore<>();
        String id = store.add(vector(1), CATS);
        store.add("fixed", vector(2));
        store.removeAll(List.of("fixed"));
        return String.valueOf(!id.isEmpty());
    }

    private String search() {
        EmbeddingSearchRequest request = EmbeddingSearchRequest.builder()
                .queryEmbedding(vector(1))
                .maxResults(1)
                .minScore(0.5)
                .build();
        return filled.search(request).matches().get(0).embedded().text();
    }

    private ContentRetriever retriever() {
        return EmbeddingStoreContentRetriever.builder()
                .embeddingStore(filled)
                .embeddingModel(embeddings)
                .maxResults(2)
                .minScore(0.1)
                .build();
    }

    private String ingest() {
        EmbeddingStoreIngestor.builder()
                .embeddingModel(embeddings)
                .embeddingStore(new InMemoryEmbeddingStore<>())
                .build()
                .ingest(List.of(Document.from("Cats like tea"), Document.from("Dogs like balls")));
        return "done";
    }

    interface Librarian {
        String ask(String question);
    }

    private String service() {
        return AiServices.builder(Librarian.class)
                .chatModel(model)
                .contentRetriever(new Shelf())
                .build()
                .ask(QUESTION);
    }

    private String rerank() {
        return AiServices.builder(Librarian.class)
                .chatModel(model)
                .retrievalAugmentor(DefaultRetrievalAugmentor.builder()
                        .queryRouter(new DefaultQueryRouter(new Shelf(), retriever()))
                        .contentAggregator(ReRankingContentAggregator.builder()
                                .scoringModel(new Overlap())
                                .minScore(0.3)
                                .build())
                        .build())
                .build()
                .ask(QUESTION);
    }

    private static String first(List<Content> contents) {
        return contents.get(0).textSegment().text();
    }

    /** A retriever of the application's own. */
    private static final class Shelf implements ContentRetriever {
        @Override
        public List<Content> retrieve(Query query) {
            return List.of(Content.from(CATS), Content.from("Tea is a plant"));
        }
    }

    /** A retriever that fails. */
    private static final class Locked implements ContentRetriever {
        @Override
        public List<Content> retrieve(Query query) {
            throw new IllegalStateException("locked");
        }
    }

    /** A model of the application's own that asks another. */
    private record Counting(EmbeddingModel asked) implements EmbeddingModel {
        @Override
        public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
            return asked.embedAll(segments);
        }
    }

    /** Scores by the share of the query's words that a text has. */
    private static final class Overlap implements ScoringModel {
        @Override
        public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
            List<String> words = words(query);
            return Response.from(segments.stream()
                    .map(segment -> words.stream()
                                    .filter(words(segment.text())::contains)
                                    .count()
                            / (double) words.size())
                    .toList());
        }

        private static List<String> words(String text) {
            return List.of(text.toLowerCase(Locale.ROOT).split("\\W+"));
        }
    }
}
