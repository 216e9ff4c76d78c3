package dev.sonde.agent.instrumentation.langchain4j.rag;

import dev.sonde.agent.tooling.LibraryMethod;
import dev.sonde.boot.SiteHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What is hooked of retrieval: models that embed and score, stores, retrievers and augmentors. */
public final class RagHooks {
    private static final String PREFIX = "dev.langchain4j.";
    private static final String EMBEDDING_MODEL = PREFIX + "model.embedding.EmbeddingModel";
    private static final String DIMENSIONS_AWARE = PREFIX + "model.embedding.DimensionAwareEmbeddingModel";
    private static final String EMBEDDING_REQUEST = PREFIX + "model.embedding.request.EmbeddingRequest";
    private static final String STORE = PREFIX + "store.embedding.EmbeddingStore";
    private static final String VECTOR = PREFIX + "data.embedding.Embedding";
    private static final String SEGMENT = PREFIX + "data.segment.TextSegment";
    private static final String TEXT = "java.lang.String";
    private static final String LIST = "java.util.List";
    private static final String OBJECT = "java.lang.Object";

    private RagHooks() {}

    /** Methods of the library's own classes. */
    public static List<LibraryMethod> methods() {
        return List.of(
                method(EMBEDDING_MODEL, "embed", EmbeddingSite::new, EMBEDDING_REQUEST)
                        .ifThere(),
                method(PREFIX + "store.embedding.EmbeddingStoreIngestor", "ingest", IngestorSite::new, LIST),
                change("addAll", List.of(LIST, LIST)));
    }

    /** Methods of what implements the library's types. */
    public static List<LibraryMethod> inherited() {
        List<LibraryMethod> methods = new ArrayList<>();
        for (String model : List.of(EMBEDDING_MODEL, DIMENSIONS_AWARE)) {
            methods.add(method(model, "embed", EmbeddingSite::new, EMBEDDING_REQUEST));
            methods.add(method(model, "embed", EmbeddingSite::new, SEGMENT));
            methods.add(method(model, "embed", EmbeddingSite::new, TEXT));
            methods.add(method(model, "embedAll", EmbeddingSite::new, LIST));
        }
        methods.add(method(PREFIX + "model.scoring.ScoringModel", "scoreAll", ScoringSite::new, LIST, TEXT));
        methods.add(method(
                PREFIX + "rag.content.retriever.ContentRetriever",
                "retrieve",
                RetrieverSite::new,
                PREFIX + "rag.query.Query"));
        methods.add(method(
                PREFIX + "rag.RetrievalAugmentor", "augment", AugmentorSite::new, PREFIX + "rag.AugmentationRequest"));
        methods.add(method(STORE, "search", StoreSearchSite::new, PREFIX + "store.embedding.EmbeddingSearchRequest"));
        for (List<String> parameters :
                List.of(List.of(VECTOR), List.of(TEXT, VECTOR), List.of(VECTOR, OBJECT), List.of(VECTOR, SEGMENT))) {
            methods.add(change("add", parameters));
        }
        for (List<String> parameters : List.of(List.of(LIST), List.of(LIST, LIST), List.of(LIST, LIST, LIST))) {
            methods.add(change("addAll", parameters));
        }
        methods.add(change("remove", List.of(TEXT)));
        for (List<String> parameters : List.of(
                List.of("java.util.Collection"),
                List.of(PREFIX + "store.embedding.filter.Filter"),
                List.<String>of())) {
            methods.add(change("removeAll", parameters));
        }
        return methods;
    }

    private static LibraryMethod change(String method, List<String> parameters) {
        return new LibraryMethod(STORE, method, parameters, () -> new StoreChangeSite(method));
    }

    private static LibraryMethod method(
            String type, String method, Supplier<SiteHandler> handler, String... parameters) {
        return new LibraryMethod(type, method, List.of(parameters), handler);
    }
}
