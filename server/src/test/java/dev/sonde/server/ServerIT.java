package dev.sonde.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built jar, driven over HTTP. */
class ServerIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OTLP = "/api/public/otel/v1/traces";
    private static final String PROTOBUF = "application/x-protobuf";

    @TempDir
    static Path data;

    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = ServerProcess.seeded(data.resolve("shared"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void otlp_protobufAndGzip_isReadBackAtOnceInEveryShape() throws IOException {
        String traceId = randomHex(16);
        byte[] export = export(
                        traceId,
                        Map.of(
                                "langfuse.observation.type", "generation",
                                "langfuse.observation.input", "[{\"role\":\"user\",\"content\":\"why\"}]",
                                "langfuse.observation.output", "because",
                                "langfuse.observation.model.name", "gpt-4o-mini",
                                "langfuse.observation.usage_details",
                                        "{\"input\":1000,\"output\":100,\"input_cached_tokens\":200}",
                                "langfuse.trace.name", "answering",
                                "user.id", "ada",
                                "session.id", "s-" + traceId))
                .toByteArray();

        HttpResponse<String> answer = server.send(
                server.request(OTLP)
                        .header("Content-Type", PROTOBUF)
                        .header("Content-Encoding", "gzip")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(gzip(export))),
                true);
        assertThat(answer.statusCode()).isEqualTo(200);

        JsonNode trace = json(server.get("/api/public/traces/" + traceId));
        assertThat(trace.path("name").asText()).isEqualTo("answering");
        assertThat(trace.path("userId").asText()).isEqualTo("ada");
        assertThat(trace.path("htmlPath").asText()).isEqualTo("/project/project-1/traces/" + traceId);
        assertThat(trace.path("input").get(0).path("content").asText()).isEqualTo("why");
        // 1000 x 0.15 + 100 x 0.60 + 200 x 0.075 dollars a million
        assertThat(trace.path("totalCost").decimalValue()).isEqualByComparingTo("0.000225");
        JsonNode observation = trace.path("observations").get(0);
        assertThat(observation.path("type").asText()).isEqualTo("GENERATION");
        assertThat(observation.path("output").asText()).isEqualTo("because");
        assertThat(observation.path("usage").path("total").isIntegralNumber()).isTrue();
        assertThat(observation.path("usageDetails").path("total").asLong()).isEqualTo(1300);
        assertThat(observation.path("costDetails").path("input_cached_tokens").decimalValue())
                .isEqualByComparingTo("0.000015");

        JsonNode list = json(server.get("/api/public/traces?sessionId=s-" + traceId + "&limit=1"));
        assertThat(list.path("meta").path("totalItems").asInt()).isEqualTo(1);
        assertThat(list.path("data").get(0).path("observations").get(0).isTextual())
                .isTrue();
        assertThat(json(server.get("/api/public/observations?traceId=" + traceId))
                        .path("data"))
                .hasSize(1);
        assertThat(json(server.get("/api/public/observations/"
                                + observation.path("id").asText()))
                        .path("latency")
                        .asDouble())
                .isEqualTo(1.5);
        assertThat(json(server.get("/api/public/sessions/s-" + traceId)).path("traces"))
                .hasSize(1);
    }

    @Test
    void otlp_json_isTakenAsWell() {
        String traceId = randomHex(16);
        String body = """
                {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"%s","spanId":"%s","name":"step",
                "startTimeUnixNano":"1795436181637700055","endTimeUnixNano":1795436182637700055,
                "attributes":[{"key":"gen_ai.usage.input_tokens","value":{"intValue":"7"}},
                {"key":"gen_ai.request.model","value":{"stringValue":"gpt-5"}}],"status":{"code":2,"message":"no"}}]}]}]}
                """.formatted(traceId, randomHex(8));

        HttpResponse<String> answer = server.post(OTLP, "application/json", body.getBytes(StandardCharsets.UTF_8));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{}");
        JsonNode observation = json(server.get("/api/public/traces/" + traceId))
                .path("observations")
                .get(0);
        assertThat(observation.path("level").asText()).isEqualTo("ERROR");
        assertThat(observation.path("statusMessage").asText()).isEqualTo("no");
        assertThat(observation.path("usage").path("input").asLong()).isEqualTo(7);
    }

    @Test
    void otlp_malformed_is400WithAReason() {
        for (String body : new String[] {
            "{",
            "[]",
            "{\"resourceSpans\":{}}",
            "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"name\":\"x\"}]}]}]}"
        }) {
            HttpResponse<String> answer = server.post(OTLP, "application/json", body.getBytes(StandardCharsets.UTF_8));
            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(json(answer).path("message").asText()).as(body).isNotBlank();
        }
        assertThat(server.post(OTLP, PROTOBUF, new byte[] {1, 2, 3}).statusCode())
                .isEqualTo(400);
        assertThat(server.post(OTLP, "text/plain", new byte[0]).statusCode()).isEqualTo(400);
    }

    @Test
    void otlp_largeBody_isTakenWholeOrRefusedWhole() {
        String small = randomHex(16);
        String large = randomHex(16);

        assertThat(server.post(OTLP, PROTOBUF, withInput(small, 20 << 20)).statusCode())
                .isEqualTo(200);
        HttpResponse<String> refused = server.post(OTLP, PROTOBUF, withInput(large, 40 << 20));

        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(server.get("/api/public/traces/" + small).body().contains("x".repeat(20 << 20)))
                .isTrue();
        assertThat(server.get("/api/public/traces/" + large).statusCode()).isEqualTo(404);
    }

    @Test
    void key_wrongOrMissing_is401() {
        for (String header : new String[] {
            ServerProcess.basic("pk-lf-test", "sk-lf-wrong"),
            ServerProcess.basic("pk-lf-other", "sk-lf-test"),
            "Basic !",
            "Digest x",
            "Bearer pk-lf-other"
        }) {
            HttpResponse<String> answer =
                    server.send(server.request("/api/public/traces").header("Authorization", header), false);
            assertThat(answer.statusCode()).as(header).isEqualTo(401);
            assertThat(json(answer).path("error").asText()).isEqualTo("UnauthorizedError");
        }
        HttpResponse<String> none = server.send(server.request("/api/public/traces"), false);
        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(json(none).path("message").asText()).isEqualTo("No authorization header");
    }

    @Test
    void key_publicAlone_mayScoreAndNothingElse() {
        String traceId = randomHex(16);
        server.post(OTLP, PROTOBUF, export(traceId, Map.of()).toByteArray());
        String score = "{\"traceId\":\"" + traceId + "\",\"name\":\"helpful\",\"value\":1,\"dataType\":\"BOOLEAN\"}";

        HttpResponse<String> scored = server.send(
                server.request("/api/public/scores")
                        .header("Authorization", "Bearer pk-lf-test")
                        .POST(HttpRequest.BodyPublishers.ofString(score)),
                false);
        HttpResponse<String> read =
                server.send(server.request("/api/public/traces").header("Authorization", "Bearer pk-lf-test"), false);

        assertThat(scored.statusCode()).isEqualTo(200);
        assertThat(read.statusCode()).isEqualTo(403);
        JsonNode stored =
                json(server.get("/api/public/traces/" + traceId)).path("scores").get(0);
        assertThat(stored.path("stringValue").asText()).isEqualTo("True");
    }

    @Test
    void unknownThings_are404WithTheNameClientsWaitFor() {
        assertThat(json(server.get("/api/public/traces/none")).path("error").asText())
                .isEqualTo("LangfuseNotFoundError");
        assertThat(server.get("/api/public/nothing").statusCode()).isEqualTo(404);
        assertThat(server.send(server.request("/api/public/traces").PUT(BodyPublishers.noBody()), true)
                        .statusCode())
                .isEqualTo(405);
    }

    @Test
    void list_badParameters_are400NamingThem() {
        for (String query : new String[] {
            "page=0", "limit=101", "limit=x", "fromTimestamp=yesterday", "orderBy=size.up", "filter=%7B"
        }) {
            HttpResponse<String> answer = server.get("/api/public/traces?" + query);
            assertThat(answer.statusCode()).as(query).isEqualTo(400);
            assertThat(json(answer).path("message").asText())
                    .as(query)
                    .containsIgnoringCase(query.substring(0, query.indexOf('=')));
        }
    }

    @Test
    void acknowledged_survivesSigkill() throws InterruptedException {
        Path directory = data.resolve("killed");
        String traceId = randomHex(16);
        try (ServerProcess first = ServerProcess.seeded(directory)) {
            assertThat(first.post(OTLP, PROTOBUF, withInput(traceId, 300_000)).statusCode())
                    .isEqualTo(200);
            first.kill();
        }
        try (ServerProcess second = ServerProcess.seeded(directory)) {
            JsonNode trace = json(second.get("/api/public/traces/" + traceId));
            assertThat(trace.path("observations")).hasSize(1);
            assertThat(trace.path("observations").get(0).path("input").asText()).hasSize(300_000);
        }
    }

    @Test
    void directoryInUse_secondServerSaysSoAndEnds() throws Exception {
        ServerProcess.Ended ended = ServerProcess.failing(data.resolve("shared"), "0");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.printed().strip().lines()).hasSize(1);
        assertThat(ended.printed()).doesNotContain("Exception");
    }

    @Test
    void portTaken_saysSoAndEnds() throws Exception {
        ServerProcess.Ended ended = ServerProcess.failing(data.resolve("other"), String.valueOf(server.port()));

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.printed())
                .contains("port " + server.port() + " is taken")
                .doesNotContain("\tat ");
    }

    @Test
    void badOption_saysWhichAndEnds() throws Exception {
        ServerProcess.Ended ended = ServerProcess.failing(data.resolve("other"), "seventy");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.printed()).contains("port: seventy (expected: 0 to 65535)");
    }

    @Test
    void firstStart_makesKeysAndASetupLinkThatWorksOnce() throws Exception {
        Path directory = data.resolve("first");
        try (ServerProcess fresh = ServerProcess.fresh(directory)) {
            Path keys = directory.resolve("first-key.env");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
                    .isEqualTo("rw-------");
            String secret = Files.readString(keys)
                    .lines()
                    .skip(1)
                    .findFirst()
                    .orElseThrow()
                    .split("=", 2)[1];
            assertThat(fresh.printed()).doesNotContain(secret);

            String setup = "/api/ui/setup/" + fresh.setupToken();
            String account = "{\"name\":\"Ada\",\"email\":\"ada@example.com\",\"password\":\"long enough\"}";
            assertThat(fresh.send(fresh.request(setup), false).statusCode()).isEqualTo(200);
            HttpResponse<String> made = fresh.send(
                    fresh.request(setup)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(account)),
                    false);
            assertThat(made.statusCode()).isEqualTo(200);
            assertThat(json(made).path("projects")).hasSize(1);
            assertThat(made.headers().firstValue("set-cookie").orElse(""))
                    .containsIgnoringCase("HttpOnly")
                    .contains("SameSite=Lax");
            assertThat(fresh.send(fresh.request(setup), false).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void pages_needASessionAndChangesItsToken() {
        assertThat(server.send(server.request("/api/ui/projects/project-1/traces"), false)
                        .statusCode())
                .isEqualTo(401);
        String login = "{\"email\":\"%s\",\"password\":\"%s\"}";
        HttpResponse<String> wrong = server.send(
                server.request("/api/ui/login")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(login.formatted(ServerProcess.EMAIL, "wrong"))),
                false);
        assertThat(wrong.statusCode()).isEqualTo(401);
        HttpResponse<String> right = server.send(
                server.request("/api/ui/login")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                login.formatted(ServerProcess.EMAIL, ServerProcess.PASSWORD))),
                false);
        String cookie = right.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];

        assertThat(server.send(
                                server.request("/api/ui/projects/project-1/traces")
                                        .header("Cookie", cookie),
                                false)
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.send(server.request("/api/ui/projects/other/traces").header("Cookie", cookie), false)
                        .statusCode())
                .isEqualTo(404);
        assertThat(server.send(
                                server.request("/api/ui/logout")
                                        .header("Cookie", cookie)
                                        .POST(HttpRequest.BodyPublishers.noBody()),
                                false)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void pages_wrongFilter_saysWhere() {
        HttpResponse<String> login = server.send(
                server.request("/api/ui/login")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"email\":\"%s\",\"password\":\"%s\"}"
                                .formatted(ServerProcess.EMAIL, ServerProcess.PASSWORD))),
                false);
        String cookie = login.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];

        HttpResponse<String> answer = server.send(
                server.request("/api/ui/projects/project-1/traces?q=usr:ada").header("Cookie", cookie), false);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("error").asText()).isEqualTo("InvalidFilter");
        assertThat(json(answer).path("position").asInt(-1)).isZero();
        assertThat(json(answer).path("length").asInt()).isEqualTo(3);
        assertThat(json(answer).path("suggestion").asText()).isEqualTo("user");
    }

    @Test
    void pages_carryAStrictPolicy() {
        HttpResponse<String> page = server.send(server.request("/project/project-1/traces"), false);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("content-security-policy").orElse(""))
                .contains("default-src 'none'")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("x-content-type-options")).hasValue("nosniff");
    }

    @Test
    void sigterm_endsCleanly() throws InterruptedException {
        try (ServerProcess other = ServerProcess.seeded(data.resolve("ending"))) {
            assertThat(json(other.get("/api/public/health")).path("status").asText())
                    .isEqualTo("OK");
            assertThat(other.terminate()).isIn(0, 143);
        }
    }

    private static byte[] withInput(String traceId, int characters) {
        return export(traceId, Map.of("langfuse.observation.input", "x".repeat(characters)))
                .toByteArray();
    }

    /** One root span of a second and a half. */
    private static ExportTraceServiceRequest export(String traceId, Map<String, String> attributes) {
        Span.Builder span = Span.newBuilder()
                .setTraceId(ByteString.copyFrom(HexFormat.of().parseHex(traceId)))
                .setSpanId(ByteString.copyFrom(HexFormat.of().parseHex(randomHex(8))))
                .setName("root")
                .setStartTimeUnixNano(1_795_436_181_000_000_000L)
                .setEndTimeUnixNano(1_795_436_182_500_000_000L);
        attributes.forEach((key, value) -> span.addAttributes(
                KeyValue.newBuilder().setKey(key).setValue(AnyValue.newBuilder().setStringValue(value))));
        ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
        request.addResourceSpansBuilder().addScopeSpansBuilder().addSpans(span);
        return request.build();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes);
        }
        return compressed.toByteArray();
    }

    private static String randomHex(int bytes) {
        byte[] random = new byte[bytes];
        ThreadLocalRandom.current().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(response.statusCode() + ": " + response.body(), e);
        }
    }
}
