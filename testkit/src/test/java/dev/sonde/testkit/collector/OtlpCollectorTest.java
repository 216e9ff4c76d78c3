package dev.sonde.testkit.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OtlpCollectorTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String JSON_SPAN = """
            {"resourceSpans":[{"resource":{"attributes":[{"key":"langfuse.environment","value":{"stringValue":"test"}}]},
             "scopeSpans":[{"scope":{"name":"sonde","version":"1"},"spans":[{
              "traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331","parentSpanId":"00f067aa0ba902b7",
              "name":"chat","startTimeUnixNano":"1700000000000000000","endTimeUnixNano":"1700000001000000000",
              "attributes":[
               {"key":"langfuse.observation.type","value":{"stringValue":"generation"}},
               {"key":"langfuse.observation.usage_details","value":{"stringValue":"{\\"output\\":2,\\"input\\":7}"}},
               {"key":"langfuse.observation.completion_start_time","value":{"stringValue":"\\"2023-11-14T22:13:20.5Z\\""}},
               {"key":"langfuse.trace.tags","value":{"arrayValue":{"values":[{"stringValue":"a"}]}}},
               {"key":"thread.id","value":{"intValue":"42"}}],
              "status":{"code":2,"message":"boom"}}]}]}]}""";

    private static final OtlpCollector COLLECTOR = OtlpCollector.start();

    @AfterEach
    void reset() {
        COLLECTOR.reset();
    }

    @AfterAll
    static void close() {
        COLLECTOR.close();
    }

    @Test
    void json_isDecodedWithTypedAccessors() throws Exception {
        assertThat(post(
                        "/api/public/otel/v1/traces",
                        "application/json",
                        JSON_SPAN.getBytes(StandardCharsets.UTF_8),
                        false))
                .isEqualTo(200);

        CollectedObservation observation = COLLECTOR.take(1).get(0);
        assertThat(observation.traceId()).isEqualTo(TRACE);
        assertThat(observation.parentId()).isEqualTo("00f067aa0ba902b7");
        assertThat(observation.type()).isEqualTo("generation");
        assertThat(observation.usage()).hasToString("{input=7, output=2}");
        assertThat(observation.completionStart()).isEqualTo(Instant.parse("2023-11-14T22:13:20.5Z"));
        assertThat(observation.tags()).containsExactly("a");
        assertThat(observation.attributes()).containsEntry("thread.id", 42L);
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.message()).isEqualTo("boom");
        assertThat(observation.scope().resource()).containsEntry("langfuse.environment", "test");
        assertThat(Duration.between(observation.start(), observation.end())).isEqualTo(Duration.ofSeconds(1));
        COLLECTOR.assertNothingLeft();
    }

    @Test
    void protobuf_zipped_isDecodedInOrderOfStart() throws Exception {
        byte[] body = ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .addScopeSpans(ScopeSpans.newBuilder()
                                .addSpans(span("second", 2))
                                .addSpans(span("first", 1))))
                .build()
                .toByteArray();

        assertThat(post("/api/public/otel/v1/traces", "application/x-protobuf", body, true))
                .isEqualTo(200);

        assertThat(COLLECTOR.take(2)).extracting(CollectedObservation::name).containsExactly("first", "second");
        assertThat(COLLECTOR.requests())
                .extracting(OtlpCollector.Request::gzip, OtlpCollector.Request::authorization)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(true, "Basic cGs6c2s="));
    }

    @Test
    void assertNothingLeft_withAnUntakenObservation_fails() throws Exception {
        post("/api/public/otel/v1/traces", "application/json", JSON_SPAN.getBytes(StandardCharsets.UTF_8), false);

        assertThatThrownBy(COLLECTOR::assertNothingLeft)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("generation chat");
    }

    @Test
    void malformedRequest_isRefusedAndFailsTheTest() throws Exception {
        byte[] badId = JSON_SPAN.replace(TRACE, "xyz").getBytes(StandardCharsets.UTF_8);

        assertThat(post("/api/public/otel/v1/traces", "application/json", badId, false))
                .isEqualTo(400);
        assertThat(post("/api/public/otel/v1/traces", "application/x-protobuf", new byte[] {1, 2, 3}, false))
                .isEqualTo(400);

        assertThatThrownBy(COLLECTOR::assertNothingLeft).hasMessageContaining("not an id of 32 hex digits");
    }

    @Test
    void refuseNext_refusesThatManyRequests() throws Exception {
        COLLECTOR.refuseNext(1, 503);
        byte[] body = JSON_SPAN.getBytes(StandardCharsets.UTF_8);

        assertThat(post("/api/public/otel/v1/traces", "application/json", body, false))
                .isEqualTo(503);
        assertThat(post("/api/public/otel/v1/traces", "application/json", body, false))
                .isEqualTo(200);
        assertThat(COLLECTOR.take(1)).hasSize(1);
    }

    @Test
    void ingestion_handsOutScores() throws Exception {
        String batch = """
                {"batch":[{"id":"e1","type":"score-create","timestamp":"2026-01-01T00:00:00Z",
                 "body":{"id":"s1","traceId":"t","name":"groundedness","value":0.5}}]}""";

        assertThat(post("/api/public/ingestion", "application/json", batch.getBytes(StandardCharsets.UTF_8), false))
                .isEqualTo(207);

        CollectedScore score = COLLECTOR.takeScores(1).get(0);
        assertThat(score.name()).isEqualTo("groundedness");
        assertThat(score.value().asDouble()).isEqualTo(0.5);
        assertThat(score.observationId()).isNull();
    }

    private static Span span(String name, long startNanos) {
        return Span.newBuilder()
                .setTraceId(ByteString.copyFrom(HexFormat.of().parseHex(TRACE)))
                .setSpanId(ByteString.copyFrom(HexFormat.of().parseHex("b7ad6b716920333" + startNanos)))
                .setName(name)
                .setStartTimeUnixNano(startNanos)
                .addAttributes(KeyValue.newBuilder()
                        .setKey("user.id")
                        .setValue(AnyValue.newBuilder().setStringValue("u")))
                .build();
    }

    private int post(String path, String contentType, byte[] body, boolean gzip)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(COLLECTOR.baseUrl().resolve(path))
                .header("Content-Type", contentType)
                .header("Authorization", "Basic cGs6c2s=");
        byte[] sent = body;
        if (gzip) {
            ByteArrayOutputStream zipped = new ByteArrayOutputStream();
            try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
                zip.write(body);
            }
            sent = zipped.toByteArray();
            request.header("Content-Encoding", "gzip");
        }
        return HttpClient.newHttpClient()
                .send(
                        request.POST(HttpRequest.BodyPublishers.ofByteArray(sent))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
