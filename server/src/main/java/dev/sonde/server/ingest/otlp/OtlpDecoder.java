package dev.sonde.server.ingest.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.sonde.server.ingest.MalformedRequestException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads an export in protocol buffers. */
final class OtlpDecoder {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private OtlpDecoder() {}

    static List<OtlpSpan> decode(byte[] body) {
        ExportTraceServiceRequest request;
        try {
            request = ExportTraceServiceRequest.parseFrom(body);
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedRequestException("Failed to parse OTel Protobuf Trace");
        }
        List<OtlpSpan> spans = new ArrayList<>();
        for (ResourceSpans resourceSpans : request.getResourceSpansList()) {
            Map<String, JsonNode> resource =
                    attributes(resourceSpans.getResource().getAttributesList());
            for (ScopeSpans scopeSpans : resourceSpans.getScopeSpansList()) {
                OtlpSpan.Source source = new OtlpSpan.Source(
                        resource,
                        scopeSpans.getScope().getName(),
                        scopeSpans.getScope().getVersion());
                scopeSpans.getSpansList().forEach(span -> spans.add(span(source, span)));
            }
        }
        return spans;
    }

    private static OtlpSpan span(OtlpSpan.Source source, Span span) {
        List<OtlpSpan.Event> events = span.getEventsList().stream()
                .map(event -> new OtlpSpan.Event(event.getName(), attributes(event.getAttributesList())))
                .toList();
        return new OtlpSpan(
                source,
                hex(span.getTraceId()),
                hex(span.getSpanId()),
                span.getParentSpanId().isEmpty() ? null : hex(span.getParentSpanId()),
                span.getName(),
                span.getStartTimeUnixNano(),
                span.getEndTimeUnixNano(),
                attributes(span.getAttributesList()),
                events,
                span.getStatus().getCodeValue(),
                span.getStatus().getMessage().isEmpty()
                        ? null
                        : span.getStatus().getMessage());
    }

    private static Map<String, JsonNode> attributes(List<KeyValue> attributes) {
        Map<String, JsonNode> map = new LinkedHashMap<>();
        attributes.forEach(attribute -> map.put(attribute.getKey(), value(attribute.getValue(), 0)));
        return map;
    }

    private static JsonNode value(AnyValue value, int depth) {
        if (depth > 50) {
            return JSON.textNode("(too deep)");
        }
        return switch (value.getValueCase()) {
            case STRING_VALUE -> JSON.textNode(value.getStringValue());
            case BOOL_VALUE -> JSON.booleanNode(value.getBoolValue());
            case INT_VALUE -> JSON.numberNode(value.getIntValue());
            case DOUBLE_VALUE -> number(value.getDoubleValue());
            case ARRAY_VALUE -> {
                ArrayNode array = JSON.arrayNode();
                value.getArrayValue().getValuesList().forEach(element -> array.add(value(element, depth + 1)));
                yield array;
            }
            case KVLIST_VALUE -> {
                var object = JSON.objectNode();
                value.getKvlistValue()
                        .getValuesList()
                        .forEach(entry -> object.set(entry.getKey(), value(entry.getValue(), depth + 1)));
                yield object;
            }
            case BYTES_VALUE -> JSON.binaryNode(value.getBytesValue().toByteArray());
            default -> JSON.nullNode();
        };
    }

    private static JsonNode number(double value) {
        return Double.isFinite(value) ? JSON.numberNode(value) : JSON.textNode(Double.toString(value));
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
