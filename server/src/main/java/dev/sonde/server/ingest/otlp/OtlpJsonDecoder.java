package dev.sonde.server.ingest.otlp;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sonde.server.ingest.MalformedRequestException;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an export in JSON: ids in hex (or base64), 64-bit integers as strings or numbers. */
final class OtlpJsonDecoder {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final JsonMapper MAPPER = new JsonMapper();

    static {
        MAPPER.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(200)
                        .maxStringLength(64 << 20)
                        .build());
    }

    private OtlpJsonDecoder() {}

    static List<OtlpSpan> decode(byte[] body) {
        JsonNode request;
        try {
            request = MAPPER.readTree(body);
        } catch (IOException e) {
            throw new MalformedRequestException("Failed to parse OTel JSON Trace");
        }
        List<OtlpSpan> spans = new ArrayList<>();
        if (request == null || !request.isObject()) {
            throw new MalformedRequestException("Failed to parse OTel JSON Trace");
        }
        for (JsonNode resourceSpans : list(request, "resourceSpans")) {
            Map<String, JsonNode> resource = attributes(resourceSpans.path("resource"));
            for (JsonNode scopeSpans : list(resourceSpans, "scopeSpans")) {
                JsonNode scope = scopeSpans.path("scope");
                OtlpSpan.Source source = new OtlpSpan.Source(
                        resource,
                        scope.path("name").asText(""),
                        scope.path("version").asText(""));
                list(scopeSpans, "spans").forEach(span -> spans.add(span(source, span)));
            }
        }
        return spans;
    }

    private static OtlpSpan span(OtlpSpan.Source source, JsonNode span) {
        String traceId = id(span.path("traceId"), 16);
        String spanId = id(span.path("spanId"), 8);
        List<OtlpSpan.Event> events = new ArrayList<>();
        list(span, "events")
                .forEach(event ->
                        events.add(new OtlpSpan.Event(event.path("name").asText(""), attributes(event))));
        JsonNode status = span.path("status");
        return new OtlpSpan(
                source,
                traceId == null ? "" : traceId,
                spanId == null ? "" : spanId,
                id(span.path("parentSpanId"), 8),
                span.path("name").asText(""),
                nanos(span.path("startTimeUnixNano")),
                nanos(span.path("endTimeUnixNano")),
                attributes(span),
                events,
                statusCode(status.path("code")),
                status.path("message").asText("").isEmpty()
                        ? null
                        : status.path("message").asText());
    }

    private static Map<String, JsonNode> attributes(JsonNode owner) {
        Map<String, JsonNode> map = new LinkedHashMap<>();
        for (JsonNode attribute : list(owner, "attributes")) {
            map.put(attribute.path("key").asText(""), value(attribute.path("value")));
        }
        return map;
    }

    private static JsonNode value(JsonNode any) {
        if (any.has("stringValue")) {
            return JSON.textNode(any.get("stringValue").asText());
        }
        if (any.has("boolValue")) {
            return JSON.booleanNode(any.get("boolValue").asBoolean());
        }
        if (any.has("intValue")) {
            return integer(any.get("intValue"));
        }
        if (any.has("doubleValue")) {
            JsonNode number = any.get("doubleValue");
            return number.isNumber() ? number : JSON.textNode(number.asText());
        }
        if (any.has("arrayValue")) {
            ArrayNode array = JSON.arrayNode();
            list(any.get("arrayValue"), "values").forEach(element -> array.add(value(element)));
            return array;
        }
        if (any.has("kvlistValue")) {
            ObjectNode object = JSON.objectNode();
            list(any.get("kvlistValue"), "values")
                    .forEach(entry -> object.set(entry.path("key").asText(""), value(entry.path("value"))));
            return object;
        }
        return any.has("bytesValue") ? any.get("bytesValue") : JSON.nullNode();
    }

    private static JsonNode integer(JsonNode value) {
        try {
            return value.isNumber() ? value : JSON.numberNode(Long.parseLong(value.asText()));
        } catch (NumberFormatException e) {
            return JSON.textNode(value.asText());
        }
    }

    /** A list member; absent is empty, anything that is no list rejects the export. */
    private static Iterable<JsonNode> list(JsonNode owner, String field) {
        JsonNode list = owner.path(field);
        if (list.isMissingNode() || list.isNull()) {
            return List.of();
        }
        if (!list.isArray()) {
            throw new MalformedRequestException(field + " is no array; is this an export of traces?");
        }
        return list;
    }

    private static @Nullable String id(JsonNode node, int bytes) {
        String text = node.asText("");
        if (text.isEmpty()) {
            return null;
        }
        boolean base64 = text.length() == (bytes + 2) / 3 * 4 && text.endsWith("=");
        try {
            return base64
                    ? HexFormat.of().formatHex(Base64.getDecoder().decode(text))
                    : text.length() == bytes * 2 ? text.toLowerCase(Locale.ROOT) : text;
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** A string, a number, or the two halves that some encoders write. */
    private static long nanos(JsonNode node) {
        if (node.isObject()) {
            return (node.path("high").asLong() << 32) | (node.path("low").asLong() & 0xffffffffL);
        }
        try {
            return node.isMissingNode() || node.isNull() ? 0 : new BigDecimal(node.asText()).longValue();
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static int statusCode(JsonNode code) {
        return switch (code.asText("")) {
            case "STATUS_CODE_ERROR", "2" -> 2;
            case "STATUS_CODE_OK", "1" -> 1;
            default -> 0;
        };
    }
}
