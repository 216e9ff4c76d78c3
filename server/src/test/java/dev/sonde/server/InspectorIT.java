package dev.sonde.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the inspector says of requests, good and bad. Each test finds its own by the client's name. */
class InspectorIT {

    private static final String TRACES = "/api/public/otel/v1/traces";
    private static final String INGESTION = "/api/public/ingestion";

    @TempDir
    static Path directory;

    private static ServerProcess server;
    private static SignedInBrowser browser;

    @BeforeAll
    static void start() {
        server = ServerProcess.seeded(directory.resolve("data"));
        browser = SignedInBrowser.owner(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void anExport_isCountedWithItsClientAndKey() {
        String client = client();

        send(TRACES, client, OtlpRequests.json(OtlpRequests.traceId(), "x"), ServerProcess.SECRET_KEY);

        JsonNode seen = seen(client);
        assertThat(seen.path("client").asText()).isEqualTo(client + " 4.5.6");
        assertThat(seen.path("publicKey").asText()).isEqualTo(ServerProcess.PUBLIC_KEY);
        assertThat(seen.path("route").asText()).isEqualTo(TRACES);
        assertThat(seen.path("status").asInt()).isEqualTo(200);
        assertThat(seen.path("accepted").asInt()).isEqualTo(1);
        assertThat(seen.path("rejected").asInt()).isZero();
        assertThat(seen.path("bytes").asInt()).isPositive();
    }

    @Test
    void eachRefusedEvent_isNamedWithReasonAndFix() {
        String client = client();
        String good = "{\"id\":\"e1\",\"timestamp\":\"2026-01-01T00:00:00Z\",\"type\":\"trace-create\",\"body\":{}}";
        String late = "{\"id\":\"e2\",\"timestamp\":\"yesterday\",\"type\":\"trace-create\",\"body\":{}}";

        send(INGESTION, client, "{\"batch\":[" + good + "," + late + "]}", ServerProcess.SECRET_KEY);

        JsonNode seen = seen(client);
        assertThat(seen.path("accepted").asInt()).isEqualTo(1);
        assertThat(seen.path("rejected").asInt()).isEqualTo(1);
        assertThat(seen.at("/rejections/0/id").asText()).isEqualTo("e2");
        assertThat(seen.at("/rejections/0/reason").asText()).contains("yesterday");
        assertThat(seen.at("/rejections/0/fix").asText()).contains("ISO-8601");
    }

    @Test
    void aWrongSecret_isSeenInTheProjectOfTheKey() {
        String client = client();

        assertThat(send(TRACES, client, "{}", "sk-lf-wrong")).isEqualTo(401);

        JsonNode seen = seen(client);
        assertThat(seen.path("status").asInt()).isEqualTo(401);
        assertThat(seen.at("/rejections/0/fix").asText()).contains("secret key");
        assertThat(seen.toString()).doesNotContain("sk-lf-wrong");
    }

    @Test
    void whatCannotBeRead_isSeenAndNothingOfItIsKept() {
        String client = client();

        assertThat(send(TRACES, client, "{\"secret words", ServerProcess.SECRET_KEY))
                .isEqualTo(400);

        JsonNode seen = seen(client);
        assertThat(seen.at("/rejections/0/reason").asText()).isEqualTo("Failed to parse OTel JSON Trace");
        assertThat(seen.at("/rejections/0/fix").asText()).contains("not logs or metrics");
        assertThat(seen.toString()).doesNotContain("secret words");
    }

    @Test
    void tooLarge_isSeen() {
        String client = client();

        assertThat(send(INGESTION, client, "x".repeat(5_000_000), ServerProcess.SECRET_KEY))
                .isEqualTo(413);

        JsonNode seen = seen(client);
        assertThat(seen.path("status").asInt()).isEqualTo(413);
        assertThat(seen.at("/rejections/0/fix").asText()).contains("smaller batches");
    }

    @Test
    void thousandsOfStrangers_pushNothingOut() {
        String client = client();
        send(TRACES, client, "{}", ServerProcess.SECRET_KEY);
        seen(client);

        for (int i = 0; i < 300; i++) {
            send(TRACES, "stranger", "{}", "sk-lf-wrong");
        }

        assertThat(seen(client).path("status").asInt()).isEqualTo(200);
        assertThat(browser.get("/inspector?limit=2000").json().path("requests"))
                .filteredOn(each -> each.path("client").asText().startsWith("stranger"))
                .hasSizeLessThanOrEqualTo(200);
    }

    @Test
    void otherThanMembers_seeNothing() {
        assertThat(server.send(server.request("/api/ui/projects/" + ServerProcess.PROJECT + "/inspector"), true)
                        .statusCode())
                .isEqualTo(401);
        assertThat(browser.get("/inspector?limit=0").status()).isEqualTo(400);
        assertThat(browser.get("/inspector?onlyProblems=maybe").status()).isEqualTo(400);
    }

    private static String client() {
        return "it-" + UUID.randomUUID();
    }

    private static int send(String path, String client, String body, String secret) {
        return server.send(
                        server.request(path)
                                .header("Content-Type", "application/json")
                                .header("Authorization", ServerProcess.basic(ServerProcess.PUBLIC_KEY, secret))
                                .header("x-langfuse-sdk-name", client)
                                .header("x-langfuse-sdk-version", "4.5.6")
                                .POST(BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.UTF_8))),
                        false)
                .statusCode();
    }

    /** The request is noted when its answer has been sent, so a moment later than the client has it. */
    private static JsonNode seen(String client) {
        return await().atMost(Duration.ofSeconds(20)).until(() -> find(client), found -> !found.isMissingNode());
    }

    private static JsonNode find(String client) {
        for (JsonNode each : browser.get("/inspector?limit=2000").json().path("requests")) {
            if (each.path("client").asText().startsWith(client)) {
                return each;
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }
}
