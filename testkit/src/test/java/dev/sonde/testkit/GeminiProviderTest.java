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
import java.util.Base64;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GeminiProviderTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final GeminiProvider PROVIDER = GeminiProvider.start();
    private static final String HELLO = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hello\"}]}]}";

    @BeforeEach
    void reset() {
        PROVIDER.reset();
    }

    @AfterAll
    static void close() {
        PROVIDER.close();
    }

    @Test
    void generateContent_answersFromSystemInstruction() throws Exception {
        JsonNode answer = json(post("generateContent", """
                {"systemInstruction":{"parts":[{"text":"Context: Gulls nest. The lamp burns oil."}]},
                 "contents":[{"parts":[{"text":"What burns in the lamp?"}]}]}"""));

        assertThat(answer.at("/candidates/0/content"))
                .isEqualTo(JSON.readTree("{\"role\":\"model\",\"parts\":[{\"text\":\"The lamp burns oil.\"}]}"));
        assertThat(answer.at("/candidates/0/finishReason").asText()).isEqualTo("STOP");
        assertThat(answer.at("/modelVersion").asText()).isEqualTo("gemini-2.5-flash");
        assertThat(answer.at("/responseId").asText()).startsWith("resp-");
        assertThat(answer.at("/usageMetadata/promptTokenCount").asInt()).isPositive();
    }

    @Test
    void generateContent_countsThoughtsBesideAndCachedWithin() throws Exception {
        PROVIDER.answerNext(
                new Answer.Scripted("Hi", List.of(), new Answer.Usage(100, 20, 30, 15)).withThinking("A greeting."));

        JsonNode answer = json(post("generateContent", HELLO));

        assertThat(answer.at("/candidates/0/content/parts"))
                .isEqualTo(JSON.readTree("[{\"text\":\"A greeting.\",\"thought\":true},{\"text\":\"Hi\"}]"));
        JsonNode usage = answer.at("/usageMetadata");
        assertThat(usage.at("/promptTokenCount").asInt()).isEqualTo(100);
        assertThat(usage.at("/cachedContentTokenCount").asInt()).isEqualTo(30);
        assertThat(usage.at("/candidatesTokenCount").asInt()).isEqualTo(5);
        assertThat(usage.at("/thoughtsTokenCount").asInt()).isEqualTo(15);
        assertThat(usage.at("/totalTokenCount").asInt()).isEqualTo(120);
    }

    @Test
    void generateContent_callsAnOfferedFunctionOnce() throws Exception {
        String tools = """
                "tools":[{"functionDeclarations":[{"name":"get_weather","description":"Weather of a city",
                 "parameters":{"type":"OBJECT","properties":{"city":{"type":"STRING"}}}}]}]""";
        String question = "{\"role\":\"user\",\"parts\":[{\"text\":\"How is the weather in Oslo?\"}]}";
        String called =
                "{\"role\":\"model\",\"parts\":[{\"functionCall\":{\"name\":\"get_weather\",\"args\":{\"city\":\"Oslo\"}}}]}";
        String result =
                "{\"role\":\"user\",\"parts\":[{\"functionResponse\":{\"name\":\"get_weather\",\"response\":{\"result\":\"The weather is sunny.\"}}}]}";

        JsonNode first = json(post("generateContent", "{\"contents\":[" + question + "]," + tools + "}"));
        JsonNode second = json(post(
                "generateContent",
                "{\"contents\":[" + String.join(",", question, called, result) + "]," + tools + "}"));

        assertThat(first.at("/candidates/0/content")).isEqualTo(JSON.readTree(called));
        assertThat(second.at("/candidates/0/content/parts/0/text").asText()).contains("sunny");
    }

    @Test
    void streamGenerateContent_sendsPiecesAndUsageLast() throws Exception {
        PROVIDER.answerNext(Answer.text("Hello there, you"));

        List<JsonNode> chunks = chunks(post("streamGenerateContent?alt=sse", HELLO));

        assertThat(chunks)
                .extracting(
                        chunk -> chunk.at("/candidates/0/content/parts/0/text").asText())
                .containsExactly("Hello", " there", ",", " you");
        assertThat(chunks.get(0).at("/candidates/0/finishReason").isMissingNode())
                .isTrue();
        assertThat(chunks.get(0).at("/usageMetadata/candidatesTokenCount").isMissingNode())
                .isTrue();
        assertThat(chunks.get(3).at("/candidates/0/finishReason").asText()).isEqualTo("STOP");
        assertThat(chunks.get(3).at("/usageMetadata/candidatesTokenCount").asInt())
                .isEqualTo(4);
    }

    @Test
    void streamGenerateContent_failingOrCut_endsEarly() throws Exception {
        PROVIDER.answerNext(
                Answer.failAfter(1, Answer.text("Hello there"), 503, "Overloaded."),
                Answer.cutAfter(1, Answer.text("Hello there")));

        List<JsonNode> failed = chunks(post("streamGenerateContent?alt=sse", HELLO));
        assertThat(failed).hasSize(2);
        assertThat(failed.get(1).at("/error/status").asText()).isEqualTo("UNAVAILABLE");
        assertThatThrownBy(() -> post("streamGenerateContent?alt=sse", HELLO)).isInstanceOf(IOException.class);
    }

    @Test
    void streamGenerateContent_whoseClientGoesAway_countsAsCancelled() throws Exception {
        PROVIDER.answerNext(Answer.text("word ".repeat(400))).pace(Pacing.every(Duration.ofMillis(5)));

        try (InputStream body = CLIENT.send(
                        request("streamGenerateContent?alt=sse", HELLO).build(),
                        HttpResponse.BodyHandlers.ofInputStream())
                .body()) {
            assertThat(body.read()).isEqualTo('d');
        }

        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> PROVIDER.cancelledStreams() == 1);
    }

    @Test
    void embeddings_areOneForEachText() throws Exception {
        String content = "{\"content\":{\"parts\":[{\"text\":\"red fox\"}]},\"outputDimensionality\":8}";

        JsonNode one = json(post("embedContent", content));
        JsonNode two = json(post("batchEmbedContents", "{\"requests\":[" + content + "," + content + "]}"));

        assertThat(one.at("/embedding/values")).hasSize(8);
        assertThat(two.at("/embeddings")).hasSize(2);
        assertThat(two.at("/embeddings/1")).isEqualTo(one.at("/embedding"));
    }

    @Test
    void predict_answersImages() throws Exception {
        JsonNode answer =
                json(post("predict", "{\"instances\":[{\"prompt\":\"A fox\"}],\"parameters\":{\"sampleCount\":2}}"));

        assertThat(answer.at("/predictions")).hasSize(2);
        byte[] image = Base64.getDecoder()
                .decode(answer.at("/predictions/0/bytesBase64Encoded").asText());
        assertThat(image).startsWith(0x89, 'P', 'N', 'G');
    }

    @Test
    void wrongRequests_areRefusedInGeminisShape() throws Exception {
        PROVIDER.answerNext(Answer.failure(429, "Slow down."));

        HttpResponse<String> limited = post("generateContent", HELLO);
        HttpResponse<String> unknown = post("countAtoms", HELLO);
        HttpResponse<String> incomplete = post("generateContent", "{}");
        HttpResponse<String> anonymous = CLIENT.send(
                HttpRequest.newBuilder(uri("generateContent"))
                        .POST(HttpRequest.BodyPublishers.ofString(HELLO))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(JSON.readTree(limited.body()))
                .isEqualTo(JSON.readTree(
                        "{\"error\":{\"code\":429,\"message\":\"Slow down.\",\"status\":\"RESOURCE_EXHAUSTED\"}}"));
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(incomplete.statusCode()).isEqualTo(400);
        assertThat(anonymous.statusCode()).isEqualTo(403);
    }

    private static URI uri(String method) {
        return URI.create(PROVIDER.baseUrl() + "/v1beta/models/gemini-2.5-flash:" + method);
    }

    private static HttpRequest.Builder request(String method, String body) {
        return HttpRequest.newBuilder(uri(method))
                .header("x-goog-api-key", "test")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static HttpResponse<String> post(String method, String body) throws IOException, InterruptedException {
        return CLIENT.send(request(method, body).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        assertThat(response.statusCode()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private static List<JsonNode> chunks(HttpResponse<String> response) throws IOException {
        assertThat(response.headers().firstValue("content-type").orElse("")).startsWith("text/event-stream");
        List<JsonNode> chunks = new ArrayList<>();
        for (String event : response.body().split("\r\n\r\n")) {
            assertThat(event).startsWith("data: ");
            chunks.add(JSON.readTree(event.substring("data: ".length())));
        }
        return chunks;
    }
}
