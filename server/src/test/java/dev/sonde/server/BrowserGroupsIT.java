package dev.sonde.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions, users and series as the web pages ask for them. */
class BrowserGroupsIT {

    @TempDir
    static Path directory;

    private static ServerProcess server;
    private static SignedInBrowser browser;

    @BeforeAll
    static void start() {
        server = ServerProcess.seeded(directory.resolve("data"));
        send(event("t1", "ada", "a/b", "2026-11-20T10:00:00Z", "first question", "x".repeat(30_000)));
        send(event("t2", "bob", "a/b", "2026-11-20T11:30:00Z", "second", "the last answer"));
        send(event("t3", "ada", "other", "2026-11-20T12:00:00Z", "third", "done"));
        send("""
            {"id":"e-s","type":"score-create","timestamp":"2026-11-20T12:00:00Z","body":
              {"id":"s1","sessionId":"a/b","name":"resolved","value":1,"dataType":"BOOLEAN"}}""");
        browser = SignedInBrowser.owner(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String event(String id, String user, String session, String time, String input, String output) {
        return """
            {"id":"e-%1$s","type":"trace-create","timestamp":"%4$s","body":{"id":"%1$s","userId":"%2$s",
              "sessionId":"%3$s","timestamp":"%4$s","input":{"question":"%5$s"},"output":"%6$s"}}
            """.formatted(id, user, session, time, input, output);
    }

    private static void send(String event) {
        Answer answer = new Answer(server.send(
                server.request("/api/public/ingestion")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"batch\":[" + event + "]}")),
                true));
        assertThat(answer.json().path("errors")).as(answer.text()).isEmpty();
    }

    @Test
    void sessions_lastActiveFirst_withWordsAndACursor() {
        JsonNode page = browser.get("/sessions?limit=1").json();

        assertThat(page.at("/rows/0/id").asText()).isEqualTo("other");
        JsonNode row = browser.get(
                        "/sessions?limit=1&cursor=" + page.path("cursor").asText())
                .json()
                .at("/rows/0");
        assertThat(row.path("id").asText()).isEqualTo("a/b");
        assertThat(row.path("traces").asInt()).isEqualTo(2);
        assertThat(row.path("userIds")).extracting(JsonNode::asText).containsExactly("ada", "bob");
        assertThat(row.path("durationMs").asLong()).isEqualTo(5_400_000);
        assertThat(row.path("firstInput").asText()).isEqualTo("first question");
        assertThat(row.path("lastOutput").asText()).isEqualTo("the last answer");
        assertThat(browser.get("/sessions/count").json().path("count").asInt()).isEqualTo(2);
        assertThat(browser.get("/sessions?order=traces.desc")
                        .json()
                        .at("/rows/0/id")
                        .asText())
                .isEqualTo("a/b");
    }

    @Test
    void sessions_filterIsOfTraces_andMistakesAreUnderlined() {
        assertThat(browser.get("/sessions/count?q=user:bob")
                        .json()
                        .path("count")
                        .asInt())
                .isEqualTo(1);
        Answer wrong = browser.get("/sessions?q=usr:bob");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().path("suggestion").asText()).isEqualTo("user");
        assertThat(browser.get("/sessions?order=colour").status()).isEqualTo(400);
        assertThat(browser.get("/sessions?cursor=nonsense").status()).isEqualTo(400);
    }

    @Test
    void session_hasItsOwnScores_andTurnsOldestFirst() {
        String id = URLEncoder.encode("a/b", StandardCharsets.UTF_8);

        JsonNode session = browser.get("/session/" + id).json();
        assertThat(session.at("/session/traces").asInt()).isEqualTo(2);
        assertThat(session.at("/scores/0/name").asText()).isEqualTo("resolved");
        JsonNode turns = browser.get("/session/" + id + "/turns").json();
        assertThat(turns.path("rows"))
                .extracting(turn -> turn.path("id").asText())
                .containsExactly("t1", "t2");
        assertThat(turns.at("/rows/0/output").asText()).hasSize(20_000);
        assertThat(turns.at("/rows/0/outputLength").asInt()).isEqualTo(30_000);
        assertThat(browser.get("/session/none").status()).isEqualTo(404);
    }

    @Test
    void users_andOneOfThem() {
        assertThat(browser.get("/users?order=traces").json().path("rows"))
                .extracting(user -> user.path("id").asText())
                .containsExactly("ada", "bob");
        assertThat(browser.get("/user/ada").json().at("/user/sessions").asInt()).isEqualTo(2);
        assertThat(browser.get("/user/ada?from=" + Instant.now()).status()).isEqualTo(404);
    }

    @Test
    void series_countsBySpan_andRefusesTooMany() {
        JsonNode buckets = browser.get("/series?seconds=3600&q=user:ada").json().path("buckets");

        assertThat(buckets)
                .extracting(bucket -> bucket.path("start").asText())
                .containsExactly("2026-11-20T10:00:00.000Z", "2026-11-20T12:00:00.000Z");
        assertThat(buckets.at("/0/traces").asInt()).isEqualTo(1);
        assertThat(browser.get("/series?seconds=0").status()).isEqualTo(400);
    }

    @Test
    void nothingIsShownToStrangers() {
        for (String path :
                new String[] {"/sessions", "/session/other", "/session/other/turns", "/users", "/user/ada", "/series"
                }) {
            assertThat(new Answer(server.send(
                                    server.request("/api/ui/projects/" + ServerProcess.PROJECT + path), false))
                            .status())
                    .as(path)
                    .isEqualTo(401);
        }
    }
}
