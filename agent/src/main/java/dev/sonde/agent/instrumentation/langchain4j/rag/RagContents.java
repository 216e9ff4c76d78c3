package dev.sonde.agent.instrumentation.langchain4j.rag;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.instrumentation.langchain4j.Json;
import dev.sonde.runtime.LiveObservation;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is searched and found, as JSON. */
final class RagContents {
    /** Stores by the library's package for them, where OpenTelemetry has another word. */
    private static final Map<String, String> SYSTEMS = Map.of("pgvector", "postgresql", "oracle", "oracle.db");

    private static final String STORES = "dev.langchain4j.store.embedding.";

    private RagContents() {}

    /** Such as {@code Shelf.retrieve}. */
    static String name(Object self, String method) {
        Class<?> type = self.getClass();
        String simple = type.getSimpleName();
        return (simple.isEmpty() ? type.getName().substring(type.getName().lastIndexOf('.') + 1) : simple)
                + "."
                + method;
    }

    /** Says which database this is, as far as its class tells. */
    static LiveObservation store(LiveObservation observation, Object store, String operation) {
        observation.attribute("db.operation.name", operation);
        String type = store.getClass().getName();
        int end = type.indexOf('.', STORES.length());
        if (type.startsWith(STORES) && end > 0) {
            String system = type.substring(STORES.length(), end);
            if (!system.equals("inmemory")) {
                observation.attribute("db.system.name", SYSTEMS.getOrDefault(system, system));
            }
        }
        return observation;
    }

    /** How many vectors, and of how many numbers each. */
    static Json vectors(List<?> vectors) {
        return new Json()
                .value("vectors", vectors.size())
                .value("dimensions", vectors.isEmpty() ? null : LibraryObjects.get(vectors.get(0), "dimension"));
    }

    /** The texts of segments, or whatever else is embedded, as an array; null when it is no list. */
    static @Nullable String texts(@Nullable Object segments) {
        if (!(segments instanceof Collection<?> all)) {
            return null;
        }
        StringBuilder array = new StringBuilder("[");
        for (Object segment : all) {
            String text = LibraryObjects.text(segment, "text");
            array.append(array.length() == 1 ? "" : ",")
                    .append(segment == null ? "null" : Json.quoted(text == null ? segment.toString() : text));
        }
        return array.append(']').toString();
    }

    /** What a retriever found, best first; null when it is no list. */
    static @Nullable String contents(@Nullable Object contents) {
        if (!(contents instanceof Collection<?> all)) {
            return null;
        }
        StringBuilder array = new StringBuilder("[");
        for (Object content : all) {
            Json json = segment(LibraryObjects.get(content, "textSegment"));
            if (LibraryObjects.get(content, "metadata") instanceof Map<?, ?> metadata) {
                metadata.forEach((kind, value) -> json.value(wireName(kind), value));
            }
            array.append(array.length() == 1 ? "" : ",").append(json);
        }
        return array.append(']').toString();
    }

    /** What a store found, best first; null when it is no list. */
    static @Nullable String matches(@Nullable Object matches) {
        if (!(matches instanceof Collection<?> all)) {
            return null;
        }
        StringBuilder array = new StringBuilder("[");
        for (Object match : all) {
            Object embedded = LibraryObjects.get(match, "embedded");
            array.append(array.length() == 1 ? "" : ",")
                    .append(segment(embedded)
                            .value("score", LibraryObjects.get(match, "score"))
                            .text("embedding_id", LibraryObjects.text(match, "embeddingId")));
        }
        return array.append(']').toString();
    }

    private static Json segment(@Nullable Object segment) {
        String text = LibraryObjects.text(segment, "text");
        Json json = new Json().text("content", text == null && segment != null ? segment.toString() : text);
        Object metadata = LibraryObjects.get(LibraryObjects.get(segment, "metadata"), "toMap");
        if (metadata instanceof Map<?, ?> members && !members.isEmpty()) {
            Json own = new Json();
            members.forEach((name, value) -> {
                String known = Json.of(value);
                own.raw(String.valueOf(name), known == null ? Json.quoted(String.valueOf(value)) : known);
            });
            json.raw("metadata", own.toString());
        }
        return json;
    }

    private static String wireName(@Nullable Object kind) {
        return String.valueOf(kind).toLowerCase(Locale.ROOT);
    }
}
