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

class CohereProviderTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final CohereProvider PROVIDER = CohereProvider.start();
    private static final String CHAT =
            "{\"model\":\"command-a-03-2025\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}";

    @BeforeEach
    void reset() {
        PROVIDER.reset();
    }

    @AfterAll
    static void close() {
        PROVIDER.close();
    }

    @Test
    void chat_answersWithContentAndUsage() throws Exception {
        PROVIDER.answerNext(new Answer.Scripted("Hi", List.of(), new Answer.Usage(100, 20, 30, 0)));

        JsonNode answer = json(post("/v2/chat", CHAT.formatted("false", "hello")));

        assertThat(answer.at("/message/content")).isEqualTo(JSON.readTree("[{\"type\":\"text\",\"text\":\"Hi\"}]"));
        assertThat(answer.at("/finish_reason").asText()).isEqualTo("COMPLETE");
        assertThat(answer.at("/usage"))
                .isEqualTo(
                        JSON.readTree(
                                "{\"billed_units\":{\"input_tokens\":100,\"output_tokens\":20},\"tokens\":{\"input_tokens\":100,\"output_tokens\":20},\"cached_tokens\":30}"));
    }

    @Test
    void chat_callsTools() throws Exception {
        PROVIDER.answerNext(Answer.toolCalls(new Answer.ToolCall("greet", "{\"name\":\"Ada\"}")));

        JsonNode answer = json(post("/v2/chat", CHAT.formatted("false", "hello")));

        assertThat(answer.at("/finish_reason").asText()).isEqualTo("TOOL_CALL");
        assertThat(answer.at("/message/tool_calls/0/function"))
                .isEqualTo(JSON.readTree("{\"name\":\"greet\",\"arguments\":\"{\\\"name\\\":\\\"Ada\\\"}\"}"));
    }

    @Test
    void chat_streamed_sendsDeltasAndUsageAtTheEnd() throws Exception {
        PROVIDER.answerNext(Answer.text("Hello there, you"));

        List<JsonNode> events = events(post("/v2/chat", CHAT.formatted("true", "hello")));

        assertThat(events)
                .extracting(event -> event.path("type").asText())
                .containsExactly(
                        "message-start",
                        "content-start",
                        "content-delta",
                        "content-delta",
                        "content-delta",
                        "content-delta",
                        "content-end",
                        "message-end");
        assertThat(events.stream()
                        .map(event -> event.at("/delta/message/content/text").asText())
                        .collect(Collectors.joining()))
                .isEqualTo("Hello there, you");
        assertThat(events.get(7).at("/delta/usage/tokens/output_tokens").asInt())
                .isEqualTo(4);
    }

    @Test
    void chat_streamedToolCall_sendsItsArgumentsInPieces() throws Exception {
        PROVIDER.answerNext(Answer.toolCalls(new Answer.ToolCall("greet", "{\"name\":\"Ada\"}")));

        List<JsonNode> events = events(post("/v2/chat", CHAT.formatted("true", "hello")));

        assertThat(events.get(1).at("/delta/message/tool_calls/function/name").asText())
                .isEqualTo("greet");
        assertThat(events.stream()
                        .map(event -> event.at("/delta/message/tool_calls/function/arguments")
                                .asText())
                        .collect(Collectors.joining()))
                .isEqualTo("{\"name\":\"Ada\"}");
    }

    @Test
    void embed_answersAVectorForEachText() throws Exception {
        JsonNode answer = json(
                post(
                        "/v2/embed",
                        "{\"model\":\"embed-v4.0\",\"texts\":[\"red fox\",\"blue whale\"],\"input_type\":\"search_query\",\"output_dimension\":8}"));

        assertThat(answer.at("/embeddings/float")).hasSize(2);
        assertThat(answer.at("/embeddings/float/0")).hasSize(8);
        assertThat(answer.at("/meta/billed_units/input_tokens").asInt()).isEqualTo(4);
    }

    @Test
    void rerank_putsTheNearestFirst() throws Exception {
        JsonNode answer = json(
                post(
                        "/v2/rerank",
                        "{\"model\":\"rerank-v3.5\",\"query\":\"red fox\",\"top_n\":2,\"documents\":[\"a blue whale\",\"the quick red fox\",\"red wine\"]}"));

        assertThat(answer.at("/results")).hasSize(2);
        assertThat(answer.at("/results/0/index").asInt()).isEqualTo(1);
        assertThat(answer.at("/results/0/relevance_score").asDouble())
                .isGreaterThan(answer.at("/results/1/relevance_score").asDouble());
    }

    @Test
    void wrongRequests_areRefused() throws Exception {
        PROVIDER.answerNext(Answer.failure(429, "Slow down."));

        HttpResponse<String> limited = post("/v2/chat", CHAT.formatted("false", "hello"));

        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(JSON.readTree(limited.body()).at("/message").asText()).isEqualTo("Slow down.");
        assertThat(post("/v2/rerank", "{\"model\":\"m\"}").statusCode()).isEqualTo(400);
    }

    private static HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(PROVIDER.baseUrl() + path))
                        .header("authorization", "Bearer test")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        assertThat(response.statusCode()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private static List<JsonNode> events(HttpResponse<String> response) throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (String event : response.body().split("\n\n")) {
            String data = event.substring(event.indexOf("data: ") + "data: ".length());
            if (!data.equals("[DONE]")) {
                events.add(JSON.readTree(data));
            }
        }
        return events;
    }
}
