package dev.sonde.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OllamaProviderTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final OllamaProvider PROVIDER = OllamaProvider.start();
    private static final String HELLO =
            "{\"model\":\"llama3.2\",%s\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

    @BeforeEach
    void reset() {
        PROVIDER.reset();
    }

    @AfterAll
    static void close() {
        PROVIDER.close();
    }

    @Test
    void chat_wholeWhereAskedFor() throws Exception {
        PROVIDER.answerNext(new Answer.Scripted("Hi", List.of(), Answer.Usage.of(100, 20)).withThinking("A greeting."));

        JsonNode answer = json(post("/api/chat", HELLO.formatted("\"stream\":false,")));

        assertThat(answer.at("/message"))
                .isEqualTo(JSON.readTree("{\"role\":\"assistant\",\"content\":\"Hi\",\"thinking\":\"A greeting.\"}"));
        assertThat(answer.at("/done").asBoolean()).isTrue();
        assertThat(answer.at("/done_reason").asText()).isEqualTo("stop");
        assertThat(answer.at("/prompt_eval_count").asInt()).isEqualTo(100);
        assertThat(answer.at("/eval_count").asInt()).isEqualTo(20);
    }

    @Test
    void chat_streamsLinesUnlessToldNotTo() throws Exception {
        PROVIDER.answerNext(Answer.text("Hello there, you"));

        List<JsonNode> lines = lines(post("/api/chat", HELLO.formatted("")));

        assertThat(lines.stream()
                        .map(line -> line.at("/message/content").asText())
                        .collect(Collectors.joining("|")))
                .isEqualTo("Hello| there|,| you|");
        assertThat(lines)
                .extracting(line -> line.path("done").asBoolean())
                .containsExactly(false, false, false, false, true);
        assertThat(lines.get(4).path("eval_count").asInt()).isEqualTo(4);
    }

    @Test
    void chat_callsToolsWithArgumentsAsAnObject() throws Exception {
        PROVIDER.answerNext(Answer.toolCalls(new Answer.ToolCall("greet", "{\"name\":\"Ada\"}")));

        JsonNode answer = json(post("/api/chat", HELLO.formatted("\"stream\":false,")));

        assertThat(answer.at("/message/tool_calls"))
                .isEqualTo(JSON.readTree("[{\"function\":{\"name\":\"greet\",\"arguments\":{\"name\":\"Ada\"}}}]"));
    }

    @Test
    void chat_failingInTheMiddle_saysSoOnALine() throws Exception {
        PROVIDER.answerNext(Answer.failAfter(1, Answer.text("Hello there"), 500, "Out of memory."));

        List<JsonNode> lines = lines(post("/api/chat", HELLO.formatted("")));

        assertThat(lines).hasSize(2);
        assertThat(lines.get(1)).isEqualTo(JSON.readTree("{\"error\":\"Out of memory.\"}"));
    }

    @Test
    void generate_completesAPrompt() throws Exception {
        JsonNode answer = json(
                post(
                        "/api/generate",
                        "{\"model\":\"llama3.2\",\"stream\":false,\"system\":\"Context: The lamp burns oil.\",\"prompt\":\"What burns in the lamp?\"}"));

        assertThat(answer.at("/response").asText()).isEqualTo("The lamp burns oil.");
        assertThat(answer.at("/prompt_eval_count").asInt()).isPositive();
    }

    @Test
    void embed_answersAVectorForEachText() throws Exception {
        JsonNode answer = json(post("/api/embed", "{\"model\":\"all-minilm\",\"input\":[\"red fox\",\"blue whale\"]}"));

        assertThat(answer.at("/embeddings")).hasSize(2);
        assertThat(answer.at("/embeddings/0")).hasSize(8);
        assertThat(answer.at("/prompt_eval_count").asInt()).isEqualTo(4);
    }

    @Test
    void wrongRequests_areRefused() throws Exception {
        PROVIDER.answerNext(Answer.failure(404, "model 'llama3.2' not found"));

        HttpResponse<String> missing = post("/api/chat", HELLO.formatted(""));

        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(JSON.readTree(missing.body()))
                .isEqualTo(JSON.readTree("{\"error\":\"model 'llama3.2' not found\"}"));
        assertThat(post("/api/embed", "{\"model\":\"m\"}").statusCode()).isEqualTo(400);
    }

    private static HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(PROVIDER.baseUrl() + path))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        assertThat(response.statusCode()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private static List<JsonNode> lines(HttpResponse<String> response) throws IOException {
        assertThat(response.headers().firstValue("content-type")).contains("application/x-ndjson");
        List<JsonNode> lines = new ArrayList<>();
        for (String line : response.body().split("\n")) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }
}
