package dev.sonde.server;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/** Exports with one trace: a root named {@code answer} and a generation {@code chat} below it. */
final class OtlpRequests {

    static final long START = 1_780_000_000_000L;

    private OtlpRequests() {}

    static String traceId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    static String root(String traceId) {
        return traceId.substring(0, 16);
    }

    static String generation(String traceId) {
        return traceId.substring(16);
    }

    static byte[] protobuf(String traceId) {
        ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
        request.addResourceSpansBuilder()
                .addScopeSpansBuilder()
                .addSpans(span(traceId, root(traceId), "", "answer", 2_000)
                        .addAttributes(text("user.id", "ada"))
                        .addAttributes(text("session.id", "s-" + traceId))
                        .addAttributes(text("langfuse.observation.input", "{\"question\":\"why?\"}"))
                        .addAttributes(text("langfuse.observation.output", "because")))
                .addSpans(span(traceId, generation(traceId), root(traceId), "chat", 1_500)
                        .addAttributes(text("langfuse.observation.type", "generation"))
                        .addAttributes(text("langfuse.observation.model.name", "gpt-4o"))
                        .addAttributes(
                                text("langfuse.observation.usage_details", "{\"input\": 1000, \"output\": 200}")));
        return request.build().toByteArray();
    }

    static String json(String traceId, String input) {
        return """
            {"resourceSpans":[{"resource":{"attributes":[]},"scopeSpans":[{"scope":{"name":"it"},"spans":[
              {"traceId":"%s","spanId":"%s","name":"answer","startTimeUnixNano":"%d000000",
               "endTimeUnixNano":"%d000000","attributes":[
                 {"key":"langfuse.observation.input","value":{"stringValue":"%s"}}]}]}]}]}
            """.formatted(traceId, root(traceId), START, START + 1_000, input);
    }

    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    static byte[] gzip(String text) {
        return gzip(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Span.Builder span(String traceId, String id, String parent, String name, long millis) {
        HexFormat hex = HexFormat.of();
        return Span.newBuilder()
                .setTraceId(ByteString.copyFrom(hex.parseHex(traceId)))
                .setSpanId(ByteString.copyFrom(hex.parseHex(id)))
                .setParentSpanId(ByteString.copyFrom(hex.parseHex(parent)))
                .setName(name)
                .setStartTimeUnixNano(START * 1_000_000)
                .setEndTimeUnixNano((START + millis) * 1_000_000);
    }

    private static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }
}
