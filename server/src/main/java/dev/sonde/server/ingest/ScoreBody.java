package dev.sonde.server.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sonde.server.model.Score;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the body of a score. */
final class ScoreBody {

    private static final int LONGEST_TEXT = 500;

    private ScoreBody() {}

    /**
     * Reads a score.
     *
     * @param at when it was given
     * @throws IllegalArgumentException naming the field and its rule
     */
    static Score read(String projectId, JsonNode body, Instant at, Instant now) {
        String name = optional(body, "name");
        if (name == null || name.isEmpty()) {
            throw new IllegalArgumentException("name: expected text");
        }
        Score.Target target = target(body);
        Score.DataType type = type(body);
        Value value = value(type, body.path("value"));
        String source = optional(body, "source");
        String id = optional(body, "id");
        return new Score(
                projectId,
                id == null ? UUID.randomUUID().toString() : id,
                type == Score.DataType.CORRECTION ? "output" : name,
                target,
                type,
                value.number(),
                value.text(),
                source == null ? Score.Source.API : named(Score.Source.class, "source", source),
                details(body),
                at,
                Environments.normal(optional(body, "environment")),
                now,
                now);
    }

    private static Score.Target target(JsonNode body) {
        Score.Target target = new Score.Target(
                optional(body, "traceId"),
                optional(body, "observationId"),
                optional(body, "sessionId"),
                optional(body, "datasetRunId"));
        int targets = (target.traceId() == null ? 0 : 1)
                + (target.sessionId() == null ? 0 : 1)
                + (target.datasetRunId() == null ? 0 : 1);
        if (targets != 1) {
            throw new IllegalArgumentException(
                    "Provide exactly one of the following: traceId, sessionId, datasetRunId");
        }
        return target;
    }

    private static Score.DataType type(JsonNode body) {
        String said = optional(body, "dataType");
        if (said != null) {
            return named(Score.DataType.class, "dataType", said);
        }
        JsonNode value = body.path("value");
        return value.isBoolean()
                ? Score.DataType.BOOLEAN
                : value.isNumber() ? Score.DataType.NUMERIC : Score.DataType.CATEGORICAL;
    }

    private static Value value(Score.DataType type, JsonNode value) {
        switch (type) {
            case NUMERIC -> {
                require(value.isNumber(), "value: expected a number");
                return new Value(value.asDouble(), null);
            }
            case BOOLEAN -> {
                boolean yes = value.isBoolean() ? value.asBoolean() : value.asDouble(-1) == 1;
                require(value.isBoolean() || yes || value.asDouble(-1) == 0, "value: expected 0 or 1");
                return new Value(yes ? 1 : 0, yes ? "True" : "False");
            }
            case TEXT -> {
                int length = value.asText("").length();
                require(
                        value.isTextual() && length > 0 && length <= LONGEST_TEXT,
                        "value: expected 1 to 500 characters");
                return new Value(0, value.asText());
            }
            default -> {
                require(value.isTextual(), "value: expected text");
                return new Value(0, value.asText());
            }
        }
    }

    private static Score.Details details(JsonNode body) {
        return new Score.Details(
                optional(body, "comment"),
                optional(body, "authorUserId"),
                optional(body, "configId"),
                optional(body, "queueId"),
                optional(body, "executionTraceId"),
                body.hasNonNull("metadata") ? EventBody.metadata(body.get("metadata")) : Map.of());
    }

    private static @Nullable String optional(JsonNode body, String field) {
        JsonNode value = body.path(field);
        return value.isTextual() ? value.asText() : null;
    }

    private static <E extends Enum<E>> E named(Class<E> type, String field, String said) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(said.toUpperCase(Locale.ROOT))) {
                return constant;
            }
        }
        throw new IllegalArgumentException(
                field + ": " + said + " (expected: one of " + Arrays.toString(type.getEnumConstants()) + ")");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }

    private record Value(double number, @Nullable String text) {}
}
