package dev.sonde.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys, problems, pages, filters and scores of the public interface. */
class PublicApiIT {

    @TempDir
    static Path directory;

    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = ServerProcess.seeded(directory.resolve("data"));
        for (int i = 0; i < 5; i++) {
            Answer sent = post("/api/public/ingestion", """
                {"batch":[{"id":"e%1$d","type":"trace-create","timestamp":"2026-11-01T10:00:0%1$dZ","body":{
                  "id":"t%1$d","timestamp":"2026-11-01T10:00:0%1$dZ","name":"trace %1$d","userId":"%2$s",
                  "tags":["all","n%1$d"],"environment":"prod","metadata":{"k":"v%1$d"}}}]}
                """.formatted(i, i % 2 == 0 ? "even" : "odd"));
            assertThat(sent.status()).isEqualTo(207);
            assertThat(sent.json().at("/successes/0/status").asInt()).isEqualTo(201);
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            ``, No authorization header
            Digest abc, Invalid authorization header
            Basic !!!, Invalid authorization header. Confirm that you've configured the correct host.
            Basic bm9jb2xvbg==, Invalid authorization header. Confirm that you've configured the correct host.
            Basic cGstbGYtdGVzdDp3cm9uZw==, Invalid credentials. Confirm that you've configured the correct host.
            Bearer pk-lf-other, Invalid public key. Confirm that you've configured the correct host.
            """)
    void wrongCredentials_areNamed(String authorization, String message) {
        var request = server.request("/api/public/traces");
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }

        Answer answer = send(request);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json().path("error").asText()).isEqualTo("UnauthorizedError");
        assertThat(answer.json().path("message").asText()).isEqualTo(message);
        assertThat(answer.json().path("requestId").asText()).isEqualTo(answer.header("x-request-id"));
    }

    @Test
    void publicKeyAlone_createsScoresAndNothingElse() {
        String bearer = "Bearer " + ServerProcess.PUBLIC_KEY;

        assertThat(send(server.request("/api/public/traces").header("Authorization", bearer))
                        .status())
                .isEqualTo(403);
        assertThat(send(server.request("/api/public/otel/v1/traces")
                                .header("Authorization", bearer)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{}")))
                        .status())
                .isEqualTo(403);
        assertThat(send(server.request("/api/public/scores")
                                .header("Authorization", bearer)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"traceId\":\"t4\",\"name\":\"thumb\",\"value\":1}")))
                        .status())
                .isEqualTo(200);
        JsonNode batch = send(server.request("/api/public/ingestion")
                        .header("Authorization", bearer)
                        .POST(BodyPublishers.ofString("""
                            {"batch":[{"id":"x","type":"trace-create","timestamp":"2026-11-01T10:00:00Z","body":{}}]}
                            """)))
                .json();
        assertThat(batch.path("successes")).isEmpty();
        assertThat(batch.at("/errors/0/status").asInt()).isEqualTo(401);
    }

    @Test
    void traces_comeNewestFirstInPages() {
        JsonNode first = get("/api/public/traces?limit=2").json();
        JsonNode last = get("/api/public/traces?limit=2&page=3").json();

        assertThat(first.path("data").findValuesAsText("name")).containsExactly("trace 4", "trace 3");
        assertThat(last.path("data").findValuesAsText("name")).containsExactly("trace 0");
        assertThat(first.path("meta").toString())
                .isEqualTo("{\"page\":1,\"limit\":2,\"totalItems\":5,\"totalPages\":3}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            userId=odd                                    | trace 3,trace 1
            tags=all&tags=n2                              | trace 2
            tags=all,n2                                   | trace 2
            environment=dev&environment=prod&name=trace+0 | trace 0
            environment=dev                               |
            userId=odd&orderBy=timestamp.asc              | trace 1,trace 3
            fromTimestamp=2026-11-01T10:00:03Z            | trace 4,trace 3
            toTimestamp=2026-11-01T12:00:01%2B02:00       | trace 0
            """)
    void traces_areSelectedByParameters(String query, String names) {
        JsonNode found = get("/api/public/traces?" + query).json();

        assertThat(String.join(",", found.path("data").findValuesAsText("name")))
                .isEqualTo(names == null ? "" : names);
    }

    @Test
    void jsonFilter_winsOverTheParameterOfItsColumn() {
        String filter = URLEncoder.encode("""
            [{"type":"string","column":"userId","operator":"=","value":"even"},
             {"type":"stringObject","column":"metadata","key":"k","operator":"=","value":"v2"}]
            """, StandardCharsets.UTF_8);

        JsonNode found = get("/api/public/traces?userId=odd&filter=" + filter).json();

        assertThat(found.path("data").findValuesAsText("name")).containsExactly("trace 2");
    }

    @Test
    void excludedGroups_areEmptyNotAbsent() {
        JsonNode trace = get("/api/public/traces/t0?fields=core").json();

        assertThat(trace.path("metadata").toString()).isEqualTo("{}");
        assertThat(trace.path("observations").toString()).isEqualTo("[]");
        assertThat(trace.path("scores").toString()).isEqualTo("[]");
        assertThat(trace.path("latency").asInt()).isEqualTo(-1);
        assertThat(trace.path("totalCost").asInt()).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({
        "traces?limit=101",
        "traces?page=0",
        "traces?limit=x",
        "traces?filter=%5B",
        "traces?orderBy=nothing.asc",
        "traces?fromTimestamp=2026-11-01",
        "observations?limit=101",
        "sessions?page=-1"
    })
    void brokenRules_areRefused(String query) {
        Answer answer = get("/api/public/" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").asText()).isEqualTo("InvalidRequestError");
    }

    @ParameterizedTest
    @CsvSource({"traces/none", "observations/none", "sessions/none"})
    void unknownIds_carryTheErrorThatClientsWaitOn(String path) {
        Answer answer = get("/api/public/" + path);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().path("error").asText()).isEqualTo("LangfuseNotFoundError");
    }

    @Test
    void unknownPath_isNoEntity_andKnownPathRefusesOtherMethods() {
        Answer unknown = get("/api/public/nothing");
        Answer other =
                new Answer(server.send(server.request("/api/public/projects").DELETE(), true));

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.json().path("error").asText()).isEqualTo("NotFoundError");
        assertThat(other.status()).isEqualTo(405);
        assertThat(other.json().path("error").asText()).isEqualTo("MethodNotAllowedError");
    }

    @Test
    void score_isShownOnItsTrace_andBadOnesNameTheirRule() {
        String id = post(
                        "/api/public/scores",
                        "{\"traceId\":\"t1\",\"name\":\"quality\",\"value\":0.5,\"comment\":null}")
                .json()
                .path("id")
                .asText();
        Answer bad = post(
                "/api/public/scores", "{\"traceId\":\"t1\",\"name\":\"quality\",\"value\":1,\"dataType\":\"FOO\"}");

        JsonNode score = get("/api/public/traces/t1").json().at("/scores/0");
        assertThat(score.path("id").asText()).isEqualTo(id);
        assertThat(score.path("value").asDouble()).isEqualTo(0.5);
        assertThat(score.path("dataType").asText()).isEqualTo("NUMERIC");
        assertThat(bad.status()).isEqualTo(400);
        assertThat(bad.json().path("message").asText()).startsWith("dataType: FOO (expected: one of");
    }

    @Test
    void batch_takesTheGoodAndNamesTheBad() {
        JsonNode answer = post("/api/public/ingestion", """
            {"batch":[{"id":"good","type":"sdk-log","timestamp":"2026-11-01T10:00:00Z","body":{"log":1}},
                      {"id":"bad","type":"no-such-type","timestamp":"2026-11-01T10:00:00Z","body":{}}]}
            """).json();
        Answer none = post("/api/public/ingestion", "{\"batch\":3}");

        assertThat(answer.path("successes")).isEmpty();
        assertThat(answer.path("errors").findValuesAsText("id")).containsExactly("bad");
        assertThat(answer.at("/errors/0/status").asInt()).isEqualTo(400);
        assertThat(none.status()).isEqualTo(400);
    }

    @Test
    void batch_aboveItsLimit_isRefused() {
        assertThat(post("/api/public/ingestion", " ".repeat(4_600_000)).status())
                .isEqualTo(413);
    }

    @Test
    void foreignPages_maySendWithTheirOwnHeaders() {
        Answer preflight = send(server.request("/api/public/ingestion")
                .header("Origin", "https://app.example.org")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,x-langfuse-sdk-name")
                .method("OPTIONS", BodyPublishers.noBody()));

        assertThat(preflight.status()).isBetween(200, 204);
        assertThat(preflight.header("access-control-allow-origin")).isIn("*", "https://app.example.org");
        assertThat(preflight.header("access-control-allow-headers")).contains("x-langfuse-sdk-name");
    }

    @Test
    void project_healthAndReadiness_areAnswered() {
        JsonNode projects = get("/api/public/projects").json();

        assertThat(projects.path("data").findValuesAsText("id")).contains(ServerProcess.PROJECT);
        assertThat(projects.path("data")).hasSize(1);
        for (String path : new String[] {"/api/public/health", "/api/public/ready"}) {
            Answer health = send(server.request(path));
            assertThat(health.status()).isEqualTo(200);
            assertThat(health.json().path("status").asText()).isEqualTo("OK");
            assertThat(health.json().path("version").asText()).matches("\\d+\\.\\d+\\.\\d+");
        }
    }

    private static Answer get(String path) {
        return new Answer(server.get(path));
    }

    private static Answer post(String path, String json) {
        return new Answer(server.post(path, "application/json", json.getBytes(StandardCharsets.UTF_8)));
    }

    /** Without the key pair. */
    private static Answer send(HttpRequest.Builder request) {
        return new Answer(server.send(request, false));
    }
}
