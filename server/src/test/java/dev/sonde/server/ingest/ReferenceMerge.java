package dev.sonde.server.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The rules of merging, written once more in the plainest way: all events of an id sorted by time, each laid on top of
 * what was before. Works on JSON and shares no code with the server.
 */
final class ReferenceMerge {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Comparator<ObjectNode> IN_ORDER = Comparator.comparing(
                    (ObjectNode event) -> Instant.parse(event.get("timestamp").asText()))
            .thenComparing(event -> event.get("type").asText().endsWith("-update"));

    private final Map<String, Map<String, Object>> traces = new TreeMap<>();
    private final Map<String, Map<String, Object>> observations = new TreeMap<>();
    private final Map<String, Map<String, Object>> scores = new TreeMap<>();

    private ReferenceMerge() {}

    /** The fields of every trace, observation and score by kind and id. */
    static Map<String, Map<String, Object>> of(List<ObjectNode> events) {
        Map<String, List<ObjectNode>> byId = new TreeMap<>();
        events.stream()
                .map(ReferenceMerge::asSent)
                .sorted(IN_ORDER)
                .forEach(event -> byId.computeIfAbsent(
                                event.get("body").get("id").asText(), id -> new ArrayList<>())
                        .add(event));
        ReferenceMerge merge = new ReferenceMerge();
        byId.forEach((id, own) -> {
            switch (own.get(0).get("type").asText()) {
                case "trace-create" -> merge.traces.put(id, trace(own));
                case "score-create" -> merge.scores.put(id, score(own));
                default -> merge.observations.put(id, observation(id, own));
            }
        });
        merge.observations.values().forEach(merge::count);
        merge.scores.values().forEach(merge::judge);
        Map<String, Map<String, Object>> all = new TreeMap<>();
        merge.traces.forEach((id, fields) -> all.put("trace " + id, fields));
        merge.observations.forEach((id, fields) -> all.put("observation " + id, fields));
        merge.scores.forEach((id, fields) -> all.put("score " + id, fields));
        return all;
    }

    /** Numbers as they are read, not as they were made. */
    private static ObjectNode asSent(ObjectNode event) {
        try {
            return (ObjectNode) JSON.readTree(event.toString());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, Object> emptyTrace() {
        Map<String, Object> trace = new TreeMap<>();
        trace.put("environment", "default");
        trace.put("tags", List.of());
        trace.put("public", false);
        trace.put("metadata", Map.of());
        trace.put("observations", 0);
        trace.put("errors", 0);
        trace.put("warnings", 0);
        trace.put("inputUsage", 0L);
        trace.put("outputUsage", 0L);
        trace.put("scores", Map.of());
        return trace;
    }

    private static Map<String, Object> trace(List<ObjectNode> events) {
        Map<String, Object> trace = emptyTrace();
        for (ObjectNode event : events) {
            JsonNode body = event.get("body");
            earliest(trace, time(body.hasNonNull("timestamp") ? body.get("timestamp") : event.get("timestamp")));
            scalars(trace, body, "name", "userId", "sessionId", "release", "version");
            content(trace, body);
            if (body.hasNonNull("public")) {
                trace.put("public", body.get("public").asBoolean());
            }
            if (body.hasNonNull("tags")) {
                TreeSet<Object> tags = new TreeSet<>((List<?>) trace.get("tags"));
                body.get("tags").forEach(tag -> tags.add(tag.asText()));
                trace.put("tags", List.copyOf(tags));
            }
            if (body.hasNonNull("environment") && trace.get("environment").equals("default")) {
                trace.put("environment", body.get("environment").asText());
            }
        }
        return trace;
    }

    private static Map<String, Object> observation(String id, List<ObjectNode> events) {
        Map<String, Object> o = new TreeMap<>(Map.of("environment", "default", "metadata", Map.of()));
        for (ObjectNode event : events) {
            JsonNode body = event.get("body");
            o.putIfAbsent("type", event.get("type").asText().replaceFirst("-.*", ""));
            o.putIfAbsent(
                    "startTime", time(body.get("startTime") == null ? event.get("timestamp") : body.get("startTime")));
            if (body.hasNonNull("traceId")) {
                o.putIfAbsent("traceId", body.get("traceId").asText());
            }
            scalars(o, body, "name", "level", "model", "endTime", "completionStartTime");
            for (String field : new String[] {"statusMessage", "parentObservationId", "version"}) {
                if (body.hasNonNull(field)) {
                    o.put(field, body.get(field).asText());
                }
            }
            if (body.hasNonNull("environment")) {
                o.put("environment", body.get("environment").asText());
            }
            if (body.hasNonNull("modelParameters")) {
                o.put("modelParameters", body.get("modelParameters"));
            }
            amounts(o, body);
            content(o, body);
        }
        o.putIfAbsent("traceId", id);
        o.putIfAbsent("level", "DEFAULT");
        return o;
    }

    private static void amounts(Map<String, Object> o, JsonNode body) {
        Map<String, Object> usage = new TreeMap<>();
        for (String source : new String[] {"usage", "usageDetails"}) {
            body.path(source).properties().forEach(entry -> {
                JsonNode units = entry.getValue();
                if ((units.isInt() && units.asInt() >= 0) || units.isTextual()) {
                    usage.put(entry.getKey(), Long.parseLong(units.asText()));
                }
            });
        }
        if (!usage.isEmpty()) {
            o.put("usage", usage);
        }
        Map<String, Object> cost = new TreeMap<>();
        body.path("costDetails").properties().forEach(entry -> {
            if (entry.getValue().asDouble() >= 0) {
                cost.put(entry.getKey(), plain(entry.getValue().decimalValue()));
            }
        });
        if (!cost.isEmpty()) {
            o.put("cost", cost);
        }
    }

    private static Map<String, Object> score(List<ObjectNode> events) {
        Map<String, Object> score = new TreeMap<>(Map.of("metadata", Map.of()));
        for (ObjectNode event : events) {
            JsonNode body = event.get("body");
            score.putIfAbsent("timestamp", time(event.get("timestamp")));
            score.putIfAbsent("traceId", body.get("traceId").asText());
            score.put("name", body.get("name").asText());
            score.put("value", body.get("value").asDouble());
            scalars(score, body, "comment");
            score.remove("observationId");
            scalars(score, body, "observationId");
            if (body.hasNonNull("environment")) {
                score.putIfAbsent("environment", body.get("environment").asText());
            }
            metadata(score, body);
        }
        score.putIfAbsent("environment", "default");
        return score;
    }

    /** An observation belongs to a trace and counts there, whether or not the trace was spoken of. */
    private void count(Map<String, Object> o) {
        Map<String, Object> trace = traces.computeIfAbsent((String) o.get("traceId"), id -> emptyTrace());
        earliest(trace, (Instant) o.get("startTime"));
        trace.merge("observations", 1, (a, b) -> (Integer) a + (Integer) b);
        trace.merge("errors", o.get("level").equals("ERROR") ? 1 : 0, (a, b) -> (Integer) a + (Integer) b);
        trace.merge("warnings", o.get("level").equals("WARNING") ? 1 : 0, (a, b) -> (Integer) a + (Integer) b);
        map(o.get("usage")).forEach((type, units) -> {
            trace.merge("inputUsage", type.contains("input") ? units : 0L, (a, b) -> (Long) a + (Long) b);
            trace.merge("outputUsage", type.contains("output") ? units : 0L, (a, b) -> (Long) a + (Long) b);
        });
        Object cost = map(o.get("cost")).get("total");
        if (cost != null && ((BigDecimal) cost).signum() > 0) {
            trace.merge("cost", cost, (a, b) -> plain(((BigDecimal) a).add((BigDecimal) b)));
        }
        if (!o.get("environment").equals("default")) {
            trace.put("environment", o.get("environment"));
        }
    }

    private void judge(Map<String, Object> score) {
        Map<String, Object> trace = traces.computeIfAbsent((String) score.get("traceId"), id -> emptyTrace());
        earliest(trace, (Instant) score.get("timestamp"));
        Map<String, Object> scores = new TreeMap<>(map(trace.get("scores")));
        scores.put((String) score.get("name"), score.get("value"));
        trace.put("scores", scores);
    }

    private static void scalars(Map<String, Object> state, JsonNode body, String... fields) {
        for (String field : fields) {
            if (body.hasNonNull(field)) {
                state.put(
                        field,
                        field.endsWith("Time")
                                ? time(body.get(field))
                                : body.get(field).asText());
            } else if (body.has(field)) {
                state.remove(field);
            }
        }
    }

    private static void content(Map<String, Object> state, JsonNode body) {
        for (String field : new String[] {"input", "output"}) {
            JsonNode value = body.path(field);
            if (value.isObject() || (value.isTextual() && !value.asText().isEmpty())) {
                state.put(field, value.isTextual() ? value.asText() : value.toString());
            }
        }
        metadata(state, body);
    }

    private static void metadata(Map<String, Object> state, JsonNode body) {
        if (!body.hasNonNull("metadata")) {
            return;
        }
        JsonNode said = body.get("metadata");
        JsonNode object =
                said.isObject() ? said : JsonNodeFactory.instance.objectNode().set("metadata", said);
        Map<String, Object> all = new TreeMap<>(map(state.get("metadata")));
        object.properties().forEach(entry -> {
            Object before = all.get(entry.getKey());
            JsonNode after = entry.getValue();
            if (before instanceof ObjectNode old && after.isObject()) {
                after = old.deepCopy().setAll((ObjectNode) after);
            }
            all.put(entry.getKey(), after);
        });
        state.put("metadata", all);
    }

    /** Metadata as it is stored, comparable: a value that reads as JSON is that. */
    static Map<String, Object> parsed(Map<String, String> metadata) {
        Map<String, Object> parsed = new TreeMap<>();
        metadata.forEach((key, value) -> {
            try {
                parsed.put(
                        key,
                        Set.of("k0", "k1", "k2", "metadata").contains(key)
                                ? JsonNodeFactory.instance.textNode(value)
                                : JSON.readTree(value));
            } catch (JsonProcessingException e) {
                throw new AssertionError(key + ": " + value, e);
            }
        });
        return parsed;
    }

    static BigDecimal plain(BigDecimal amount) {
        return amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
    }

    private static void earliest(Map<String, Object> trace, Instant time) {
        trace.merge("timestamp", time, (a, b) -> ((Instant) a).isBefore((Instant) b) ? a : b);
    }

    private static Instant time(JsonNode node) {
        return Instant.parse(node.asText());
    }

    @SuppressWarnings("unchecked") // only maps by text are asked for
    private static Map<String, Object> map(Object value) {
        return value == null ? new LinkedHashMap<>() : (Map<String, Object>) value;
    }
}
