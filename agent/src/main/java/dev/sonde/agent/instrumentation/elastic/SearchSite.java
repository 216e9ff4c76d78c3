package dev.sonde.agent.instrumentation.elastic;

import dev.sonde.agent.calls.JsonText;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.stores.Answer;
import dev.sonde.agent.stores.Request;
import dev.sonde.agent.stores.StoreJson;
import dev.sonde.agent.stores.StoreSite;
import dev.sonde.agent.tooling.LibraryMethod;
import java.io.StringWriter;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A transport's method that sends any request. */
final class SearchSite extends StoreSite {
    private static final List<String> REQUESTS = List.of(".SearchRequest", ".KnnSearchRequest");

    /** Names in a search's body that only searches by vectors or by meaning have. */
    private static final List<String> BY_VECTOR = List.of(
            "\"knn\":",
            "\"query_vector\":",
            "\"query_vector_builder\":",
            "\"sparse_vector\":",
            "\"text_expansion\":",
            "\"weighted_tokens\":",
            "\"semantic\":",
            "\"neural\":",
            "\"neural_sparse\":",
            "\"knn_score\"");

    private final String system;

    private SearchSite(String resultType, String system) {
        super(resultType);
        this.system = system;
    }

    /** The methods of a transport that send requests. */
    static List<LibraryMethod> methods(String transports, String className, String system) {
        List<String> parameters = List.of("java.lang.Object", transports + "Endpoint", transports + "TransportOptions");
        return List.of(
                new LibraryMethod(
                        transports + className,
                        "performRequest",
                        parameters,
                        () -> new SearchSite("java.lang.Object", system)),
                new LibraryMethod(
                        transports + className,
                        "performRequestAsync",
                        parameters,
                        () -> new SearchSite("java.util.concurrent.CompletableFuture", system)));
    }

    @Override
    protected @Nullable Request asked(Object self, @Nullable Object[] arguments) {
        Object search = arguments[0];
        if (search == null || REQUESTS.stream().noneMatch(search.getClass().getName()::endsWith)) {
            return null;
        }
        Object mapper = LibraryObjects.get(self, "jsonpMapper");
        String body = json(mapper, search);
        if (body == null || BY_VECTOR.stream().noneMatch(body::contains)) {
            return null;
        }
        return Request.search(system, "search")
                .in(LibraryObjects.get(search, "index") instanceof List<?> indices ? joined(indices) : null)
                .topK(limit(search, body))
                .at(authority(self))
                .says(StoreJson.condensed(body))
                .answer(response -> found(mapper, response));
    }

    private static Answer found(@Nullable Object mapper, Object response) {
        Object hits = LibraryObjects.get(LibraryObjects.get(response, "hits"), "hits");
        return Answer.of(Answer.hits(hits, hit -> {
            Map<String, String> more = new LinkedHashMap<>();
            String source = json(mapper, LibraryObjects.get(hit, "source"));
            if (source != null) {
                more.put("source", StoreJson.condensed(source));
            }
            if (LibraryObjects.get(hit, "fields") instanceof Map<?, ?> fields && !fields.isEmpty()) {
                Map<String, String> values = new LinkedHashMap<>();
                fields.forEach((name, value) -> {
                    String text = json(mapper, value);
                    values.put(String.valueOf(name), text == null ? "null" : StoreJson.condensed(text));
                });
                more.put("fields", JsonText.object(values));
            }
            return new Answer.Hit(LibraryObjects.get(hit, "id"), LibraryObjects.get(hit, "score"), more);
        }));
    }

    /** What the search says itself, else how many neighbours it asks for. */
    private static @Nullable Object limit(Object search, String body) {
        Object size = LibraryObjects.get(search, "size");
        if (size != null) {
            return size;
        }
        String knn = JsonText.fields(body).get("knn");
        String first = knn != null && knn.startsWith("[")
                ? JsonText.elements(knn).stream().findFirst().orElse("")
                : knn;
        return JsonText.number(JsonText.fields(first).get("k"));
    }

    private static String joined(List<?> indices) {
        return String.join(",", indices.stream().map(String::valueOf).toList());
    }

    /** As the client's mapper writes it; null for nothing. */
    private static @Nullable String json(@Nullable Object mapper, @Nullable Object value) {
        if (mapper == null || value == null) {
            return null;
        }
        StringWriter text = new StringWriter();
        Object provider = LibraryObjects.get(mapper, "jsonProvider");
        Object generator = LibraryObjects.callWith(provider, "createGenerator", Writer.class, text);
        LibraryObjects.call(mapper, "serialize", value, generator);
        LibraryObjects.get(generator, "close");
        return text.getBuffer().length() == 0 ? null : text.toString();
    }

    /** The first of the nodes that the transport knows; null when it does not tell. */
    private static @Nullable String authority(Object transport) {
        Object nodes = LibraryObjects.get(LibraryObjects.get(transport, "restClient"), "getNodes");
        if (nodes == null) {
            nodes = LibraryObjects.get(LibraryObjects.field(transport, "nodeTuple"), "nodes");
        }
        if (nodes == null) {
            nodes = LibraryObjects.field(LibraryObjects.field(transport, "nodeTuple"), "nodes");
        }
        Object first = nodes instanceof List<?> list && !list.isEmpty() ? list.get(0) : null;
        Object host = LibraryObjects.get(first, "getHost");
        return host == null ? LibraryObjects.text(transport, "host") : LibraryObjects.text(host, "toHostString");
    }
}
