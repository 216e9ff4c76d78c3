package dev.sonde.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Traces, observations and scores as they are read, as the events that make them. Ids of events follow from them. */
final class ImportedEvents {

    private static final List<String> TRACE = List.of(
            "id", "timestamp", "name", "userId", "sessionId", "release", "version", "tags", "public", "environment");
    private static final List<String> OBSERVATION = List.of(
            "id",
            "traceId",
            "name",
            "startTime",
            "endTime",
            "completionStartTime",
            "model",
            "modelParameters",
            "version",
            "level",
            "statusMessage",
            "parentObservationId",
            "environment",
            "usageDetails",
            "costDetails");
    private static final List<String> SCORE = List.of(
            "id",
            "name",
            "dataType",
            "source",
            "environment",
            "traceId",
            "observationId",
            "sessionId",
            "datasetRunId",
            "comment",
            "authorUserId",
            "queueId",
            "executionTraceId",
            "metadata");
    private static final Set<String> OF_NUMBERS = Set.of("NUMERIC", "BOOLEAN");

    private ImportedEvents() {}

    static ObjectNode trace(JsonNode trace) {
        ObjectNode body = chosen(trace, TRACE);
        content(trace, body);
        return event("trace-create", trace.path("timestamp"), body);
    }

    /** Costs come as they were: nothing is computed again. */
    static ObjectNode observation(JsonNode observation) {
        ObjectNode body = chosen(observation, OBSERVATION);
        content(observation, body);
        if (observation.hasNonNull("promptName") && observation.hasNonNull("promptVersion")) {
            body.set("promptName", observation.get("promptName"));
            body.set("promptVersion", observation.get("promptVersion"));
        }
        String type = observation.path("type").asText("SPAN").toLowerCase(Locale.ROOT);
        return event(type + "-create", observation.path("startTime"), body);
    }

    /** @param configs the id of a score config here, by its id there */
    static ObjectNode score(JsonNode score, UnaryOperator<String> configs) {
        ObjectNode body = chosen(score, SCORE);
        body.set(
                "value",
                OF_NUMBERS.contains(score.path("dataType").asText()) ? score.path("value") : score.path("stringValue"));
        if (score.hasNonNull("configId")) {
            body.put("configId", configs.apply(score.get("configId").asText()));
        }
        return event("score-create", score.path("timestamp"), body);
    }

    private static ObjectNode event(String type, JsonNode at, ObjectNode body) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put(
                "id", type + "-" + Integer.toHexString(body.path("id").asText().hashCode()));
        event.put("type", type).put("timestamp", at.asText());
        event.set("body", body);
        return event;
    }

    private static ObjectNode chosen(JsonNode from, List<String> fields) {
        ObjectNode chosen = JsonNodeFactory.instance.objectNode();
        for (String field : fields) {
            JsonNode value = from.path(field);
            if (!value.isNull() && !value.isMissingNode()) {
                chosen.set(field, value);
            }
        }
        return chosen;
    }

    /** Text that reads as a number or a flag comes as one, and would say nothing when it is 0 or false. */
    private static void content(JsonNode from, ObjectNode body) {
        for (String field : List.of("input", "output")) {
            JsonNode value = from.path(field);
            if (value.isNumber() || value.isBoolean()) {
                body.put(field, value.toString());
            } else if (!value.isNull() && !value.isMissingNode()) {
                body.set(field, value);
            }
        }
        if (from.path("metadata").isObject() && !from.path("metadata").isEmpty()) {
            body.set("metadata", from.path("metadata"));
        } else if (from.hasNonNull("metadata") && !from.path("metadata").isObject()) {
            body.set("metadata", from.path("metadata"));
        }
    }
}
