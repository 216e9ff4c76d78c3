package dev.sonde.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnthropicProviderTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final AnthropicProvider PROVIDER = AnthropicProvider.start();
    private static final String WEATHER_TOOL = """
            {"name":"get_weather","description":"Weather of a city",
             "input_schema":{"type":"object","properties":{"city":{"type":"string"}}}}""";

    @BeforeEach
    void reset() {
        PROVIDER.reset();
    }

    @AfterAll
    static void close() {
        PROVIDER.close();
    }

    @Test
    void messages_answerFromSystemAndBlocks() throws Exception {
        JsonNode answer = message(
                "\"system\":[{\"type\":\"text\",\"text\":\"Context: Gulls nest. The lamp burns oil.\"}],"
                        + "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"What burns in the lamp?\"}]}]");

        assertThat(answer.at("/type").asText()).isEqualTo("message");
        assertThat(answer.at("/role").asText()).isEqualTo("assistant");
        assertThat(answer.at("/model").asText()).isEqualTo("claude-sonnet-4-5");
        assertThat(answer.at("/content"))
                .isEqualTo(JSON.readTree("[{\"type\":\"text\",\"text\":\"The lamp burns oil.\"}]"));
        assertThat(answer.at("/stop_reason").asText()).isEqualTo("end_turn");
        assertThat(answer.at("/usage/input_tokens").asInt()).isPositive();
        assertThat(answer.at("/usage/cache_read_input_tokens").asInt()).isZero();
    }

    @Test
    void messages_withThoughtsAndUsage_haveBoth() throws Exception {
        PROVIDER.answerNext(new Answer.Scripted("Hi", List.of(), new Answer.Usage(100, 20, 30, 15, 40))
                .withThinking("A greeting."));

        JsonNode answer = message("\"messages\":[" + user("hello") + "]");

        assertThat(answer.at("/content/0/thinking").asText()).isEqualTo("A greeting.");
        assertThat(answer.at("/content/1/text").asText()).isEqualTo("Hi");
        assertThat(answer.at("/usage/input_tokens").asInt()).isEqualTo(30);
        assertThat(answer.at("/usage/cache_read_input_tokens").asInt()).isEqualTo(30);
        assertThat(answer.at("/usage/cache_creation_input_tokens").asInt()).isEqualTo(40);
        assertThat(answer.at("/usage/cache_creation/ephemeral_5m_input_tokens").asInt())
                .isEqualTo(40);
        assertThat(answer.at("/usage/output_tokens").asInt()).isEqualTo(20);
    }

    @Test
    void messages_markedForCaching_areWrittenAndThenRead() throws Exception {
        String text = "the slow grey heron ".repeat(400);
        String body = "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"" + text
                + "\",\"cache_control\":{\"type\":\"ephemeral\"}}]}]";

        JsonNode first = message(body).at("/usage");
        JsonNode second = message(body).at("/usage");
        JsonNode unmarked = message("\"messages\":[" + user(text) + "]").at("/usage");

        assertThat(first.at("/cache_creation_input_tokens").asInt()).isGreaterThan(1024);
        assertThat(first.at("/cache_read_input_tokens").asInt()).isZero();
        assertThat(second.at("/cache_read_input_tokens").asInt()).isGreaterThan(1024);
        assertThat(unmarked.at("/input_tokens").asInt()).isGreaterThan(1024);
        assertThat(unmarked.at("/cache_read_input_tokens").asInt()).isZero();
    }

    @Test
    void tools_areCalledAndTheirResultsAnsweredFrom() throws Exception {
        String question = user("What is the weather in London?");

        JsonNode call = message("\"tools\":[" + WEATHER_TOOL + "],\"messages\":[" + question + "]");
        JsonNode answer = message("\"tools\":[" + WEATHER_TOOL + "],\"messages\":[" + question
                + ",{\"role\":\"assistant\",\"content\":" + call.at("/content") + "}"
                + ",{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t\","
                + "\"content\":\"London weather: 15 degrees and rain.\"}]}]");

        assertThat(call.at("/stop_reason").asText()).isEqualTo("tool_use");
        assertThat(call.at("/content/0/name").asText()).isEqualTo("get_weather");
        assertThat(call.at("/content/0/input")).isEqualTo(JSON.readTree("{\"city\":\"London\"}"));
        assertThat(answer.at("/content/0/text").asText()).isEqualTo("London weather: 15 degrees and rain.");
    }

    @Test
    void tools_byChoice() throws Exception {
        String asked = "\"tools\":[" + WEATHER_TOOL + "],\"messages\":[" + user("What is the weather in London?") + "]";
        String unrelated = "\"tools\":[" + WEATHER_TOOL + "],\"messages\":[" + user("Say hello.") + "]";

        assertThat(message("\"tool_choice\":{\"type\":\"none\"}," + asked)
                        .at("/stop_reason")
                        .asText())
                .isEqualTo("end_turn");
        assertThat(message("\"tool_choice\":{\"type\":\"any\"}," + unrelated)
                        .at("/stop_reason")
                        .asText())
                .isEqualTo("tool_use");
        assertThat(message("\"tool_choice\":{\"type\":\"tool\",\"name\":\"get_weather\"}," + unrelated)
                        .at("/stop_reason")
                        .asText())
                .isEqualTo("tool_use");
    }

    @Test
    void maxTokens_cutAndSaySo() throws Exception {
        PROVIDER.answerNext(Answer.text("one two three four five"));

        JsonNode answer = JSON.readTree(send(
                        "/v1/messages",
                        "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":2,\"messages\":[" + user("count") + "]}")
                .body());

        assertThat(answer.at("/content/0/text").asText()).isEqualTo("one two");
        assertThat(answer.at("/stop_reason").asText()).isEqualTo("max_tokens");
    }

    @Test
    void stream_sendsBlocksInPieces() throws Exception {
        PROVIDER.answerNext(
                new Answer.Scripted("one two", List.of(new Answer.ToolCall("greet", "{\"name\":\"Ada\"}")), null)
                        .withThinking("hm"));

        List<JsonNode> events = stream("\"messages\":[" + user("count") + "]");

        assertThat(events.stream()
                        .map(event -> event.at("/type").asText()
                                + event.at("/delta/type").asText(""))
                        .distinct())
                .containsExactly(
                        "message_start",
                        "content_block_start",
                        "ping",
                        "content_block_deltathinking_delta",
                        "content_block_deltasignature_delta",
                        "content_block_stop",
                        "content_block_deltatext_delta",
                        "content_block_deltainput_json_delta",
                        "message_delta",
                        "message_stop");
        assertThat(joined(events, "/delta/text")).isEqualTo("one two");
        assertThat(JSON.readTree(joined(events, "/delta/partial_json"))).isEqualTo(JSON.readTree("{\"name\":\"Ada\"}"));
        assertThat(events.get(0).at("/message/usage/output_tokens").asInt()).isEqualTo(1);
        JsonNode last = events.get(events.size() - 2);
        assertThat(last.at("/delta/stop_reason").asText()).isEqualTo("tool_use");
        assertThat(last.at("/usage/output_tokens").asInt()).isGreaterThan(3);
    }

    @Test
    void stream_paced_waitsBetweenEvents() throws Exception {
        PROVIDER.answerNext(Answer.text("one two")).pace(Pacing.every(Duration.ofMillis(20)));
        long start = System.nanoTime();

        int events = stream("\"messages\":[" + user("count") + "]").size();

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThanOrEqualTo(Duration.ofMillis(20L * events - 5));
    }

    @Test
    void stream_thatFails_endsWithAnErrorEvent() throws Exception {
        PROVIDER.answerNext(Answer.failAfter(4, Answer.text("one two"), 529, "Overloaded"));

        List<JsonNode> events = stream("\"messages\":[" + user("count") + "]");

        assertThat(events).hasSize(5);
        assertThat(events.get(4))
                .isEqualTo(JSON.readTree(
                        "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}"));
    }

    @Test
    void stream_cut_breaksTheConnection() {
        PROVIDER.answerNext(Answer.cutAfter(2, Answer.text("one two three")));

        assertThatThrownBy(() -> stream("\"messages\":[" + user("count") + "]")).isInstanceOf(IOException.class);
    }

    @Test
    void stream_clientGoesAway_isCounted() throws Exception {
        PROVIDER.answerNext(Answer.text("word ".repeat(400))).pace(Pacing.every(Duration.ofMillis(5)));

        HttpResponse<InputStream> response = CLIENT.send(
                request("/v1/messages", body("\"stream\":true,\"messages\":[" + user("talk") + "]")),
                HttpResponse.BodyHandlers.ofInputStream());
        response.body().close();

        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> PROVIDER.cancelledStreams() == 1);
    }

    @Test
    void failures_haveAnthropicsShape() throws Exception {
        PROVIDER.answerNext(
                Answer.failure(429, "Slow down.", Duration.ofSeconds(3)), Answer.failure(529, "Overloaded"));

        HttpResponse<String> limited = send("/v1/messages", body("\"messages\":[" + user("a") + "]"));
        HttpResponse<String> overloaded = send("/v1/messages", body("\"messages\":[" + user("a") + "]"));

        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.headers().firstValue("retry-after")).contains("3");
        assertThat(limited.headers().firstValue("request-id").orElseThrow()).startsWith("req_");
        assertThat(JSON.readTree(limited.body()).at("/type").asText()).isEqualTo("error");
        assertThat(JSON.readTree(limited.body()).at("/error/type").asText()).isEqualTo("rate_limit_error");
        assertThat(JSON.readTree(limited.body()).at("/error/message").asText()).isEqualTo("Slow down.");
        assertThat(overloaded.statusCode()).isEqualTo(529);
        assertThat(JSON.readTree(overloaded.body()).at("/error/type").asText()).isEqualTo("overloaded_error");
    }

    @Test
    void requests_withoutKeyVersionOrFields_areRefused() throws Exception {
        HttpRequest bare = HttpRequest.newBuilder(PROVIDER.baseUrl().resolve("/v1/messages"))
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        HttpRequest unversioned = HttpRequest.newBuilder(PROVIDER.baseUrl().resolve("/v1/messages"))
                .header("x-api-key", "test")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();

        assertThat(CLIENT.send(bare, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(401);
        assertThat(CLIENT.send(unversioned, HttpResponse.BodyHandlers.ofString())
                        .body())
                .contains("anthropic-version");
        assertThat(send("/v1/messages", "{\"model\":\"m\",\"messages\":[]}").body())
                .contains("max_tokens: Field required");
    }

    @Test
    void countTokens_countsThePromptOnly() throws Exception {
        JsonNode counted = JSON.readTree(send(
                        "/v1/messages/count_tokens",
                        "{\"model\":\"claude-sonnet-4-5\",\"messages\":[" + user("hello world") + "]}")
                .body());

        // 3 for the message, 1 for its role, 2 for "hello world", 3 to prime the answer.
        assertThat(counted).isEqualTo(JSON.readTree("{\"input_tokens\":9}"));
    }

    private static String user(String text) {
        return "{\"role\":\"user\",\"content\":\"" + text + "\"}";
    }

    private static String body(String fields) {
        return "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":500," + fields + "}";
    }

    private static HttpRequest request(String path, String body) {
        return HttpRequest.newBuilder(URI.create(PROVIDER.baseUrl() + path))
                .header("x-api-key", "test")
                .header("anthropic-version", "2023-06-01")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static HttpResponse<String> send(String path, String body) throws IOException, InterruptedException {
        return CLIENT.send(request(path, body), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode message(String fields) throws IOException, InterruptedException {
        HttpResponse<String> response = send("/v1/messages", body(fields));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private static List<JsonNode> stream(String fields) throws IOException, InterruptedException {
        HttpResponse<String> response = send("/v1/messages", body("\"stream\":true," + fields));
        assertThat(response.headers().firstValue("content-type")).contains("text/event-stream; charset=utf-8");
        List<JsonNode> events = new ArrayList<>();
        for (String event : response.body().split("\n\n")) {
            JsonNode data = JSON.readTree(event.substring(event.indexOf("data: ") + "data: ".length()));
            assertThat(event).startsWith("event: " + data.at("/type").asText() + "\n");
            events.add(data);
        }
        return events;
    }

    private static String joined(List<JsonNode> events, String pointer) {
        return events.stream().map(event -> event.at(pointer).asText("")).collect(Collectors.joining());
    }
}
