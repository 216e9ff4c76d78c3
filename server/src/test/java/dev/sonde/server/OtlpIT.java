package dev.sonde.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenTelemetry's own exporter, compressed and chunked bodies, and what is refused whole. */
class OtlpIT {

    private static final String TRACES = "/api/public/otel/v1/traces";
    private static final int MB = 1_000_000;

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

    @Test
    void gzip_andChunks_areTaken() {
        String id = OtlpRequests.traceId();
        byte[] body = OtlpRequests.gzip(OtlpRequests.protobuf(id));

        Answer sent = send(protobuf()
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));

        assertThat(sent.status()).isEqualTo(200);
        assertThat(get("/api/public/traces/" + id).status()).isEqualTo(200);
    }

    @Test
    void openTelemetrysExporter_isUnderstood() {
        OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint("http://127.0.0.1:" + server.port() + TRACES)
                .addHeader("Authorization", ServerProcess.basic(ServerProcess.PUBLIC_KEY, ServerProcess.SECRET_KEY))
                .setCompression("gzip")
                .build();
        String id;
        try (SdkTracerProvider provider = SdkTracerProvider.builder()
                .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                .build()) {
            Span span = provider.get("it").spanBuilder("from the kit").startSpan();
            span.setAttribute("gen_ai.request.model", "gpt-4o");
            span.end();
            id = span.getSpanContext().getTraceId();

            assertThat(provider.forceFlush().join(20, TimeUnit.SECONDS).isSuccess())
                    .isTrue();
        }

        JsonNode trace = get("/api/public/traces/" + id).json();
        assertThat(trace.path("name").asText()).isEqualTo("from the kit");
        assertThat(trace.at("/observations/0/model").asText()).isEqualTo("gpt-4o");
    }

    @Test
    void tooLarge_isRefusedAndNothingOfItIsStored() {
        String id = OtlpRequests.traceId();
        String body = OtlpRequests.json(id, "word ".repeat(8 * MB));

        assertThat(post(TRACES, body).status()).isEqualTo(413);
        assertThat(send(request("application/json")
                                .header("Content-Encoding", "gzip")
                                .POST(BodyPublishers.ofByteArray(OtlpRequests.gzip(body))))
                        .status())
                .isEqualTo(413);

        assertThat(get("/api/public/traces/" + id).status()).isEqualTo(404);
    }

    @Test
    void oneBadSpan_refusesTheWholeExport() {
        String id = OtlpRequests.traceId();
        String halfGood = OtlpRequests.json(id, "x").replace("]}]}]}]}", "]},{\"name\":\"no ids\"}]}]}]}");

        Answer answer = post(TRACES, halfGood);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("message").asText()).containsIgnoringCase("span");
        assertThat(get("/api/public/traces/" + id).status()).isEqualTo(404);
    }

    @Test
    void compressedTwoMegabytes_areTaken() {
        String id = OtlpRequests.traceId();
        String body = OtlpRequests.json(id, "word ".repeat(2 * MB / 5));

        Answer sent = send(request("application/json")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(OtlpRequests.gzip(body))));

        assertThat(sent.status()).isEqualTo(200);
        assertThat(get("/api/public/traces/" + id).json().path("input").asText())
                .hasSize(2 * MB);
    }

    @Test
    void metricsAndLogs_areTakenAndNotKept() {
        assertThat(post("/api/public/otel/v1/metrics", "{}").status()).isEqualTo(200);
        assertThat(post("/api/public/otel/v1/logs", "{}").status()).isEqualTo(200);
    }

    @Test
    void unknownIngestionVersion_isRefused() {
        Answer answer = send(request("application/json")
                .header("x-langfuse-ingestion-version", "5")
                .POST(BodyPublishers.ofString("{}")));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("message").asText()).contains("Maximum supported: \"4\"");
    }

    private static HttpRequest.Builder protobuf() {
        return request("application/x-protobuf");
    }

    private static HttpRequest.Builder request(String type) {
        return server.request(TRACES).header("Content-Type", type);
    }

    private static Answer get(String path) {
        return new Answer(server.get(path));
    }

    private static Answer post(String path, String json) {
        return new Answer(server.post(path, "application/json", json.getBytes(StandardCharsets.UTF_8)));
    }

    private static Answer send(HttpRequest.Builder request) {
        return new Answer(server.send(request, true));
    }
}
