package dev.sonde.server.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sonde.server.model.Level;
import dev.sonde.server.model.ObservationType;
import dev.sonde.server.model.PromptLink;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of trace and observation events. What is absent stays unsaid; null is said where it clears. */
final class EventBody {

    private EventBody() {}

    static Fragment trace(String projectId, String id, Instant at, JsonNode body) {
        Fragment f = Fragment.trace(projectId, id, at);
        f.with(Part.TIMESTAMP, body.hasNonNull("timestamp") ? BatchDecoder.time(body.get("timestamp")) : at);
        common(f, body);
        say(f, body, "version", Part.VERSION, EventBody::text);
        say(f, body, "userId", Part.USER_ID, EventBody::text);
        say(f, body, "sessionId", Part.SESSION_ID, EventBody::text);
        say(f, body, "release", Part.RELEASE, EventBody::text);
        if (body.path("public").isBoolean()) {
            f.with(Part.PUBLIC, body.get("public").asBoolean());
        }
        if (body.path("tags").isArray()) {
            TreeSet<String> tags = new TreeSet<>();
            body.get("tags").forEach(tag -> tags.add(tag.asText()));
            f.with(Part.TAGS, java.util.List.copyOf(tags));
        }
        return f;
    }

    static Fragment observation(String projectId, String id, Instant at, String eventType, JsonNode body) {
        boolean update = eventType.endsWith("-update");
        Fragment f = Fragment.observation(projectId, id, at, update).with(Part.TYPE, type(eventType, body));
        if (!update && !body.hasNonNull("startTime")) {
            f.with(Part.START_TIME, at);
        }
        common(f, body);
        if (body.hasNonNull("version")) {
            f.with(Part.VERSION, text(body.get("version")));
        }
        say(f, body, "traceId", Part.TRACE_ID, EventBody::text);
        say(f, body, "parentObservationId", Part.PARENT_ID, EventBody::text);
        say(f, body, "statusMessage", Part.STATUS_MESSAGE, EventBody::text);
        say(f, body, "level", Part.LEVEL, node -> Level.valueOf(node.asText().toUpperCase(Locale.ROOT)));
        say(f, body, "startTime", Part.START_TIME, BatchDecoder::time);
        say(f, body, "endTime", Part.END_TIME, BatchDecoder::time);
        say(f, body, "completionStartTime", Part.COMPLETION_START_TIME, BatchDecoder::time);
        say(f, body, "model", Part.MODEL, EventBody::text);
        if (body.path("modelParameters").isObject()
                && !body.get("modelParameters").isEmpty()) {
            f.with(Part.MODEL_PARAMETERS, body.get("modelParameters").toString());
        }
        f.withSaid(Part.USAGE, usage(body)).withSaid(Part.COST, cost(body));
        if (body.hasNonNull("promptName") != body.hasNonNull("promptVersion")) {
            throw new IllegalArgumentException("promptName and promptVersion belong together");
        }
        if (body.hasNonNull("promptName")) {
            f.with(
                    Part.PROMPT,
                    new PromptLink(
                            null,
                            text(body.get("promptName")),
                            body.get("promptVersion").asInt()));
        }
        return f;
    }

    private static void common(Fragment f, JsonNode body) {
        say(f, body, "name", Part.NAME, EventBody::text);
        if (body.hasNonNull("environment")) {
            f.with(Part.ENVIRONMENT, Environments.normal(body.get("environment").asText()));
        }
        f.withSaid(Part.INPUT, content(body.path("input"))).withSaid(Part.OUTPUT, content(body.path("output")));
        if (body.hasNonNull("metadata")) {
            f.with(Part.METADATA, metadata(body.get("metadata")));
        }
    }

    private static ObservationType type(String eventType, JsonNode body) {
        String name = eventType.replaceFirst("-(create|update)$", "").toUpperCase(Locale.ROOT);
        if (name.equals("OBSERVATION")) {
            name = body.path("type").asText("").toUpperCase(Locale.ROOT);
        }
        if (name.equals(eventType.toUpperCase(Locale.ROOT))) {
            throw new IllegalArgumentException("type: " + eventType + " is unknown");
        }
        return ObservationType.valueOf(name);
    }

    private static void say(
            Fragment f, JsonNode body, String field, Part part, Function<JsonNode, @Nullable Object> read) {
        if (body.has(field)) {
            JsonNode value = body.get(field);
            f.with(part, value.isNull() ? null : read.apply(value));
        }
    }

    private static String text(JsonNode node) {
        if (node.isContainerNode()) {
            throw new IllegalArgumentException("expected text");
        }
        return node.asText();
    }

    /** Text as it is, structure as JSON; what is false, zero or empty says nothing. */
    static @Nullable String content(JsonNode node) {
        if (node.isMissingNode()
                || node.isNull()
                || (node.isBoolean() && !node.asBoolean())
                || (node.isNumber() && node.asDouble() == 0)) {
            return null;
        }
        String text = node.isTextual() ? node.asText() : node.toString();
        return text.isEmpty() ? null : text;
    }

    static Map<String, String> metadata(JsonNode node) {
        Map<String, String> metadata = new LinkedHashMap<>();
        if (node.isObject()) {
            node.properties().forEach(entry -> {
                JsonNode value = entry.getValue();
                metadata.put(entry.getKey(), value.isTextual() ? value.asText() : value.toString());
            });
        } else {
            metadata.put("metadata", node.isTextual() ? node.asText() : node.toString());
        }
        return metadata;
    }

    private static @Nullable Map<String, Long> usage(JsonNode body) {
        Map<String, Long> usage = new LinkedHashMap<>();
        JsonNode old = body.path("usage");
        put(usage, "input", old.path(old.has("promptTokens") ? "promptTokens" : "input"));
        put(usage, "output", old.path(old.has("completionTokens") ? "completionTokens" : "output"));
        put(usage, "total", old.path(old.has("totalTokens") ? "totalTokens" : "total"));
        if (body.path("usageDetails").isObject()) {
            Map<String, Long> details = Usages.usage(body.get("usageDetails"));
            if (details != null) {
                usage.putAll(details);
            }
        }
        return usage.isEmpty() ? null : usage;
    }

    private static @Nullable Map<String, BigDecimal> cost(JsonNode body) {
        Map<String, BigDecimal> cost = new LinkedHashMap<>();
        for (String type : new String[] {"input", "output", "total"}) {
            BigDecimal amount = Usages.amount(body.path("usage").path(type + "Cost"));
            if (amount != null) {
                cost.put(type, amount);
            }
        }
        if (body.path("costDetails").isObject()) {
            Map<String, BigDecimal> details = Usages.cost(body.get("costDetails"));
            if (details != null) {
                cost.putAll(details);
            }
        }
        return cost.isEmpty() ? null : cost;
    }

    private static void put(Map<String, Long> usage, String type, JsonNode value) {
        Long units = value.isTextual() ? null : Usages.units(value);
        if (units != null) {
            usage.put(type, units);
        }
    }
}
