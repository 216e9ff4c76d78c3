package dev.sonde.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.internal.FailedExportException;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What OpenTelemetry's own exporters send, by HTTP and by gRPC, is read back as it was. */
class OtlpExportersIT {

    private static final Instant START = Instant.ofEpochMilli(OtlpRequests.START);

    @TempDir
    static Path directory;

    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = ServerProcess.seeded(directory.resolve("data"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"http, none", "http, gzip", "grpc, none", "grpc, gzip"})
    void spans_areReadBackEqual(String protocol, String compression) {
        Kept sent = new Kept();

        assertSent(exporter(protocol, compression, ServerProcess.SECRET_KEY), recorded(sent));

        assertThat(sent.spans).hasSize(3);
        JsonNode trace = trace(sent.spans.get(0).getTraceId());
        assertThat(trace.path("name").asText()).isEqualTo("answer");
        assertThat(trace.path("userId").asText()).isEqualTo("ada");
        assertThat(trace.path("input").path("question").asText()).isEqualTo("why? – “ü”");
        assertThat(trace.path("observations")).hasSize(3);
        for (SpanData span : sent.spans) {
            assertEqual(span, observation(trace, span.getSpanId()));
        }
        JsonNode chat = observation(trace, sent.spans.get(0).getSpanId());
        assertThat(chat.path("type").asText()).isEqualTo("GENERATION");
        assertThat(chat.path("model").asText()).isEqualTo("gpt-4o");
        assertThat(chat.at("/usageDetails/input").asInt()).isEqualTo(1_000);
        assertThat(chat.at("/usageDetails/output").asInt()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"http, none", "http, gzip", "grpc, none", "grpc, gzip"})
    void manySpansOfManyTraces_areAllThere(String protocol, String compression) {
        Kept sent = new Kept();
        String session = "s-" + OtlpRequests.traceId();

        SpanExporter exporter = exporter(protocol, compression, ServerProcess.SECRET_KEY);
        try (SdkTracerProvider provider = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(sent))
                .build()) {
            Tracer tracer = provider.get("it");
            for (int i = 0; i < 2_000; i++) {
                tracer.spanBuilder("step " + i)
                        .setNoParent()
                        .setAttribute("session.id", session)
                        .setAttribute("langfuse.observation.input", "word ".repeat(100))
                        .startSpan()
                        .end();
            }
        }
        assertSent(exporter, sent.spans);

        JsonNode page = new Answer(server.get("/api/public/traces?limit=1&sessionId=" + session)).json();
        assertThat(page.at("/meta/totalItems").asInt()).isEqualTo(2_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "grpc"})
    void wrongSecret_isTold(String protocol) {
        Kept sent = new Kept();
        List<SpanData> spans = recorded(sent);

        try (SpanExporter exporter = exporter(protocol, "none", "sk-lf-wrong")) {
            CompletableResultCode result = exporter.export(spans).join(20, TimeUnit.SECONDS);

            assertThat(result.isSuccess()).isFalse();
            assertThat(status(result)).isEqualTo(protocol.equals("grpc") ? "UNAUTHENTICATED" : "401");
        }
        assertThat(server.get("/api/public/traces/" + spans.get(0).getTraceId()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void theSameExportTwice_isOneTrace() {
        Kept sent = new Kept();
        List<SpanData> spans = recorded(sent);

        assertSent(exporter("grpc", "gzip", ServerProcess.SECRET_KEY), spans);
        assertSent(exporter("http", "none", ServerProcess.SECRET_KEY), spans);

        assertThat(trace(spans.get(0).getTraceId()).path("observations")).hasSize(3);
    }

    private static String status(CompletableResultCode result) {
        Throwable failure = result.getFailureThrowable();
        if (failure instanceof FailedExportException.GrpcExportException grpc && grpc.getResponse() != null) {
            return grpc.getResponse().getStatusCode().name();
        }
        if (failure instanceof FailedExportException.HttpExportException http && http.getResponse() != null) {
            return Integer.toString(http.getResponse().getStatusCode());
        }
        return String.valueOf(failure);
    }

    /** A root with a generation, whose usage is known, and a tool, which fails; children end, and come, first. */
    private static List<SpanData> recorded(Kept kept) {
        try (SdkTracerProvider provider = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(kept))
                .build()) {
            Tracer tracer = provider.get("it", "1.2.3");
            Span root = tracer.spanBuilder("answer")
                    .setStartTimestamp(START)
                    .setAttribute("user.id", "ada")
                    .setAttribute("langfuse.observation.input", "{\"question\":\"why? – “ü”\"}")
                    .setAttribute("langfuse.observation.output", "because")
                    .setAttribute("app.attempt", 3L)
                    .setAttribute("app.ratio", 0.25)
                    .setAttribute("app.cached", true)
                    .setAttribute(AttributeKey.stringArrayKey("app.shards"), List.of("a", "b"))
                    .startSpan();
            Context context = Context.root().with(root);
            tracer.spanBuilder("chat")
                    .setParent(context)
                    .setStartTimestamp(START.plusMillis(10))
                    .setAttribute("gen_ai.operation.name", "chat")
                    .setAttribute("gen_ai.request.model", "gpt-4o")
                    .setAttribute("gen_ai.usage.input_tokens", 1_000L)
                    .setAttribute("gen_ai.usage.output_tokens", 200L)
                    .setAttribute("langfuse.observation.input", "hello")
                    .setAttribute("langfuse.observation.output", "there")
                    .startSpan()
                    .end(START.plusMillis(700));
            tracer.spanBuilder("lookup")
                    .setParent(context)
                    .setStartTimestamp(START.plusMillis(710))
                    .setAttribute("langfuse.observation.type", "tool")
                    .startSpan()
                    .setStatus(StatusCode.ERROR, "no such page")
                    .end(START.plusMillis(720));
            root.end(START.plusSeconds(2));
        }
        return List.copyOf(kept.spans);
    }

    private static void assertEqual(SpanData span, JsonNode observation) {
        assertThat(observation.path("traceId").asText()).isEqualTo(span.getTraceId());
        assertThat(observation.path("name").asText()).isEqualTo(span.getName());
        assertThat(observation.path("parentObservationId").asText(""))
                .isEqualTo(
                        span.getParentSpanContext().isValid()
                                ? span.getParentSpanContext().getSpanId()
                                : "");
        assertThat(Instant.parse(observation.path("startTime").asText())).isEqualTo(time(span.getStartEpochNanos()));
        assertThat(Instant.parse(observation.path("endTime").asText())).isEqualTo(time(span.getEndEpochNanos()));
        assertThat(observation.path("level").asText())
                .isEqualTo(span.getStatus().getStatusCode() == StatusCode.ERROR ? "ERROR" : "DEFAULT");
        assertThat(observation.path("statusMessage").asText(""))
                .isEqualTo(span.getStatus().getDescription());
        for (String part : List.of("input", "output")) {
            String said = span.getAttributes().get(AttributeKey.stringKey("langfuse.observation." + part));
            JsonNode read = observation.path(part);
            assertThat(read.isTextual() ? read.asText() : read.isNull() ? null : read.toString())
                    .isEqualTo(said);
        }
        span.getAttributes().forEach((key, value) -> {
            if (key.getKey().startsWith("app.")) {
                JsonNode read = observation.path("metadata").path(key.getKey());
                String text = value instanceof List<?> ? "[\"a\",\"b\"]" : String.valueOf(value);
                assertThat(read.isTextual() ? read.asText() : read.toString()).isEqualTo(text);
            }
        });
    }

    private static Instant time(long nanos) {
        return Instant.EPOCH.plusNanos(nanos).truncatedTo(ChronoUnit.MILLIS);
    }

    private static JsonNode observation(JsonNode trace, String id) {
        for (JsonNode observation : trace.path("observations")) {
            if (observation.path("id").asText().equals(id)) {
                return observation;
            }
        }
        throw new AssertionError("no observation " + id + " in " + trace);
    }

    private static JsonNode trace(String id) {
        Answer answer = new Answer(server.get("/api/public/traces/" + id));
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    private static void assertSent(SpanExporter exporter, List<SpanData> spans) {
        try (exporter) {
            CompletableResultCode result = exporter.export(spans).join(30, TimeUnit.SECONDS);
            assertThat(result.isSuccess())
                    .as(String.valueOf(result.getFailureThrowable()))
                    .isTrue();
        }
    }

    private static SpanExporter exporter(String protocol, String compression, String secret) {
        String address = "http://127.0.0.1:" + server.port();
        String key = ServerProcess.basic(ServerProcess.PUBLIC_KEY, secret);
        return protocol.equals("grpc")
                ? OtlpGrpcSpanExporter.builder()
                        .setEndpoint(address)
                        .addHeader("authorization", key)
                        .setCompression(compression)
                        .setRetryPolicy((RetryPolicy) null)
                        .build()
                : OtlpHttpSpanExporter.builder()
                        .setEndpoint(address + "/api/public/otel/v1/traces")
                        .addHeader("Authorization", key)
                        .setCompression(compression)
                        .setRetryPolicy((RetryPolicy) null)
                        .build();
    }

    /** Keeps what ended, to be sent and compared. */
    private static final class Kept implements SpanExporter {
        final List<SpanData> spans = new CopyOnWriteArrayList<>();

        @Override
        public CompletableResultCode export(Collection<SpanData> ended) {
            spans.addAll(ended);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
