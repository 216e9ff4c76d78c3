package dev.sonde.agent.instrumentation.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sonde.agent.instrumentation.LibraryBench;
import dev.sonde.agent.instrumentation.ScenarioApp;
import dev.sonde.testkit.Answer;
import dev.sonde.testkit.Pacing;
import dev.sonde.testkit.bedrock.BedrockProvider;
import dev.sonde.testkit.collector.CollectedObservation;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each scenario runs in a JVM with the real agent; the provider and the collector are local. */
@ParameterizedClass(name = "bedrockruntime {0}")
@ValueSource(strings = {"2.57.8", "2.26.31"})
class BedrockInstrumentationIT {
    private static final BedrockProvider PROVIDER = BedrockProvider.start();

    @RegisterExtension
    static final LibraryBench BENCH = LibraryBench.of(
            "aws-sdk-bedrockruntime",
            "com.example.bedrock.BedrockApp",
            PROVIDER,
            PROVIDER.endpoint(),
            BedrockInstrumentationIT::classPath);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OLDEST = "2.26.31";
    private static final Answer HELLO =
            new Answer.Scripted("Hello there, you", List.of(), new Answer.Usage(20, 7, 6, 0, 5));
    private static final Answer GREET = new Answer.Scripted(
            null, List.of(new Answer.ToolCall("greet", "{\"name\":\"Ada\"}")), Answer.Usage.of(9, 3));
    private static final Map<String, Long> BUCKETS =
            Map.of("input", 9L, "input_cached_tokens", 6L, "input_cache_creation", 5L, "output", 7L, "total", 27L);
    private static final Map<String, Long> PLAIN_BUCKETS = Map.of("input", 9L, "output", 7L, "total", 16L);
    private static final String MESSAGES = "[{\"role\":\"user\",\"content\":[{\"text\":\"Say hello\"}]}]";
    private static final String MESSAGE = "{\"role\":\"assistant\",\"content\":[{\"text\":\"Hello there, you\"}]}";

    /** So long on its way that it never ends before a client that leaves it has left. */
    private static final Answer LONG = Answer.text("Hello" + " there".repeat(4000));

    @Parameter
    private String version;

    @AfterEach
    void letAllPass() {
        PROVIDER.block();
    }

    private static List<String> classPath(String version) throws IOException {
        List<String> classPath = new ArrayList<>();
        if (version.equals(OLDEST)) {
            classPath.addAll(ScenarioApp.jarsIn("bedrockruntime-" + version));
        }
        assertThat(classPath).hasSize(version.equals(OLDEST) ? 1 : 0);
        // The SDK's other jars are of its newest version, which old services run with.
        for (String jar : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (jar.contains("/awssdk/") || jar.contains("/netty/")) {
                classPath.add(jar);
            }
        }
        classPath.addAll(ScenarioApp.jars("httpc", "slf4j-", "reactive-streams", "commons-"));
        return classPath;
    }

    @Test
    void converse_recordsRequestAnswerAndUsage() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("converse")).isEqualTo("Hello there, you");

        CollectedObservation observation = take();
        assertConversed(observation);
        assertThat(observation.parentId()).isNull();
        assertThat(observation.modelParameters()).isEqualTo(JSON.readTree("{\"maxTokens\":50,\"temperature\":0.5}"));
        assertThat(observation.completionStart()).isNull();
    }

    @Test
    void converse_insideAnObservedMethod_isItsChild() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("observed")).isEqualTo("Hello there, you");

        List<CollectedObservation> both = BENCH.take(2);
        assertThat(both).extracting(CollectedObservation::name).containsExactly("outer", "chat amazon.nova-micro-v1:0");
        assertThat(both.get(1).parentId()).isEqualTo(both.get(0).id());
        assertConversed(both.get(1));
    }

    @Test
    void converse_refused_recordsTheStatusAndThrowsTheSame() throws Exception {
        PROVIDER.answerNext(Answer.failure(429, "Slow down."));

        assertThat(play("converse")).startsWith("threw ThrottlingException 429 Slow down.");

        CollectedObservation observation = take();
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.message()).startsWith("HTTP 429: Slow down.");
        assertThat(observation.inputJson().get("messages")).isEqualTo(JSON.readTree(MESSAGES));
        assertThat(observation.output()).isNull();
        assertThat(observation.usage()).isEmpty();
    }

    @Test
    void converse_toolCall_isTheOutput() throws Exception {
        PROVIDER.answerNext(GREET);

        assertThat(play("tools")).isEqualTo("tool_use");

        CollectedObservation observation = take();
        assertThat(observation.inputJson().get("toolConfig"))
                .isEqualTo(JSON.readTree("{\"tools\":[{\"toolSpec\":{\"name\":\"greet\","
                        + "\"inputSchema\":{\"json\":{\"type\":\"object\"}}}}]}"));
        assertGreeted(observation);
    }

    @Test
    void converse_toolResult_isInTheInput() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("toolResult")).isEqualTo("Hello there, you");

        assertThat(take().inputJson().at("/messages/2/content/0/toolResult"))
                .isEqualTo(JSON.readTree("{\"toolUseId\":\"t1\",\"content\":[{\"json\":"
                        + "{\"count\":2,\"done\":true,\"of\":[\"a\"]}}]}"));
    }

    @Test
    void converse_image_isADataUri() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("image")).isEqualTo("Hello there, you");

        assertThat(take().inputJson().at("/0/content/1/image/source/bytes").asText())
                .isEqualTo("data:image/png;base64,AQID");
    }

    @Test
    void asyncConverse_recordsTheSame() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("asyncConverse")).isEqualTo("Hello there, you");

        assertConversed(take());
    }

    @Test
    void asyncConverse_refused_recordsTheStatusAndFailsTheSame() throws Exception {
        PROVIDER.answerNext(Answer.failure(500, "Broken."));

        assertThat(play("asyncConverse")).startsWith("threw CompletionException of InternalServerException 500");

        CollectedObservation observation = take();
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.message()).startsWith("HTTP 500: Broken.");
    }

    @Test
    void converseStream_recordsAnswerUsageAndTimeToFirstToken() throws Exception {
        PROVIDER.answerNext(HELLO).pace(Pacing.every(Duration.ofMillis(40)));

        Instant firstSeen = Instant.parse(play("converseStreamTimed"));

        CollectedObservation observation = take();
        assertStreamed(observation);
        // One pause before the role, one before the first word; the application sees it next, and the rest later.
        assertThat(Duration.between(observation.start(), observation.completionStart()))
                .isGreaterThanOrEqualTo(Duration.ofMillis(80));
        assertThat(observation.completionStart()).isBefore(firstSeen.plusMillis(100));
    }

    @Test
    void converseStream_givesTheApplicationTheSame() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("converseStream")).isEqualTo("Hello there, you");

        assertStreamed(take());
    }

    @Test
    void converseStream_toolCall_isPutTogether() throws Exception {
        PROVIDER.answerNext(GREET);

        assertThat(play("converseStreamTools")).isEqualTo("tool_use");

        assertGreeted(take());
    }

    @Test
    void converseStream_refused_recordsTheStatus() throws Exception {
        PROVIDER.answerNext(Answer.failure(403, "No access."));

        assertThat(play("converseStream")).contains("AccessDeniedException 403 No access.");

        CollectedObservation observation = take();
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.message()).startsWith("HTTP 403: No access.");
    }

    @Test
    void converseStream_thatFailsWithin_keepsWhatCame() throws Exception {
        PROVIDER.answerNext(Answer.failAfter(3, HELLO, 424, "Overloaded."));

        // the oldest version knows no type for it
        assertThat(play("converseStream")).startsWith("threw ").contains("Overloaded.");

        CollectedObservation observation = take();
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.message()).contains("Overloaded.");
        assertThat(observation.outputJson().at("/content/0/text").asText()).isEqualTo("Hello there");
    }

    @Test
    void converseStream_thatBreaksOff_keepsWhatCame() throws Exception {
        PROVIDER.answerNext(Answer.cutAfter(3, HELLO)).pace(Pacing.every(Duration.ofMillis(20)));

        // the SDK takes the end of the connection for the end of the answer
        assertThat(play("converseStream")).isEqualTo("Hello there");

        CollectedObservation observation = take();
        assertThat(observation.outputJson().at("/content/0/text").asText()).isEqualTo("Hello there");
        assertThat(observation.attributes()).doesNotContainKey("gen_ai.response.finish_reasons");
        assertThat(observation.level()).isEqualTo("WARNING");
    }

    @Test
    void converseStream_cancelled_endsWithAWarningAndKeepsWhatCame() throws Exception {
        PROVIDER.answerNext(LONG).pace(Pacing.every(Duration.ofMillis(10)));

        assertThat(play("converseStreamCancelled")).isEqualTo("left after 2");

        CollectedObservation observation = take();
        assertThat(observation.level()).isEqualTo("WARNING");
        assertThat(observation.message()).isEqualTo("The stream was closed before its end.");
        assertThat(observation.outputJson().at("/content/0/text").asText()).isEqualTo("Hello");
        Awaitility.await().until(() -> PROVIDER.cancelledStreams() == 1);
    }

    @Test
    void converseStream_whoseFutureIsCancelled_endsWithAWarning() throws Exception {
        PROVIDER.answerNext(LONG).pace(Pacing.every(Duration.ofMillis(10)));

        assertThat(play("converseStreamFutureCancelled")).isEqualTo("Hello true true");

        CollectedObservation observation = take();
        assertThat(observation.level()).isEqualTo("WARNING");
        assertThat(observation.outputJson().at("/content/0/text").asText()).startsWith("Hello");
        Awaitility.await().until(() -> PROVIDER.cancelledStreams() == 1);
    }

    @Test
    void invokeModel_claude_recordsTheBody() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("invokeClaude")).contains("Hello there, you");

        assertClaude(take());
    }

    @Test
    void asyncInvokeModel_claude_recordsTheSame() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("asyncInvokeClaude")).contains("Hello there, you");

        assertClaude(take());
    }

    @Test
    void invokeModelWithResponseStream_claude_recordsTheSame() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("invokeStreamClaude")).isEqualTo("chunks");

        CollectedObservation observation = take();
        assertClaude(observation);
        assertThat(observation.completionStart()).isNotNull();
    }

    @Test
    void invokeModelWithResponseStream_refused_recordsTheStatus() throws Exception {
        PROVIDER.answerNext(Answer.failure(503, "Later."));

        assertThat(play("invokeStreamClaude")).contains("ServiceUnavailableException 503");

        assertThat(take().message()).startsWith("HTTP 503: Later.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            amazon.nova-lite-v1:0; {"messages":[{"role":"user","content":[{"text":"Hi"}]}]}; chat; end_turn
            amazon.titan-text-lite-v1; {"inputText":"Hi"}; text_completion; FINISH
            meta.llama3-8b-instruct-v1:0; {"prompt":"Hi"}; text_completion; stop
            mistral.mistral-7b-instruct-v0:2; {"prompt":"Hi"}; text_completion; stop
            mistral.mistral-large-2407-v1:0; {"messages":[{"role":"user","content":"Hi"}]}; chat; stop
            cohere.command-light-text-v14; {"prompt":"Hi"}; text_completion; COMPLETE
            cohere.command-r-v1:0; {"message":"Hi"}; chat; COMPLETE
            """)
    void invokeModel_ofEachVendor_recordsTextUsageAndReason(String model, String body, String operation, String reason)
            throws Exception {
        Answer hello = new Answer.Scripted("Hello there, you", List.of(), Answer.Usage.of(9, 7));
        PROVIDER.answerNext(hello, hello);

        assertThat(play("invoke " + model + " " + body)).contains("Hello there, you");
        assertThat(play("stream " + model + " " + body)).isEqualTo("chunks");

        for (CollectedObservation observation : BENCH.take(2)) {
            assertThat(observation.name()).isEqualTo(operation + " " + model);
            assertThat(observation.outputJson().get("role").asText()).isEqualTo("assistant");
            assertThat(observation.outputJson().get("content").findValuesAsText("text"))
                    .isSubsetOf("Hello there, you");
            assertThat(observation.output()).contains("Hello there, you");
            assertThat(observation.usage()).isEqualTo(PLAIN_BUCKETS);
            assertThat(observation.attributes()).containsEntry("gen_ai.response.finish_reasons", List.of(reason));
        }
    }

    @Test
    void embeddings_areEmbeddings() throws Exception {
        assertThat(play("titanEmbed")).contains("embedding");
        assertThat(play("invoke cohere.embed-english-v3 {\"texts\":[\"a\",\"b\"],\"input_type\":\"clustering\"}"))
                .contains("embeddings");

        List<CollectedObservation> both = BENCH.take(2);
        assertThat(both).extracting(CollectedObservation::type).containsOnly("embedding");
        assertThat(both.get(0).inputJson().asText()).isEqualTo("red fox");
        assertThat(both.get(0).output()).isEqualTo("{\"vectors\":1,\"dimensions\":8}");
        assertThat(both.get(0).usage()).isEqualTo(Map.of("input", 2L, "total", 2L));
        assertThat(both.get(0).modelParameters()).hasToString("{\"dimensions\":8}");
        assertThat(both.get(1).inputJson()).hasToString("[\"a\",\"b\"]");
        assertThat(both.get(1).output()).isEqualTo("{\"vectors\":2,\"dimensions\":1024}");
        assertThat(both.get(1).usage()).isEqualTo(Map.of("input", 2L, "total", 2L));
    }

    @Test
    void applyGuardrail_isAGuardrail() throws Exception {
        PROVIDER.block("fox");

        assertThat(play("guardrail")).isEqualTo("GUARDRAIL_INTERVENED");

        CollectedObservation observation = take();
        assertThat(observation.type()).isEqualTo("guardrail");
        assertThat(observation.name()).isEqualTo("guardrail g1");
        assertThat(observation.input()).contains("A fox");
        assertThat(observation.outputJson().get("action").asText()).isEqualTo("GUARDRAIL_INTERVENED");
        assertThat(observation
                        .outputJson()
                        .at("/assessments/0/wordPolicy/customWords/0/match")
                        .asText())
                .isEqualTo("fox");
    }

    private void assertConversed(CollectedObservation observation) throws IOException {
        assertAnswered(observation);
        assertThat(observation.inputJson())
                .isEqualTo(JSON.readTree("{\"messages\":" + MESSAGES + ",\"system\":[{\"text\":\"Be kind.\"}]}"));
    }

    private void assertStreamed(CollectedObservation observation) throws IOException {
        assertAnswered(observation);
        assertThat(observation.inputJson()).isEqualTo(JSON.readTree(MESSAGES));
        assertThat(observation.modelParameters()).hasToString("{\"stream\":true}");
    }

    private void assertAnswered(CollectedObservation observation) throws IOException {
        assertThat(observation.type()).isEqualTo("generation");
        assertThat(observation.name()).isEqualTo("chat amazon.nova-micro-v1:0");
        assertThat(observation.model()).isEqualTo("amazon.nova-micro-v1:0");
        assertThat(observation.outputJson()).isEqualTo(JSON.readTree(MESSAGE));
        // The oldest version does not know of caches.
        assertThat(observation.usage()).isEqualTo(version.equals(OLDEST) ? PLAIN_BUCKETS : BUCKETS);
        assertThat(observation.level()).isEqualTo("DEFAULT");
        assertThat(observation.attributes())
                .containsEntry("gen_ai.operation.name", "chat")
                .containsEntry("gen_ai.provider.name", "aws.bedrock")
                .containsEntry("gen_ai.request.model", "amazon.nova-micro-v1:0")
                .containsEntry("gen_ai.response.finish_reasons", List.of("end_turn"))
                .containsEntry("server.address", "127.0.0.1");
        assertThat(observation.string("gen_ai.response.id")).startsWith("request-");
    }

    private static void assertGreeted(CollectedObservation observation) {
        assertThat(observation.outputJson().at("/content/0/toolUse/name").asText())
                .isEqualTo("greet");
        assertThat(observation.outputJson().at("/content/0/toolUse/toolUseId").asText())
                .startsWith("tooluse_");
        assertThat(observation.outputJson().at("/content/0/toolUse/input")).hasToString("{\"name\":\"Ada\"}");
        assertThat(observation.usage()).isEqualTo(Map.of("input", 9L, "output", 3L, "total", 12L));
        assertThat(observation.attributes()).containsEntry("gen_ai.response.finish_reasons", List.of("tool_use"));
    }

    private static void assertClaude(CollectedObservation observation) throws IOException {
        assertThat(observation.name()).isEqualTo("chat us.anthropic.claude-3-haiku-20240307-v1:0");
        assertThat(observation.model()).isEqualTo("claude-3-haiku-20240307");
        assertThat(observation.inputJson())
                .isEqualTo(JSON.readTree(
                        "{\"messages\":[{\"role\":\"user\",\"content\":\"Say hello\"}]," + "\"system\":\"Be kind.\"}"));
        assertThat(observation.outputJson())
                .isEqualTo(JSON.readTree("{\"role\":\"assistant\",\"content\":"
                        + "[{\"type\":\"text\",\"text\":\"Hello there, you\"}]}"));
        assertThat(observation.usage()).isEqualTo(BUCKETS);
        assertThat(observation.modelParameters().get("max_tokens").asInt()).isEqualTo(50);
        assertThat(observation.string("gen_ai.response.id")).startsWith("msg_bdrk_");
        assertThat(observation.attributes()).containsEntry("gen_ai.response.finish_reasons", List.of("end_turn"));
    }

    private String play(String scenario) throws Exception {
        return BENCH.play(version, scenario);
    }

    private static CollectedObservation take() {
        return BENCH.take();
    }
}
