package dev.sonde.testkit.collector;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** OTLP trace requests, protobuf or JSON, to records. Strict: what the protocol does not allow is an error. */
final class OtlpDecoding {
    private OtlpDecoding() {}

    static List<CollectedObservation> protobuf(byte[] body) throws InvalidProtocolBufferException {
        List<CollectedObservation> observations = new ArrayList<>();
        for (ResourceSpans resource : ExportTraceServiceRequest.parseFrom(body).getResourceSpansList()) {
            Map<String, Object> resourceAttributes =
                    attributes(resource.getResource().getAttributesList());
            for (ScopeSpans spans : resource.getScopeSpansList()) {
                CollectedObservation.Scope scope = new CollectedObservation.Scope(
                        spans.getScope().getName(), spans.getScope().getVersion(), resourceAttributes);
                spans.getSpansList().forEach(span -> observations.add(observation(span, scope)));
            }
        }
        return observations;
    }

    /** The JSON form, in which ids are hex and 64-bit numbers are text or numbers. */
    static List<CollectedObservation> json(JsonNode root) {
        List<CollectedObservation> observations = new ArrayList<>();
        for (JsonNode resource : root.path("resourceSpans")) {
            Map<String, Object> resourceAttributes =
                    attributes(resource.path("resource").path("attributes"));
            for (JsonNode spans : resource.path("scopeSpans")) {
                JsonNode scope = spans.path("scope");
                CollectedObservation.Scope collected = new CollectedObservation.Scope(
                        scope.path("name").asText(""), scope.path("version").asText(""), resourceAttributes);
                spans.path("spans").forEach(span -> observations.add(observation(span, collected)));
            }
        }
        return observations;
    }

    private static CollectedObservation observation(Span span, CollectedObservation.Scope scope) {
        return new CollectedObservation(
                checkedId(hex(span.getTraceId()), 32),
                checkedId(hex(span.getSpanId()), 16),
                span.getParentSpanId().isEmpty() ? null : checkedId(hex(span.getParentSpanId()), 16),
                span.getName(),
                instant(span.getStartTimeUnixNano()),
                instant(span.getEndTimeUnixNano()),
                attributes(span.getAttributesList()),
                span.getStatus().getCodeValue(),
                span.getStatus().getMessage(),
                scope);
    }

    private static CollectedObservation observation(JsonNode span, CollectedObservation.Scope scope) {
        String parent = span.path("parentSpanId").asText("");
        return new CollectedObservation(
                checkedId(span.path("traceId").asText(""), 32),
                checkedId(span.path("spanId").asText(""), 16),
                parent.isEmpty() ? null : checkedId(parent, 16),
                span.path("name").asText(""),
                instant(span.path("startTimeUnixNano").asLong()),
                instant(span.path("endTimeUnixNano").asLong()),
                attributes(span.path("attributes")),
                span.path("status").path("code").asInt(0),
                span.path("status").path("message").asText(""),
                scope);
    }

    private static String checkedId(String id, int length) {
        if (id.length() != length || id.chars().allMatch(c -> c == '0')) {
            throw new IllegalArgumentException("not an id of " + length + " hex digits: \"" + id + "\"");
        }
        return id;
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    private static Instant instant(long unixNanos) {
        return Instant.ofEpochSecond(0, unixNanos);
    }

    private static Map<String, Object> attributes(List<KeyValue> pairs) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        for (KeyValue pair : pairs) {
            put(attributes, pair.getKey(), value(pair.getValue()));
        }
        return attributes;
    }

    private static Map<String, Object> attributes(JsonNode pairs) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        for (JsonNode pair : pairs) {
            put(attributes, pair.path("key").asText(), value(pair.path("value")));
        }
        return attributes;
    }

    private static void put(Map<String, Object> attributes, String key, Object value) {
        if (attributes.put(key, value) != null) {
            throw new IllegalArgumentException("attribute given twice: " + key);
        }
    }

    private static Object value(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> value.getBoolValue();
            case INT_VALUE -> value.getIntValue();
            case DOUBLE_VALUE -> value.getDoubleValue();
            case ARRAY_VALUE ->
                value.getArrayValue().getValuesList().stream()
                        .map(OtlpDecoding::value)
                        .toList();
            case KVLIST_VALUE -> attributes(value.getKvlistValue().getValuesList());
            case BYTES_VALUE -> HexFormat.of().formatHex(value.getBytesValue().toByteArray());
            default -> "";
        };
    }

    private static Object value(JsonNode value) {
        @Nullable JsonNode text = value.get("stringValue");
        if (text != null) {
            return text.asText();
        } else if (value.has("boolValue")) {
            return value.get("boolValue").asBoolean();
        } else if (value.has("intValue")) {
            return value.get("intValue").asLong();
        } else if (value.has("doubleValue")) {
            return value.get("doubleValue").asDouble();
        } else if (value.has("arrayValue")) {
            List<Object> values = new ArrayList<>();
            value.get("arrayValue").path("values").forEach(element -> values.add(value(element)));
            return values;
        } else if (value.has("kvlistValue")) {
            return attributes(value.get("kvlistValue").path("values"));
        }
        return "";
    }
}
