package dev.sonde.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project's name and keys as the web pages change them. */
class BrowserSettingsIT {

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
    void key_worksUntilItIsDeleted_andItsSecretIsShownOnce() {
        JsonNode made = browser.post("/keys", "{\"note\":\" nightly \"}").json();
        String publicKey = made.path("publicKey").asText();
        String secretKey = made.path("secretKey").asText();
        assertThat(traces(publicKey, secretKey)).isEqualTo(200);

        Answer listed = browser.get("/keys");

        assertThat(listed.text()).doesNotContain(secretKey).doesNotContain(ServerProcess.SECRET_KEY);
        JsonNode key = null;
        for (JsonNode each : listed.json().path("keys")) {
            key = each.path("publicKey").asText().equals(publicKey) ? each : key;
        }
        assertThat(key).isNotNull();
        assertThat(key.path("note").asText()).isEqualTo("nightly");
        assertThat(key.path("lastUsedAt").asText()).isNotEmpty();
        assertThat(browser.delete("/keys/" + key.path("id").asText()).status()).isEqualTo(204);
        assertThat(traces(publicKey, secretKey)).isEqualTo(401);
        assertThat(browser.delete("/keys/" + key.path("id").asText()).status()).isEqualTo(404);
    }

    @Test
    void rename_keepsTheId() {
        assertThat(browser.patch("/project", "{\"name\":\"Renamed\"}").status()).isEqualTo(200);

        assertThat(new Answer(server.get("/api/public/projects"))
                        .json()
                        .at("/data/0/name")
                        .asText())
                .isEqualTo("Renamed");
        assertThat(browser.patch("/project", "{\"name\":\" \"}").status()).isEqualTo(400);
        assertThat(browser.patch("/project", "{\"name\":7}").status()).isEqualTo(400);
    }

    @Test
    void changes_needThePagesToken() {
        assertThat(browser.postWithoutToken("/keys", "{}").status()).isEqualTo(403);
    }

    private static int traces(String publicKey, String secretKey) {
        return server.send(
                        server.request("/api/public/traces")
                                .header("Authorization", ServerProcess.basic(publicKey, secretKey)),
                        false)
                .statusCode();
    }
}
