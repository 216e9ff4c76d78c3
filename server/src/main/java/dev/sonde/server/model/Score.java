package dev.sonde.server.model;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A judgement about a trace, an observation, a session or a dataset run. Exactly one of {@code traceId}, {@code
 * sessionId} and {@code datasetRunId} is set; {@code observationId} narrows a trace.
 *
 * @param value numeric value; 0 or 1 for booleans; the category's number (else 0) for categories; 0 for text
 * @param stringValue label, {@code True}/{@code False}, or text; null for numeric scores
 */
public record Score(
        String projectId,
        String id,
        String name,
        Target target,
        DataType dataType,
        double value,
        @Nullable String stringValue,
        Source source,
        Details details,
        Instant timestamp,
        String environment,
        Instant createdAt,
        Instant updatedAt) {

    /** What is judged. */
    public record Target(
            @Nullable String traceId,
            @Nullable String observationId,
            @Nullable String sessionId,
            @Nullable String datasetRunId) {}

    /** Who said so and why. */
    public record Details(
            @Nullable String comment,
            @Nullable String authorUserId,
            @Nullable String configId,
            @Nullable String queueId,
            @Nullable String executionTraceId,
            Map<String, String> metadata) {

        /** Nothing said. */
        public static final Details NONE = new Details(null, null, null, null, null, Map.of());

        public Details {
            metadata = Map.copyOf(metadata);
        }
    }

    /** How {@code value} and {@code stringValue} are meant. */
    public enum DataType {
        NUMERIC,
        BOOLEAN,
        CATEGORICAL,
        TEXT,
        CORRECTION
    }

    /** Where the score came from. */
    public enum Source {
        API,
        ANNOTATION,
        EVAL
    }

    /** Project and id together. */
    public EntityKey key() {
        return new EntityKey(projectId, id);
    }
}
