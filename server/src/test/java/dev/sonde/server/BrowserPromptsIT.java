package dev.sonde.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prompts as the web pages list, read, write and delete them. */
class BrowserPromptsIT {

    private static final String NAME = "support/answer ü";
    private static final String OF_NAME = "?name=" + URLEncoder.encode(NAME, StandardCharsets.UTF_8);

    @TempDir
    static Path directory;

    private static ServerProcess server;
    private static SignedInBrowser browser;

    @BeforeAll
    static void start() {
        server = ServerProcess.seeded(directory.resolve("data"));
        browser = SignedInBrowser.owner(server);
        create("tone", "Be brief.", "[\"production\"]", "first");
        create(NAME, "Hello {{name}}", "[\"production\"]", "first");
        create(NAME, "Hi {{name}}. @@@langfusePrompt:name=tone|label=production@@@", "[]", "shorter");
        Answer sent = new Answer(server.send(
                server.request("/api/public/ingestion")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("""
                            {"batch":[{"id":"e1","type":"generation-create","timestamp":"2026-11-20T10:00:00Z","body":
                              {"id":"g1","traceId":"t1","startTime":"2026-11-20T10:00:00Z",
                               "endTime":"2026-11-20T10:00:01Z","promptName":"%s","promptVersion":1,"input":"hi"}}]}
                            """.formatted(NAME))),
                true));
        assertThat(sent.json().path("errors")).as(sent.text()).isEmpty();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void create(String name, String prompt, String labels, String message) {
        Answer answer = browser.post("/prompts", """
            {"name":"%s","type":"text","prompt":"%s","labels":%s,"commitMessage":"%s","config":{"model":"gpt-4o"}}
            """.formatted(name, prompt, labels, message));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    @Test
    void list_saysWhereProductionIs() {
        JsonNode row = null;
        for (JsonNode each : browser.get("/prompts").json().path("rows")) {
            row = each.path("name").asText().equals(NAME) ? each : row;
        }

        assertThat(row).isNotNull();
        assertThat(row.path("versions").asInt()).isEqualTo(2);
        assertThat(row.path("latest").asInt()).isEqualTo(2);
        assertThat(row.path("production").asInt()).isEqualTo(1);
        assertThat(row.path("labels")).extracting(JsonNode::asText).containsExactlyInAnyOrder("latest", "production");
    }

    @Test
    void versions_haveMessageAndAuthor_contentComesAlone() {
        JsonNode versions = browser.get("/prompts/versions" + OF_NAME).json().path("versions");

        assertThat(versions).extracting(v -> v.path("commitMessage").asText()).containsExactly("shorter", "first");
        assertThat(versions.at("/0/author").asText()).isEqualTo("Owner");
        assertThat(versions.at("/0").has("prompt")).isFalse();
        JsonNode prompt =
                browser.get("/prompts/version" + OF_NAME + "&version=2").json().path("prompt");
        assertThat(prompt.path("prompt").asText()).contains("@@@langfusePrompt");
        assertThat(prompt.path("resolved").asText()).isEqualTo("Hi {{name}}. Be brief.");
        assertThat(prompt.at("/config/model").asText()).isEqualTo("gpt-4o");
        assertThat(browser.get("/prompts/version" + OF_NAME + "&version=9").status())
                .isEqualTo(404);
        assertThat(browser.get("/prompts/versions?name=none").status()).isEqualTo(404);
        assertThat(browser.get("/prompts/versions").status()).isEqualTo(400);
    }

    @Test
    void label_movesAndNewVersionsAreChecked() {
        create("moving", "one", "[\"production\"]", "1");
        create("moving", "two", "[]", "2");

        Answer moved =
                browser.post("/prompts/labels", "{\"name\":\"moving\",\"version\":2,\"newLabels\":[\"production\"]}");

        assertThat(moved.json().at("/prompt/labels"))
                .extracting(JsonNode::asText)
                .contains("production");
        assertThat(browser.get("/prompts/version?name=moving&version=1").json().at("/prompt/labels"))
                .isEmpty();
        assertThat(browser.post("/prompts/labels", "{\"name\":\"moving\",\"version\":7,\"newLabels\":[\"x\"]}")
                        .status())
                .isEqualTo(404);
        Answer wrong = browser.post("/prompts", "{\"name\":\"moving\",\"type\":\"chat\",\"prompt\":[]}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().path("message").asText()).startsWith("type: ");
    }

    @Test
    void delete_refusesWhatOthersEmbed() {
        create("short-lived", "x", "[]", "1");

        assertThat(browser.delete("/prompts?name=short-lived&version=1").status())
                .isEqualTo(200);
        assertThat(browser.delete("/prompts?name=short-lived").status()).isEqualTo(404);
        Answer refused = browser.delete("/prompts?name=tone");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("message").asText()).contains(NAME);
    }

    @Test
    void uses_andTheGenerationsBehindThem() {
        JsonNode use = browser.get("/prompts/uses" + OF_NAME).json().at("/uses/0");

        assertThat(use.path("version").asInt()).isEqualTo(1);
        assertThat(use.path("medianMs").asDouble()).isEqualTo(1_000);
        JsonNode rows = browser.get("/prompts/generations" + OF_NAME + "&version=1")
                .json()
                .path("rows");
        assertThat(rows).extracting(row -> row.path("traceId").asText()).containsExactly("t1");
        assertThat(browser.get("/prompts/generations" + OF_NAME + "&version=2")
                        .json()
                        .path("rows"))
                .isEmpty();
    }

    @Test
    void changes_needThePagesToken() {
        assertThat(browser.postWithoutToken("/prompts", "{\"name\":\"forged\",\"prompt\":\"x\"}")
                        .status())
                .isEqualTo(403);
        assertThat(browser.get("/prompts/versions?name=forged").status()).isEqualTo(404);
    }
}
