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

class OpenAiProviderTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final OpenAiProvider PROVIDER = OpenAiProvider.start();
    private static final String PROMPT = "Context:\\nLighthouses warn ships. The Eddystone lamp burns whale oil."
            + " Gulls nest on the cliffs.\\n\\nQuestion: What does the Eddystone lamp burn?";
    private static final String WEATHER_TOOL = """
            {"type":"function","function":{"name":"get_weather","description":"Weather of a city",
             "parameters":{"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer"},
             "unit":{"type":"string","enum":["celsius","fahrenheit"]}}}}}""";

    @BeforeEach
    void reset() {
        PROVIDER.reset();
    }

    @AfterAll
    static void close() {
        PROVIDER.close();
    }

    @Test
    void chat_answersWithTheSentenceOfTheContextThatFits() throws Exception {
        JsonNode answer = chat("\"messages\":[" + user(PROMPT) + "]");

        assertThat(answer.at("/object").asText()).isEqualTo("chat.completion");
        assertThat(answer.at("/model").asText()).isEqualTo("gpt-4o-mini");
        assertThat(answer.at("/choices/0/message/content").asText()).isEqualTo("The Eddystone lamp burns whale oil.");
        assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    }

    @Test
    void chat_withoutFittingContext_saysSo() throws Exception {
        JsonNode answer = chat("\"messages\":[" + user("Context: Gulls nest.\\n\\nQuestion: Who wrote Faust?") + "]");

        assertThat(answer.at("/choices/0/message/content").asText()).isEqualTo(ExtractiveModel.NOTHING_FOUND);
    }

    @Test
    void chat_countsTokensAsTheModelsTokeniserDoes() throws Exception {
        PROVIDER.answerNext(Answer.text("tiktoken is great!"));

        JsonNode usage = chat("\"messages\":[" + user("hello world") + "]").at("/usage");

        // 3 for the message, 1 for its role, 2 for "hello world", 3 to prime the answer.
        assertThat(usage.at("/prompt_tokens").asInt()).isEqualTo(9);
        assertThat(usage.at("/completion_tokens").asInt()).isEqualTo(6);
        assertThat(usage.at("/total_tokens").asInt()).isEqualTo(15);
        assertThat(usage.at("/prompt_tokens_details/cached_tokens").asInt()).isZero();
        assertThat(usage.at("/completion_tokens_details/reasoning_tokens").asInt())
                .isZero();
    }

    @Test
    void chat_longPromptSentTwice_reportsItsPrefixAsCached() throws Exception {
        String body = "\"messages\":[" + user("the quick brown fox ".repeat(400)) + "]";

        int first = chat(body).at("/usage/prompt_tokens_details/cached_tokens").asInt();
        JsonNode second = chat(body).at("/usage");

        assertThat(first).isZero();
        assertThat(second.at("/prompt_tokens_details/cached_tokens").asInt())
                .isEqualTo(second.at("/prompt_tokens").asInt() / 128 * 128)
                .isGreaterThan(1024);
    }

    @Test
    void chat_questionMatchingATool_callsItWithArgumentsFromTheQuestion() throws Exception {
        JsonNode answer = chat("\"messages\":[" + user("What is the weather in New York for 3 days in celsius?")
                + "],\"tools\":[" + WEATHER_TOOL + "]");

        JsonNode call = answer.at("/choices/0/message/tool_calls/0");
        assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");
        assertThat(answer.at("/choices/0/message/content").isNull()).isTrue();
        assertThat(call.at("/function/name").asText()).isEqualTo("get_weather");
        assertThat(JSON.readTree(call.at("/function/arguments").asText()))
                .isEqualTo(JSON.readTree("{\"city\":\"New York\",\"days\":3,\"unit\":\"celsius\"}"));
    }

    @Test
    void chat_afterTheToolsResult_answersFromIt() throws Exception {
        JsonNode answer = chat("\"messages\":[" + user("What is the weather in London?")
                + ",{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\","
                + "\"function\":{\"name\":\"get_weather\",\"arguments\":\"{}\"}}]}"
                + ",{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"London weather: 15 degrees and rain.\"}]"
                + ",\"tools\":[" + WEATHER_TOOL + "]");

        assertThat(answer.at("/choices/0/message/content").asText()).isEqualTo("London weather: 15 degrees and rain.");
    }

    @Test
    void chat_toolChoiceNone_callsNothing() throws Exception {
        JsonNode answer = chat("\"tool_choice\":\"none\",\"messages\":[" + user("What is the weather in London?")
                + "],\"tools\":[" + WEATHER_TOOL + "]");

        assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    }

    @Test
    void chat_maxTokens_cutsAndSaysLength() throws Exception {
        PROVIDER.answerNext(Answer.text("one two three four five"));

        JsonNode answer = chat("\"max_completion_tokens\":2,\"messages\":[" + user("count") + "]");

        assertThat(answer.at("/choices/0/message/content").asText()).isEqualTo("one two");
        assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("length");
    }

    @Test
    void stream_sendsOneTokenAChunkAndUsageOnlyWhenAsked() throws Exception {
        PROVIDER.answerAlways(Answer.text("naïve 😀 fish"));

        List<JsonNode> plain = stream("\"stream\":true,\"messages\":[" + user("say") + "]");
        List<JsonNode> counted = stream(
                "\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[" + user("say") + "]");

        assertThat(plain.stream()
                        .map(chunk -> chunk.at("/choices/0/delta/content").asText(""))
                        .collect(Collectors.joining()))
                .isEqualTo("naïve 😀 fish");
        assertThat(plain.size()).isGreaterThan(4);
        assertThat(plain).noneMatch(chunk -> chunk.has("usage"));
        assertThat(plain.get(plain.size() - 1).at("/choices/0/finish_reason").asText())
                .isEqualTo("stop");
        JsonNode last = counted.get(counted.size() - 1);
        assertThat(counted).hasSize(plain.size() + 1);
        assertThat(last.at("/choices")).isEmpty();
        assertThat(last.at("/usage/completion_tokens").asInt()).isPositive();
    }

    @Test
    void stream_toolCall_sendsArgumentsInPieces() throws Exception {
        PROVIDER.answerNext(Answer.toolCalls(new Answer.ToolCall("find", "{\"q\":\"a long argument\"}")));

        List<JsonNode> chunks = stream("\"stream\":true,\"messages\":[" + user("x") + "]");

        String pointer = "/choices/0/delta/tool_calls/0/function/";
        assertThat(chunks.get(1).at(pointer + "name").asText()).isEqualTo("find");
        assertThat(chunks.stream()
                        .map(chunk -> chunk.at(pointer + "arguments").asText(""))
                        .collect(Collectors.joining()))
                .isEqualTo("{\"q\":\"a long argument\"}");
    }

    @Test
    void stream_paced_arrivesInTime() throws Exception {
        PROVIDER.answerNext(Answer.text("one two three four")).pace(Pacing.every(Duration.ofMillis(30)));

        HttpResponse<InputStream> response = CLIENT.send(
                request("\"stream\":true,\"messages\":[" + user("count") + "]"),
                HttpResponse.BodyHandlers.ofInputStream());
        long headers = System.nanoTime();
        byte[] rest = response.body().readAllBytes();

        // Four words, a role and a reason: one wait before the first and five between them at the least.
        assertThat(Duration.ofNanos(System.nanoTime() - headers)).isGreaterThan(Duration.ofMillis(5 * 30));
        assertThat(rest).isNotEmpty();
    }

    @Test
    void stream_cut_breaksTheConnection() throws Exception {
        PROVIDER.answerNext(Answer.cutAfter(2, Answer.text("one two three")));

        HttpResponse<InputStream> response = CLIENT.send(
                request("\"stream\":true,\"messages\":[" + user("count") + "]"),
                HttpResponse.BodyHandlers.ofInputStream());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> response.body().readAllBytes()).isInstanceOf(IOException.class);
    }

    @Test
    void stream_clientGoesAway_isCounted() throws Exception {
        PROVIDER.answerNext(Answer.text("word ".repeat(500))).pace(Pacing.every(Duration.ofMillis(5)));

        HttpResponse<InputStream> response = CLIENT.send(
                request("\"stream\":true,\"messages\":[" + user("count") + "]"),
                HttpResponse.BodyHandlers.ofInputStream());
        response.body().close();

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(PROVIDER.cancelledStreams()).isEqualTo(1));
    }

    @Test
    void failure_hasOpenAisErrorShapeAndRetryAfter() throws Exception {
        PROVIDER.answerNext(Answer.failure(429, "Slow down.", Duration.ofSeconds(7)));

        HttpResponse<String> response =
                CLIENT.send(request("\"messages\":[" + user("x") + "]"), HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("Retry-After")).contains("7");
        assertThat(JSON.readTree(response.body()).at("/error/message").asText()).isEqualTo("Slow down.");
    }

    @Test
    void request_withoutKeyOrBody_isRefused() throws Exception {
        HttpRequest noKey = HttpRequest.newBuilder(URI.create(PROVIDER.baseUrl() + "/chat/completions"))
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();

        assertThat(CLIENT.send(noKey, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(401);
        assertThat(CLIENT.send(request("\"nothing\":1"), HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void embeddings_ofEqualTexts_areEqualAndOfLengthOne() throws Exception {
        JsonNode answer = post(
                "/embeddings",
                "{\"model\":\"text-embedding-3-small\",\"dimensions\":64,\"input\":[\"red fox\",\"Red fox\",\"sea\"]}");

        assertThat(answer.at("/data/0/embedding")).hasSize(64).isEqualTo(answer.at("/data/1/embedding"));
        assertThat(answer.at("/data/2/embedding")).isNotEqualTo(answer.at("/data/0/embedding"));
        double squares = 0;
        for (JsonNode value : answer.at("/data/0/embedding")) {
            squares += value.asDouble() * value.asDouble();
        }
        assertThat(squares).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-5));
        assertThat(answer.at("/usage/total_tokens").asInt()).isEqualTo(5);
    }

    @Test
    void responses_answerFromTheInputAndCount() throws Exception {
        JsonNode answer = post(
                "/responses",
                "{\"model\":\"gpt-4o-mini\",\"instructions\":\"Be brief.\",\"input\":\"" + PROMPT + "\"}");

        assertThat(answer.at("/status").asText()).isEqualTo("completed");
        assertThat(answer.at("/output/0/content/0/text").asText()).isEqualTo("The Eddystone lamp burns whale oil.");
        assertThat(answer.at("/usage/total_tokens").asInt())
                .isEqualTo(answer.at("/usage/input_tokens").asInt()
                        + answer.at("/usage/output_tokens").asInt());
    }

    @Test
    void responses_withAMatchingTool_callIt() throws Exception {
        String tool = WEATHER_TOOL.replace("{\"type\":\"function\",\"function\":{", "{\"type\":\"function\",");
        JsonNode answer = post(
                "/responses",
                "{\"model\":\"gpt-4o-mini\",\"input\":[{\"role\":\"user\",\"content\":\"What is the weather in Rome?\"}],"
                        + "\"tools\":[" + tool.strip().substring(0, tool.strip().length() - 1) + "]}");

        assertThat(answer.at("/output/0/type").asText()).isEqualTo("function_call");
        assertThat(answer.at("/output/0/name").asText()).isEqualTo("get_weather");
    }

    @Test
    void responses_streamed_endWithTheWholeResponse() throws Exception {
        PROVIDER.answerNext(Answer.text("one two"));

        HttpResponse<String> response = CLIENT.send(
                request("/responses", "{\"model\":\"gpt-4o-mini\",\"stream\":true,\"input\":\"count\"}"),
                HttpResponse.BodyHandlers.ofString());

        List<String> kinds = response.body()
                .lines()
                .filter(line -> line.startsWith("event: "))
                .map(line -> line.substring("event: ".length()))
                .toList();
        assertThat(kinds)
                .containsExactly(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.output_text.delta",
                        "response.output_text.delta",
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.completed");
        String last = response.body()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .reduce((a, b) -> b)
                .orElseThrow();
        assertThat(JSON.readTree(last.substring("data: ".length()))
                        .at("/response/output/0/content/0/text")
                        .asText())
                .isEqualTo("one two");
    }

    @Test
    void requests_areKeptInOrder() throws Exception {
        chat("\"messages\":[" + user("first") + "]");
        chat("\"messages\":[" + user("second") + "]");

        assertThat(PROVIDER.requests())
                .extracting(request -> request.body().at("/messages/0/content").asText())
                .containsExactly("first", "second");
        assertThat(PROVIDER.requests().get(0).headers()).containsEntry("authorization", "Bearer test");
    }

    @Test
    void loopback_hasNoDelayedAcknowledgementStalls() throws Exception {
        PROVIDER.answerAlways(Answer.text("ok"));
        List<Duration> laps = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            long start = System.nanoTime();
            chat("\"messages\":[" + user("ping") + "]");
            laps.add(Duration.ofNanos(System.nanoTime() - start));
        }

        // A stall of Nagle's algorithm against delayed acknowledgements would take 40 ms each time.
        assertThat(laps.stream().sorted().toList().get(laps.size() / 2)).isLessThan(Duration.ofMillis(20));
    }

    private static String user(String text) {
        return "{\"role\":\"user\",\"content\":\"" + text + "\"}";
    }

    private static HttpRequest request(String fields) {
        return request("/chat/completions", "{\"model\":\"gpt-4o-mini\"," + fields + "}");
    }

    private static HttpRequest request(String path, String body) {
        return HttpRequest.newBuilder(URI.create(PROVIDER.baseUrl() + path))
                .header("Authorization", "Bearer test")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static JsonNode chat(String fields) throws IOException, InterruptedException {
        return post("/chat/completions", "{\"model\":\"gpt-4o-mini\"," + fields + "}");
    }

    private static JsonNode post(String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = CLIENT.send(request(path, body), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private static List<JsonNode> stream(String fields) throws IOException, InterruptedException {
        HttpResponse<String> response = CLIENT.send(request(fields), HttpResponse.BodyHandlers.ofString());
        assertThat(response.headers().firstValue("content-type")).contains("text/event-stream; charset=utf-8");
        assertThat(response.body()).endsWith("data: [DONE]\n\n");
        List<JsonNode> chunks = new ArrayList<>();
        for (String line : response.body().split("\n\n")) {
            if (!line.equals("data: [DONE]")) {
                chunks.add(JSON.readTree(line.substring("data: ".length())));
            }
        }
        return chunks;
    }
}
