package dev.sonde.agent.stores;

import dev.sonde.agent.calls.JsonText;
import dev.sonde.agent.calls.Step;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a store is asked, until it is started to be observed. For one thread. */
public final class Request {
    private static final Set<String> NOTHING = Set.of("null", "\"\"", "{}", "[]");

    private final String type;
    private final @Nullable String system;
    private final String operation;
    private final Map<String, String> input = new LinkedHashMap<>();
    private @Nullable String json;
    private @Nullable String collection;
    private @Nullable Long topK;
    private @Nullable String authority;
    private Function<Object, Answer> reading = result -> Answer.of(StoreJson.of(result));

    private Request(String type, @Nullable String system, String operation) {
        this.type = type;
        this.system = system;
        this.operation = operation;
    }

    /**
     * A search.
     *
     * @param system OpenTelemetry's word for the store, such as {@code qdrant}; null for unknown
     * @param operation the store's own word, such as {@code query}
     */
    public static Request search(@Nullable String system, String operation) {
        return new Request("RETRIEVER", system, operation);
    }

    /** A change of what is stored. */
    public static Request change(String system, String operation) {
        return new Request("SPAN", system, operation);
    }

    /** Where things are: a collection, an index, a table; null for unknown. */
    public Request in(@Nullable String name) {
        collection = name == null || name.isEmpty() ? null : name;
        return this;
    }

    /** How many are wanted; anything but a positive number is unknown. */
    public Request topK(@Nullable Object limit) {
        topK = limit instanceof Number number && number.longValue() > 0 ? (Long) number.longValue() : null;
        return this;
    }

    /** Host and port of the server, as in {@code localhost:6334}; null for unknown. */
    public Request at(@Nullable String hostAndPort) {
        authority = hostAndPort;
        return this;
    }

    /** One part of what is asked, as JSON; null and what says nothing, such as an empty object, are left out. */
    public Request says(String name, @Nullable String valueJson) {
        if (valueJson != null && !NOTHING.contains(valueJson)) {
            input.put(name, valueJson);
        }
        return this;
    }

    /** All of what is asked, as JSON. */
    public Request says(String allJson) {
        json = allJson;
        return this;
    }

    /** How the answer is read; without it as it is. */
    public Request answer(Function<Object, Answer> itsReading) {
        reading = itsReading;
        return this;
    }

    /** What came back. */
    Answer answered(Object result) {
        return reading.apply(result);
    }

    /** Starts to observe it; null where nothing is running. */
    public @Nullable Step start() {
        Step step = Step.startJson(
                type,
                collection == null ? operation : operation + " " + collection,
                json == null ? JsonText.object(input) : json);
        return step == null
                ? null
                : step.note(observation -> {
                    if (system != null) {
                        observation.attribute("db.system.name", system);
                    }
                    observation.attribute("db.operation.name", operation);
                    if (collection != null) {
                        observation.attribute("db.collection.name", collection);
                    }
                    if (type.equals("RETRIEVER")) {
                        observation.attribute("gen_ai.operation.name", "retrieval");
                        if (collection != null) {
                            observation.attribute("gen_ai.data_source.id", collection);
                        }
                        if (topK != null) {
                            observation.attribute("gen_ai.retrieval.top_k", topK);
                        }
                    }
                    if (authority != null) {
                        address(authority).forEach(observation::attribute);
                    }
                });
    }

    private static Map<String, Object> address(String authority) {
        int colon = authority.lastIndexOf(':');
        long port = colon < 0 ? 0 : JsonText.number(authority.substring(colon + 1));
        return port == 0
                ? Map.of("server.address", authority)
                : Map.of("server.address", authority.substring(0, colon), "server.port", port);
    }
}
