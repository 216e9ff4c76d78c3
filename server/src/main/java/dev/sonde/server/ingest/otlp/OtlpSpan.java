package dev.sonde.server.ingest.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A received span with its surroundings.
 *
 * @param traceId lower-case hex, or as sent where it was no bytes; empty where there is none, as the id may be
 * @param parentId null for a root
 * @param statusCode 0 unset, 1 ok, 2 error
 */
record OtlpSpan(
        Source source,
        String traceId,
        String id,
        @Nullable String parentId,
        String name,
        long startNanos,
        long endNanos,
        Map<String, JsonNode> attributes,
        List<Event> events,
        int statusCode,
        @Nullable String statusMessage) {

    /** Where a span came from. */
    record Source(Map<String, JsonNode> resource, String scope, String scopeVersion) {}

    /** Something that happened during a span. */
    record Event(String name, Map<String, JsonNode> attributes) {}

    /** An attribute as text: strings as they are, anything else as JSON; null when absent or empty. */
    @Nullable
    String text(String attribute) {
        return text(attributes.get(attribute));
    }

    /** The first of these attributes that has a text. */
    @Nullable
    String firstText(String... names) {
        for (String name : names) {
            String text = text(name);
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    static @Nullable String text(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return null;
        }
        String text = value.isTextual() ? value.asText() : value.toString();
        return text.isEmpty() ? null : text;
    }
}
