package dev.sonde.testkit.collector;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One observation as it came over the wire. The typed accessors read the {@code langfuse.*} attributes, with the plain
 * attributes behind them for everything else.
 *
 * @param parentId null for a root
 * @param attributes values are String, Long, Double, Boolean or List of these
 * @param statusCode 0 unset, 1 ok, 2 error
 * @param statusMessage empty when there is none
 */
public record CollectedObservation(
        String traceId,
        String id,
        @Nullable String parentId,
        String name,
        Instant start,
        Instant end,
        Map<String, Object> attributes,
        int statusCode,
        String statusMessage,
        Scope scope) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public CollectedObservation {
        attributes = Map.copyOf(attributes);
    }

    /** Where the observation came from: instrumentation scope and resource. */
    public record Scope(String name, String version, Map<String, Object> resource) {
        public Scope {
            resource = Map.copyOf(resource);
        }
    }

    /** Such as {@code generation}; {@code span} when the exporter left it out. */
    public String type() {
        String type = string("langfuse.observation.type");
        return type == null ? "span" : type;
    }

    /** The text as sent; null when there is none. */
    public @Nullable String input() {
        return string("langfuse.observation.input");
    }

    /** The text as sent; null when there is none. */
    public @Nullable String output() {
        return string("langfuse.observation.output");
    }

    /** The input as JSON; a missing node when there is none, a text node when it is no JSON. */
    public JsonNode inputJson() {
        return json(input());
    }

    /** The output as JSON; a missing node when there is none, a text node when it is no JSON. */
    public JsonNode outputJson() {
        return json(output());
    }

    /** The model that answered; null when unknown. */
    public @Nullable String model() {
        return string("langfuse.observation.model.name");
    }

    /** A missing node when there are none. */
    public JsonNode modelParameters() {
        return json(string("langfuse.observation.model.parameters"));
    }

    /** Token counts by kind, sorted; empty when none were reported. */
    public Map<String, Long> usage() {
        Map<String, Long> usage = new TreeMap<>();
        json(string("langfuse.observation.usage_details"))
                .properties()
                .forEach(entry -> usage.put(entry.getKey(), entry.getValue().asLong()));
        return usage;
    }

    /** {@code DEFAULT} when the exporter left it out and the status is no error. */
    public String level() {
        String level = string("langfuse.observation.level");
        return level != null ? level : statusCode == 2 ? "ERROR" : "DEFAULT";
    }

    /** The message of the level, else of the status; empty when there is none. */
    public String message() {
        String message = string("langfuse.observation.status_message");
        return message == null ? statusMessage : message;
    }

    /** When the first part of the answer came; null when not recorded. */
    public @Nullable Instant completionStart() {
        String time = string("langfuse.observation.completion_start_time");
        return time == null ? null : Instant.parse(time.replace("\"", ""));
    }

    public @Nullable String userId() {
        return string("user.id");
    }

    public @Nullable String sessionId() {
        return string("session.id");
    }

    /** Empty when there are none. */
    public List<String> tags() {
        List<String> tags = new ArrayList<>();
        if (attributes.get("langfuse.trace.tags") instanceof List<?> values) {
            values.forEach(value -> tags.add(String.valueOf(value)));
        }
        return tags;
    }

    /** Metadata of the observation as text by key, sorted; whole objects under the empty key. */
    public Map<String, String> metadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        String prefix = "langfuse.observation.metadata";
        new TreeMap<>(attributes).forEach((key, value) -> {
            if (key.equals(prefix)) {
                metadata.put("", String.valueOf(value));
            } else if (key.startsWith(prefix + ".")) {
                metadata.put(key.substring(prefix.length() + 1), String.valueOf(value));
            }
        });
        return metadata;
    }

    /** The attribute when it is text, else null. */
    public @Nullable String string(String attribute) {
        return attributes.get(attribute) instanceof String text ? text : null;
    }

    private static JsonNode json(@Nullable String text) {
        if (text == null) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JSON.getNodeFactory().textNode(text);
        }
    }
}
