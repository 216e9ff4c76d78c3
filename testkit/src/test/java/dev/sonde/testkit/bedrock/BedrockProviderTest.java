package dev.sonde.testkit.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sonde.testkit.Answer;
import dev.sonde.testkit.Pacing;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BedrockProviderTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final BedrockProvider PROVIDER = BedrockProvider.start();
    private static final String NOVA = "amazon.nova-micro-v1%3A0";
    private static final String QUESTION =
            "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Say hello\"}]}]}";
    private static final Answer HELLO = new Answer.Scripted(
            "Hello there",
            List.of(new Answer.ToolCall("greet", "{\"name\":\"Ada\"}")),
            new Answer.Usage(20, 4, 6, 0, 5));
    /** Present only at times in recorded bodies, or counted in headers too. */
    private static final Set<String> OPTIONAL = Set.of(
            "/usage/cacheReadInputTokens",
            "/usage/cacheWriteInputTokens",
            "/usage/cache_read_input_tokens",
            "/usage/cache_creation_input_tokens",
            "/message/usage/cache_read_input_tokens",
            "/message/usage/cache_creation_input_tokens",
            "/amazon-bedrock-invocationMetrics/cacheReadInputTokenCount",
            "/amazon-bedrock-invocationMetrics/cacheWriteInputTokenCount");

    @AfterAll
    static void close() {
        PROVIDER.close();
    }

    @AfterEach
    void reset() {
        PROVIDER.reset();
        PROVIDER.block();
    }

    static List<Path> recordings() throws IOException {
        String folder = System.getenv("BEDROCK_RECORDINGS");
        if (folder == null) {
            return List.of(Path.of("none"));
        }
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            return files.sorted().toList();
        }
    }

    @Test
    void converse_answersTextToolCallAndUsage() throws Exception {
        PROVIDER.answerNext(HELLO);

        HttpResponse<byte[]> response = send("/model/" + NOVA + "/converse", QUESTION);

        JsonNode body = JSON.readTree(response.body());
        assertThat(body.at("/output/message/content/0/text").asText()).isEqualTo("Hello there");
        assertThat(body.at("/output/message/content/1/toolUse/input/name").asText())
                .isEqualTo("Ada");
        assertThat(body.at("/stopReason").asText()).isEqualTo("tool_use");
        assertThat(body.at("/usage"))
                .hasToString("{\"inputTokens\":9,\"outputTokens\":4,\"totalTokens\":24,"
                        + "\"cacheReadInputTokens\":6,\"cacheWriteInputTokens\":5}");
        assertThat(response.headers().firstValue("x-amzn-requestid")).isPresent();
    }

    @Test
    void thoughts_comeBeforeTheAnswer() throws Exception {
        Answer thoughtful = new Answer.Scripted("Hello", List.of(), null).withThinking("Greet them.");
        PROVIDER.answerNext(thoughtful, thoughtful, thoughtful);
        String claude = "/model/anthropic.claude-sonnet-4-v1%3A0";

        JsonNode converse = JSON.readTree(send(claude + "/converse", QUESTION).body());
        JsonNode invoke = JSON.readTree(send(claude + "/invoke", QUESTION).body());
        List<Messages> stream =
                Messages.read(send(claude + "/converse-stream", QUESTION).body());

        assertThat(converse.at("/output/message/content/0/reasoningContent/reasoningText/text")
                        .asText())
                .isEqualTo("Greet them.");
        assertThat(invoke.at("/content/0/thinking").asText()).isEqualTo("Greet them.");
        assertThat(stream.get(1).payload().at("/delta/reasoningContent/text").asText())
                .isEqualTo("Greet them.");
    }

    @Test
    void converse_unscripted_answersFromThePrompt() throws Exception {
        String body = "{\"system\":[{\"text\":\"Context: The shop opens at nine. It sells tea.\"}],"
                + "\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"When does the shop open?\"}]}]}";

        JsonNode answer =
                JSON.readTree(send("/model/" + NOVA + "/converse", body).body());

        assertThat(answer.at("/output/message/content/0/text").asText()).isEqualTo("The shop opens at nine.");
        assertThat(answer.at("/usage/inputTokens").asInt()).isPositive();
    }

    @Test
    void converseStream_isWellFramedAndInOrder() throws Exception {
        PROVIDER.answerNext(HELLO);

        HttpResponse<byte[]> response = send("/model/" + NOVA + "/converse-stream", QUESTION);

        assertThat(response.headers().firstValue("content-type")).contains("application/vnd.amazon.eventstream");
        assertThat(Messages.read(response.body()))
                .extracting(Messages::type)
                .containsExactly(
                        "messageStart",
                        "contentBlockDelta",
                        "contentBlockDelta",
                        "contentBlockStop",
                        "contentBlockStart",
                        "contentBlockDelta",
                        "contentBlockDelta",
                        "contentBlockStop",
                        "messageStop",
                        "metadata");
    }

    @Test
    void stream_thatFailsWithin_endsWithAnException() throws Exception {
        PROVIDER.answerNext(Answer.failAfter(2, HELLO, 424, "Overloaded."));

        List<Messages> messages = Messages.read(
                send("/model/" + NOVA + "/converse-stream", QUESTION).body());

        assertThat(messages).hasSize(3);
        assertThat(messages.get(2).headers())
                .containsEntry(":message-type", "exception")
                .containsEntry(":exception-type", "modelStreamErrorException");
        assertThat(messages.get(2).payload()).hasToString("{\"message\":\"Overloaded.\"}");
    }

    @Test
    void stream_thatIsCut_dropsTheConnection() {
        PROVIDER.answerNext(Answer.cutAfter(2, HELLO));

        assertThatThrownBy(() -> send("/model/" + NOVA + "/converse-stream", QUESTION))
                .isInstanceOf(IOException.class);
    }

    @Test
    void stream_whoseClientLeaves_isCounted() throws Exception {
        PROVIDER.answerNext(HELLO).pace(Pacing.every(Duration.ofMillis(50)));

        CLIENT.send(request("/model/" + NOVA + "/converse-stream", QUESTION), HttpResponse.BodyHandlers.ofInputStream())
                .body()
                .close();

        Awaitility.await().until(() -> PROVIDER.cancelledStreams() == 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            anthropic.claude-3-haiku-20240307-v1%3A0; {"messages":[]}; /content/0/text; /delta/text
            us.amazon.nova-lite-v1%3A0; {"messages":[]}; /output/message/content/0/text; /contentBlockDelta/delta/text
            amazon.titan-text-lite-v1; {"inputText":"Hi"}; /results/0/outputText; /outputText
            meta.llama3-8b-instruct-v1%3A0; {"prompt":"Hi"}; /generation; /generation
            mistral.mistral-7b-instruct-v0%3A2; {"prompt":"Hi"}; /outputs/0/text; /outputs/0/text
            mistral.mistral-large-2407-v1%3A0; {"messages":[]}; /choices/0/message/content; /choices/0/message/content
            cohere.command-light-text-v14; {"prompt":"Hi"}; /generations/0/text; /text
            cohere.command-r-v1%3A0; {"message":"Hi"}; /text; /text
            """)
    void invoke_answersInTheVendorsWords(String model, String body, String whole, String part) throws Exception {
        PROVIDER.answerNext(HELLO, HELLO);

        HttpResponse<byte[]> response = send("/model/" + model + "/invoke", body);
        List<Messages> messages = Messages.read(
                send("/model/" + model + "/invoke-with-response-stream", body).body());

        assertThat(JSON.readTree(response.body()).at(whole).asText()).isEqualTo("Hello there");
        assertThat(response.headers().firstValue("x-amzn-bedrock-input-token-count"))
                .contains("9");
        assertThat(response.headers().firstValue("x-amzn-bedrock-output-token-count"))
                .contains("4");
        StringBuilder text = new StringBuilder();
        for (Messages message : messages) {
            text.append(message.content().at(part).asText(""));
        }
        assertThat(text).hasToString("Hello there");
        assertThat(messages.get(messages.size() - 1)
                        .content()
                        .at("/amazon-bedrock-invocationMetrics/outputTokenCount")
                        .asInt())
                .isEqualTo(4);
    }

    @Test
    void invoke_embeddings_areOfOneLength() throws Exception {
        JsonNode titan = JSON.readTree(
                send("/model/amazon.titan-embed-text-v2%3A0/invoke", "{\"inputText\":\"red fox\",\"dimensions\":256}")
                        .body());
        HttpResponse<byte[]> cohere = send(
                "/model/cohere.embed-english-v3/invoke",
                "{\"texts\":[\"red fox\",\"hen\"],\"input_type\":\"search_document\"}");

        assertThat(titan.get("embedding")).hasSize(256);
        assertThat(titan.get("inputTextTokenCount").asInt()).isEqualTo(2);
        assertThat(JSON.readTree(cohere.body()).get("embeddings")).hasSize(2);
        assertThat(cohere.headers().firstValue("x-amzn-bedrock-input-token-count"))
                .isPresent();
    }

    @Test
    void guardrail_intervenesOnBlockedWords() throws Exception {
        PROVIDER.block("fox");
        String path = "/guardrail/g1/version/DRAFT/apply";

        JsonNode let = JSON.readTree(
                send(path, "{\"content\":[{\"text\":{\"text\":\"a hen\"}}]}").body());
        JsonNode held = JSON.readTree(
                send(path, "{\"content\":[{\"text\":{\"text\":\"A Fox\"}}]}").body());

        assertThat(let.get("action").asText()).isEqualTo("NONE");
        assertThat(held.get("action").asText()).isEqualTo("GUARDRAIL_INTERVENED");
        assertThat(held.at("/assessments/0/wordPolicy/customWords/0/match").asText())
                .isEqualTo("fox");
    }

    @Test
    void failure_hasTheServicesErrorType() throws Exception {
        PROVIDER.answerNext(Answer.failure(429, "Slow down."));

        HttpResponse<byte[]> response = send("/model/" + NOVA + "/converse", QUESTION);

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("x-amzn-errortype")).contains("ThrottlingException");
        assertThat(response.body()).asString().isEqualTo("{\"message\":\"Slow down.\"}");
    }

    @Test
    void unsigned_isRefused() throws Exception {
        HttpRequest unsigned = HttpRequest.newBuilder(PROVIDER.endpoint().resolve("/model/" + NOVA + "/converse"))
                .POST(HttpRequest.BodyPublishers.ofString(QUESTION))
                .build();

        assertThat(CLIENT.send(unsigned, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(403);
    }

    /** Every field of ours is one that the real service sends too, by real answers in the folder BEDROCK_RECORDINGS. */
    @ParameterizedTest
    @MethodSource("recordings")
    void answers_haveNoFieldsThatRecordingsLack(Path file) throws Exception {
        assumeThat(file).exists();
        for (BedrockRecording recording : BedrockRecording.read(file)) {
            PROVIDER.replayNext(recording);
            byte[] replayed = send(recording.path(), recording.requestBody()).body();
            assertThat(replayed).isEqualTo(recording.body().array());
            List<Messages> messages = Messages.unchecked(replayed);
            Set<String> theirs = fields(messages);
            PROVIDER.answerNext(likewise(recording, messages, theirs));

            byte[] ours = send(recording.path(), recording.requestBody()).body();

            Set<String> added = fields(Messages.read(ours));
            added.removeAll(theirs);
            assertThat(added).as(recording.path()).isEmpty();
        }
    }

    /** An answer of ours that fails where theirs does, and speaks and calls tools where theirs does. */
    private static Answer likewise(BedrockRecording recording, List<Messages> messages, Set<String> fields) {
        if (recording.status() != 200) {
            return Answer.failure(recording.status(), "No.");
        }
        boolean calls = fields.stream().anyMatch(field -> field.endsWith("/toolUse") || field.endsWith("/partial_json"))
                || recording.body().toStringUtf8().contains("\"tool_use\"");
        boolean says =
                fields.stream().anyMatch(field -> field.toLowerCase(Locale.ROOT).endsWith("text")) || !calls;
        boolean argues = fields.stream().anyMatch(field -> field.startsWith("/delta"))
                || !recording.operation().equals("converse-stream");
        Answer answer = new Answer.Scripted(
                says ? "Hello there" : null,
                calls ? List.of(new Answer.ToolCall("greet", argues ? "{\"name\":\"Ada\"}" : "{}")) : List.of(),
                null);
        return messages.get(messages.size() - 1).headers().containsKey(":exception-type")
                ? Answer.failAfter(2, answer, 424, "No.")
                : answer;
    }

    private static Set<String> fields(List<Messages> messages) throws IOException {
        Set<String> fields = new TreeSet<>();
        for (Messages message : messages) {
            collect("", message.content(), fields);
        }
        fields.removeIf(field -> field.contains("/input/") || OPTIONAL.contains(field));
        return fields;
    }

    private static void collect(String path, JsonNode node, Set<String> fields) {
        node.properties().forEach(field -> {
            fields.add(path + "/" + field.getKey());
            collect(path + "/" + field.getKey(), field.getValue(), fields);
        });
        if (node.isArray()) {
            node.forEach(element -> collect(path, element, fields));
        }
    }

    private static HttpResponse<byte[]> send(String path, String body) throws IOException, InterruptedException {
        return CLIENT.send(request(path, body), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static HttpRequest request(String path, String body) {
        return HttpRequest.newBuilder(URI.create(PROVIDER.endpoint() + path))
                .header("Authorization", "AWS4-HMAC-SHA256 test")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }
}
