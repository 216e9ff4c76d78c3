package dev.sonde.testkit.collector;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A score as it came over the wire.
 *
 * @param traceId null for a score of a session
 * @param observationId null for a score of a whole trace
 * @param body everything that was sent, the other components included
 */
public record CollectedScore(
        String name,
        JsonNode value,
        @Nullable String traceId,
        @Nullable String observationId,
        JsonNode body) {
    static CollectedScore of(JsonNode body) {
        return new CollectedScore(
                body.path("name").asText(),
                body.path("value"),
                body.path("traceId").asText(null),
                body.path("observationId").asText(null),
                body);
    }
}
