package dev.sonde.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
    private static final String EXCHANGE = """
            method: POST
            path: chat/completions
            -- begin request body --
            {"model":"m","messages":[]}
            -- end request body --
            status code: 203
            -- begin response headers --
            content-type: application/json
            date: today
            -- end response headers --
            -- begin response body --
            {"id":"recorded"}
            \uFFFD\uFFFD
            -- end response body --
            """;

    @TempDir
    private Path folder;

    @Test
    void read_thenReplayed_sendsTheRecordedAnswer() throws Exception {
        Recording recording = Recording.read(Files.writeString(folder.resolve("one.http"), EXCHANGE));

        try (OpenAiProvider provider = OpenAiProvider.start()) {
            provider.answerNext(Answer.recorded(recording));
            HttpResponse<String> response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(provider.baseUrl() + "/" + recording.path()))
                                    .header("Authorization", "Bearer test")
                                    .POST(HttpRequest.BodyPublishers.ofString(recording.requestBody()))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());

            assertThat(response.statusCode()).isEqualTo(203);
            assertThat(response.headers().firstValue("content-type")).contains("application/json");
            assertThat(response.body()).isEqualTo("{\"id\":\"recorded\"}\n");
        }
    }

    @Test
    void read_withoutAnswer_saysWhatIsMissing() throws Exception {
        Path file = Files.writeString(
                folder.resolve("half.http"), EXCHANGE.substring(0, EXCHANGE.indexOf("-- begin response body")));

        assertThatThrownBy(() -> Recording.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no section \"response body\"");
    }
}
