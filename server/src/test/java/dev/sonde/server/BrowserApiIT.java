package dev.sonde.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the web pages ask, and what keeps others from asking it. */
class BrowserApiIT {

    private static final String PROJECT = "/api/ui/projects/" + ServerProcess.PROJECT;

    @TempDir
    static Path directory;

    private static ServerProcess server;
    private static String traceId;
    private static String cookie;
    private static String csrf;

    @BeforeAll
    static void start() {
        server = ServerProcess.seeded(directory.resolve("data"));
        traceId = OtlpRequests.traceId();
        assertThat(export(traceId).status()).isEqualTo(200);
        Answer entered = login(ServerProcess.EMAIL, ServerProcess.PASSWORD);
        assertThat(entered.status()).isEqualTo(200);
        cookie = entered.header("set-cookie");
        csrf = entered.json().path("csrf").asText();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void cookie_isOutOfReachOfScripts() {
        assertThat(cookie)
                .startsWith("sonde_session=")
                .containsIgnoringCase("; httponly")
                .contains("; SameSite=Lax");
    }

    @Test
    void login_refusesWrongPasswords_andForms() {
        assertThat(login(ServerProcess.EMAIL, "wrong-password").status()).isEqualTo(401);
        assertThat(login("nobody@example.org", ServerProcess.PASSWORD).status()).isEqualTo(401);
        assertThat(send(server.request("/api/ui/login")
                                .header("Content-Type", "text/plain")
                                .POST(BodyPublishers.ofString(
                                        credentials(ServerProcess.EMAIL, ServerProcess.PASSWORD))))
                        .status())
                .isEqualTo(415);
    }

    @Test
    void login_afterManyWrongPasswords_isThrottled() {
        for (int i = 0; i < 10; i++) {
            assertThat(login("guess@example.org", "wrong-password").status()).isEqualTo(401);
        }

        assertThat(login("guess@example.org", "wrong-password").status()).isEqualTo(429);
    }

    @Test
    void withoutCookie_nothingIsShown() {
        for (String path : new String[] {
            "/api/ui/session",
            PROJECT + "/traces",
            PROJECT + "/traces/" + traceId,
            PROJECT + "/facets",
            PROJECT + "/live"
        }) {
            assertThat(send(server.request(path)).status()).as(path).isEqualTo(401);
        }
    }

    @Test
    void anothersProject_isNotFound() {
        assertThat(get("/api/ui/projects/another/traces").status()).isEqualTo(404);
    }

    @Test
    void change_needsTheTokenOfThePage() {
        Answer entered = login(ServerProcess.EMAIL, ServerProcess.PASSWORD);
        String own = entered.header("set-cookie");
        String token = entered.json().path("csrf").asText();

        assertThat(logout(own, "").status()).isEqualTo(403);
        assertThat(logout(own, csrf).status()).isEqualTo(403);
        assertThat(logout(own, token).status()).isEqualTo(204);
        assertThat(send(server.request("/api/ui/session").header("Cookie", own)).status())
                .isEqualTo(401);
    }

    @Test
    void list_hasRowsWithTotalsAndACursor() {
        JsonNode page = get(PROJECT + "/traces?q=user:ada&limit=1").json();

        JsonNode row = page.at("/rows/0");
        assertThat(row.path("name").asText()).isEqualTo("answer");
        assertThat(row.path("latencyMs").asDouble()).isEqualTo(2_000);
        assertThat(row.path("observationCount").asInt()).isEqualTo(2);
        assertThat(row.path("totalUsage").asInt()).isEqualTo(1_200);
        assertThat(row.path("outputPreview").asText()).isEqualTo("because");
        assertThat(get(PROJECT + "/traces/count?q=user:ada")
                        .json()
                        .path("count")
                        .asInt())
                .isPositive();
        assertThat(get(PROJECT + "/facets?fields=user,name&q=")
                        .json()
                        .at("/facets/user/0/value")
                        .asText())
                .isEqualTo("ada");
        assertThat(get(PROJECT + "/traces?q=user:nobody").json().path("rows")).isEmpty();
    }

    @Test
    void wrongFilter_isUnderlined() {
        Answer answer = get(PROJECT + "/traces?q=" + URLEncoder.encode("level:ERROR usr:ada", StandardCharsets.UTF_8));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").asText()).isEqualTo("InvalidFilter");
        assertThat(answer.json().path("position").asInt()).isEqualTo(12);
        assertThat(answer.json().path("length").asInt()).isEqualTo(3);
        assertThat(answer.json().path("suggestion").asText()).isEqualTo("user");
    }

    @Test
    void skeleton_isColumns_andComesOnce() {
        Answer first = get(PROJECT + "/traces/" + traceId + "/skeleton");

        JsonNode skeleton = first.json();
        assertThat(skeleton.path("n").asInt()).isEqualTo(2);
        int root = skeleton.path("id").get(0).asText().equals(OtlpRequests.root(traceId)) ? 0 : 1;
        assertThat(skeleton.path("parent").get(root).asInt()).isEqualTo(-1);
        assertThat(skeleton.path("parent").get(1 - root).asInt()).isEqualTo(root);
        assertThat(skeleton.path("duration").get(root).asInt()).isEqualTo(2_000_000);
        Answer again = send(
                request(PROJECT + "/traces/" + traceId + "/skeleton").header("If-None-Match", first.header("etag")));
        assertThat(again.status()).isEqualTo(304);
    }

    @Test
    void observation_isGivenWithItsModelAndPrices() {
        JsonNode observation = get(PROJECT + "/observations/" + OtlpRequests.generation(traceId) + "?traceId="
                        + traceId)
                .json()
                .path("observation");

        assertThat(observation.at("/model/name").asText()).isEqualTo("gpt-4o");
        assertThat(observation.at("/model/totalCost").decimalValue()).isEqualByComparingTo("0.0045");
        assertThat(observation.at("/model/prices/input").decimalValue()).isEqualByComparingTo("0.0000025");
    }

    @Test
    void onboarding_showsTheAddressAndNoSecret() {
        Answer answer = get(PROJECT + "/onboarding");

        assertThat(answer.json().path("host").asText()).isEqualTo("http://127.0.0.1:" + server.port());
        assertThat(answer.json().path("publicKey").asText()).isEqualTo(ServerProcess.PUBLIC_KEY);
        assertThat(answer.json().path("tracesReceived").asBoolean()).isTrue();
        assertThat(answer.text()).doesNotContain(ServerProcess.SECRET_KEY);
    }

    @Test
    @Timeout(30)
    void live_tellsOfATraceThatCameIn() throws IOException, InterruptedException {
        HttpResponse<java.io.InputStream> live = HttpClient.newHttpClient()
                .send(request(PROJECT + "/live").build(), HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(live.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).startsWith(":");
            String id = OtlpRequests.traceId();

            export(id);

            String line = lines.readLine();
            while (line != null && !line.contains(id)) {
                line = lines.readLine();
            }
            assertThat(line).startsWith("data:");
        }
    }

    @Test
    void pages_carryAPolicyAndAnswerEveryAddressOfTheirs() {
        Answer page = send(server.request("/project/" + ServerProcess.PROJECT + "/traces/" + traceId));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("content-type")).startsWith("text/html");
        assertThat(page.header("content-security-policy"))
                .contains("script-src 'self'")
                .doesNotContain("unsafe");
        assertThat(page.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(send(server.request("/assets/none.js")).status()).isEqualTo(404);
        assertThat(send(server.request("/assets/..%2f..%2fsimplelogger.properties"))
                        .text())
                .doesNotContain("simpleLogger");
    }

    private static Answer export(String id) {
        return sendWithKey(server.request("/api/public/otel/v1/traces")
                .header("Content-Type", "application/x-protobuf")
                .POST(BodyPublishers.ofByteArray(OtlpRequests.protobuf(id))));
    }

    private static Answer login(String email, String password) {
        return send(server.request("/api/ui/login")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(credentials(email, password))));
    }

    private static String credentials(String email, String password) {
        return "{\"email\":\"" + email + "\",\"password\":\"" + password + "\"}";
    }

    private static Answer logout(String cookie, String token) {
        return send(server.request("/api/ui/logout")
                .header("Cookie", cookie)
                .header("x-sonde-csrf", token)
                .POST(BodyPublishers.noBody()));
    }

    private static HttpRequest.Builder request(String path) {
        return server.request(path).header("Cookie", cookie);
    }

    private static Answer get(String path) {
        return send(request(path));
    }

    private static Answer send(HttpRequest.Builder request) {
        return new Answer(server.send(request, false));
    }

    private static Answer sendWithKey(HttpRequest.Builder request) {
        return new Answer(server.send(request, true));
    }
}
