package dev.sonde.server.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sonde.server.model.Score;
import dev.sonde.server.model.ScoreConfig;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The body of a score, and the config it refers to. */
final class ScoreBody {

    private static final int LONGEST_TEXT = 500;
    private static final Map<String, Part> DETAILS = Map.of(
            "comment", Part.COMMENT,
            "authorUserId", Part.AUTHOR_ID,
            "configId", Part.CONFIG_ID,
            "queueId", Part.QUEUE_ID,
            "executionTraceId", Part.EXECUTION_TRACE_ID);

    private final String projectId;
    private final JsonNode body;
    private final @Nullable ScoreConfig config;

    /**
     * @throws IllegalArgumentException when the config is archived
     * @throws UnknownScoreConfigException when there is no such config
     */
    ScoreBody(String projectId, JsonNode body, ScoreConfigs configs) {
        this.projectId = projectId;
        this.body = body;
        String id = optional(body, "configId");
        this.config =
                id == null ? null : configs.find(projectId, id).orElseThrow(() -> new UnknownScoreConfigException(id));
        require(config == null || !config.archived(), "configId: score config " + id + " is archived");
    }

    /**
     * Reads the score.
     *
     * @param at when it was given
     * @throws IllegalArgumentException naming the field and its rule
     */
    Fragment read(Instant at) {
        String name = config == null ? optional(body, "name") : config.name();
        if (name == null || name.isEmpty()) {
            throw new IllegalArgumentException("name: expected text");
        }
        Score.Target target = target(body);
        Score.DataType type = type();
        boolean correction = type == Score.DataType.CORRECTION;
        require(!correction || target.traceId() != null, "traceId: is required for the data type CORRECTION");
        Value value = value(type, body.path("value"));
        String said = optional(body, "id");
        String id = said == null ? UUID.randomUUID().toString() : said;
        Fragment fragment = Fragment.score(projectId, id, at)
                .with(
                        Part.SCORE,
                        new Score(
                                projectId,
                                id,
                                correction ? "output" : name,
                                target,
                                type,
                                value.number(),
                                value.text(),
                                source(correction),
                                Score.Details.NONE,
                                at,
                                Environments.DEFAULT,
                                at,
                                at))
                .with(Part.TARGET, target)
                .with(Part.TIMESTAMP, at);
        if (body.path("environment").isTextual()) {
            fragment.with(
                    Part.ENVIRONMENT,
                    Environments.normal(body.get("environment").asText()));
        }
        return withDetails(fragment);
    }

    /** What is absent stays as it was; null clears. */
    private Fragment withDetails(Fragment fragment) {
        DETAILS.forEach((field, part) -> {
            if (body.has(field)) {
                fragment.with(part, optional(body, field));
            }
        });
        return body.hasNonNull("metadata")
                ? fragment.with(Part.METADATA, EventBody.metadata(body.get("metadata")))
                : fragment;
    }

    private Score.Source source(boolean correction) {
        String said = optional(body, "source");
        Score.Source source = said == null ? Score.Source.API : named(Score.Source.class, "source", said);
        require(
                source != Score.Source.ANNOTATION || config != null || correction,
                "configId: is required for the source ANNOTATION");
        return source;
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

    private Score.DataType type() {
        String said = optional(body, "dataType");
        Score.DataType type = said == null ? null : named(Score.DataType.class, "dataType", said);
        if (config != null) {
            require(
                    type == null || type == config.dataType(),
                    "dataType: " + said + " (expected: " + config.dataType() + ", as the score config says)");
            return config.dataType();
        }
        if (type != null) {
            return type;
        }
        JsonNode value = body.path("value");
        return value.isBoolean()
                ? Score.DataType.BOOLEAN
                : value.isNumber() ? Score.DataType.NUMERIC : Score.DataType.CATEGORICAL;
    }

    private Value value(Score.DataType type, JsonNode value) {
        switch (type) {
            case NUMERIC -> {
                require(value.isNumber() && Double.isFinite(value.asDouble()), "value: expected a number");
                requireInBounds(value.asDouble());
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
                return new Value(numberOf(value.asText()), value.asText());
            }
        }
    }

    private void requireInBounds(double value) {
        Double least = config == null ? null : config.minValue();
        Double most = config == null ? null : config.maxValue();
        require(least == null || value >= least, "value: " + value + " (expected: at least " + least + ")");
        require(most == null || value <= most, "value: " + value + " (expected: at most " + most + ")");
    }

    /** The number a label counts as: 0 without a config. */
    private double numberOf(String label) {
        if (config == null) {
            return 0;
        }
        return config.categories().stream()
                .filter(category -> category.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("value: " + label + " (expected: one of "
                        + config.categories().stream()
                                .map(ScoreConfig.Category::label)
                                .toList()
                        + ")"))
                .value();
    }

    /** A text; null when absent, null or empty. */
    private static @Nullable String optional(JsonNode body, String field) {
        JsonNode value = body.path(field);
        require(value.isTextual() || value.isMissingNode() || value.isNull(), field + ": expected text");
        return value.asText("").isEmpty() || value.isNull() ? null : value.asText();
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
