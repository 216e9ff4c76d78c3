package dev.sonde.agent.instrumentation.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sonde.agent.instrumentation.LibraryBench;
import dev.sonde.agent.instrumentation.Stack;
import dev.sonde.testkit.Answer;
import dev.sonde.testkit.OpenAiProvider;
import dev.sonde.testkit.Pacing;
import dev.sonde.testkit.collector.CollectedObservation;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Each scenario runs in a JVM with the real agent; the provider and the collector are local. */
@ParameterizedClass(name = "azure-ai-openai {0}")
@ValueSource(strings = {"1.0.0-beta.16", "1.0.0-beta.8"})
class AzureOpenAiInstrumentationIT {
    private static final OpenAiProvider PROVIDER = OpenAiProvider.start();

    @RegisterExtension
    static final LibraryBench BENCH = LibraryBench.of(
            "azure-ai-openai",
            "com.example.azure.AzureApp",
            PROVIDER,
            PROVIDER.azureEndpoint(),
            AzureOpenAiInstrumentationIT::classPath);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OLDEST = "1.0.0-beta.8";
    private static final Answer HELLO =
            new Answer.Scripted("Hello there, you", List.of(), new Answer.Usage(20, 7, 6, 2, 0));
    private static final Answer GREET = new Answer.Scripted(
            null, List.of(new Answer.ToolCall("greet", "{\"name\":\"Ada\"}")), Answer.Usage.of(9, 3));
    /** So long on its way that it never ends before a client that leaves it has left. */
    private static final Answer LONG = Answer.text("Hello" + " there".repeat(4000));

    private static final String MESSAGES =
            "[{\"role\":\"system\",\"content\":\"Be kind.\"},{\"role\":\"user\",\"content\":\"Say hello\"}]";
    private static final String MESSAGE = "{\"role\":\"assistant\",\"content\":\"Hello there, you\"}";

    @Parameter
    private String version;

    private static List<String> classPath(String version) throws IOException {
        String beta = "azure-openai-" + version.substring("1.0.0-".length()).replace(".", "");
        return Stack.of(beta).compiled("azure-openai", beta);
    }

    @Test
    void chat_recordsRequestAnswerAndUsage() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("chat")).isEqualTo("Hello there, you");

        CollectedObservation observation = BENCH.take();
        assertAnswered(observation);
        assertThat(observation.parentId()).isNull();
        assertThat(observation.modelParameters()).isEqualTo(JSON.readTree("{\"max_tokens\":50,\"temperature\":0.5}"));
        assertThat(observation.completionStart()).isNull();
    }

    @Test
    void chat_insideAnObservedMethod_isItsChild() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("observed")).isEqualTo("Hello there, you");

        assertBelowOuter(BENCH.take(2));
    }

    @Test
    void chat_withResponse_recordsTheSame() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("withResponse")).isEqualTo("200 Hello there, you");

        assertAnswered(BENCH.take());
    }

    @Test
    void chat_refused_recordsTheStatusAndThrowsTheSame() throws Exception {
        PROVIDER.answerNext(Answer.failure(404, "No such deployment."));

        assertThat(play("chat")).isEqualTo("threw ResourceNotFoundException 404");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.message()).startsWith("HTTP 404: ").contains("No such deployment.");
        assertThat(observation.inputJson()).isEqualTo(JSON.readTree(MESSAGES));
        assertThat(observation.output()).isNull();
        assertThat(observation.usage()).isEmpty();
    }

    @Test
    void chat_triedAgainByTheLibrary_isOneObservation() throws Exception {
        PROVIDER.answerNext(Answer.failure(500, "Broken."), HELLO);

        assertThat(play("chat")).isEqualTo("Hello there, you");

        assertAnswered(BENCH.take());
        assertThat(PROVIDER.requests()).hasSize(2);
    }

    @Test
    void chat_image_isInTheInput() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("image")).isEqualTo("Hello there, you");

        assertThat(BENCH.take().inputJson().at("/0/content/1/image_url/url").asText())
                .isEqualTo("data:image/png;base64,AQID");
    }

    @Test
    void chat_toolCall_isTheOutput() throws Exception {
        PROVIDER.answerNext(GREET);

        assertThat(play("tools")).isEqualTo("tool_calls");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.inputJson().get("tools"))
                .isEqualTo(JSON.readTree("[{\"type\":\"function\",\"function\":{\"name\":\"greet\","
                        + "\"parameters\":{\"type\":\"object\"}}}]"));
        assertGreeted(observation);
    }

    @Test
    void chat_toolResult_isInTheInput() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("toolResult")).isEqualTo("Hello there, you");

        CollectedObservation observation = BENCH.take();
        assertThat(observation
                        .inputJson()
                        .at("/1/tool_calls/0/function/arguments")
                        .asText())
                .isEqualTo("{\"name\":\"Ada\"}");
        assertThat(observation.inputJson().get(2))
                .isEqualTo(JSON.readTree("{\"role\":\"tool\",\"content\":\"done\",\"tool_call_id\":\"t1\"}"));
    }

    @Test
    void async_recordsTheSame() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("async")).isEqualTo("Hello there, you");

        assertAnswered(BENCH.take());
    }

    @Test
    void async_withResponse_recordsTheSame() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("asyncWithResponse")).isEqualTo("200 Hello there, you");

        assertAnswered(BENCH.take());
    }

    @Test
    void async_insideAnObservedMethod_isItsChild() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("asyncObserved")).isEqualTo("Hello there, you");

        assertBelowOuter(BENCH.take(2));
    }

    @Test
    void async_subscribedTwice_isTwoCalls() throws Exception {
        PROVIDER.answerNext(HELLO, HELLO);

        assertThat(play("asyncTwice")).isEqualTo("Hello there, you and Hello there, you");

        for (CollectedObservation observation : BENCH.take(2)) {
            assertAnswered(observation);
        }
    }

    @Test
    void async_neverSubscribed_isNoCall() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("asyncNever")).isEqualTo("unused");
        assertThat(play("chat")).isEqualTo("Hello there, you");

        assertAnswered(BENCH.take());
    }

    @Test
    void async_refused_recordsTheStatusAndFailsTheSame() throws Exception {
        PROVIDER.answerNext(Answer.failure(401, "Who are you?"));

        assertThat(play("async")).isEqualTo("threw ClientAuthenticationException 401");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.message()).startsWith("HTTP 401: ").contains("Who are you?");
    }

    @Test
    void async_cancelled_endsWithAWarning() throws Exception {
        PROVIDER.answerNext(HELLO).pace(Pacing.every(Duration.ofSeconds(30)));

        assertThat(play("asyncCancelled")).isEqualTo("left");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.level()).isEqualTo("WARNING");
        assertThat(observation.message()).isEqualTo("The call was cancelled.");
    }

    @Test
    void stream_recordsTheSameAndTimeToFirstToken() throws Exception {
        PROVIDER.answerNext(HELLO).pace(Pacing.every(Duration.ofMillis(40)));

        Instant firstSeen = Instant.parse(play("streamTimed"));

        CollectedObservation observation = BENCH.take();
        assertStreamed(observation);
        // One pause before the role, one before the first word; the application sees it next, and the rest later.
        assertThat(Duration.between(observation.start(), observation.completionStart()))
                .isGreaterThanOrEqualTo(Duration.ofMillis(80));
        assertThat(observation.completionStart()).isBefore(firstSeen.plusMillis(100));
    }

    @Test
    void stream_readByAStream_recordsTheSame() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("stream")).isEqualTo("Hello there, you");

        assertStreamed(BENCH.take());
    }

    @Test
    void stream_readByALoop_recordsTheSame() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("streamLoop")).isEqualTo("Hello there, you");

        assertStreamed(BENCH.take());
    }

    @Test
    void stream_withResponse_recordsTheSame() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("streamWithResponse")).isEqualTo("200 Hello there, you");

        assertStreamed(BENCH.take());
    }

    @Test
    void stream_toolCall_isPutTogether() throws Exception {
        PROVIDER.answerNext(GREET);

        assertThat(play("streamTools")).isEqualTo("greet{\"name\":\"Ada\"}");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.outputJson().at("/tool_calls/0/function"))
                .hasToString("{\"name\":\"greet\",\"arguments\":\"{\\\"name\\\":\\\"Ada\\\"}\"}");
        assertThat(observation.attributes()).containsEntry("gen_ai.response.finish_reasons", List.of("tool_calls"));
    }

    @Test
    void stream_refused_recordsTheStatus() throws Exception {
        PROVIDER.answerNext(Answer.failure(403, "No access."));

        assertThat(play("stream")).isEqualTo("threw HttpResponseException 403");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.message()).startsWith("HTTP 403: ").contains("No access.");
    }

    @Test
    void stream_thatBreaksOff_keepsWhatCame() throws Exception {
        PROVIDER.answerNext(Answer.cutAfter(3, HELLO)).pace(Pacing.every(Duration.ofMillis(20)));

        // the library forgets what has come but was not read yet
        String said = play("streamBroken");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat("broken after " + observation.outputJson().get("content").asText())
                .isEqualTo(said);
    }

    @Test
    void stream_closedBeforeItsEnd_endsWithAWarning() throws Exception {
        assertLeft("streamClosed", "Hello", "The stream was closed before its end.");
    }

    @Test
    void stream_leftInTheMiddle_endsWithAWarningAndKeepsWhatCame() throws Exception {
        PROVIDER.answerNext(LONG).pace(Pacing.every(Duration.ofMillis(10)));

        assertThat(play("streamDropped")).isEqualTo("Hello");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.level()).isEqualTo("WARNING");
        assertThat(observation.message()).isEqualTo("The response was dropped before it was read to its end.");
        assertThat(observation.outputJson().get("content").asText()).isEqualTo("Hello");
    }

    @Test
    void asyncStream_recordsTheSame() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("asyncStream")).isEqualTo("Hello there, you");

        CollectedObservation observation = BENCH.take();
        assertStreamed(observation);
        assertThat(observation.completionStart()).isNotNull();
    }

    @Test
    void asyncStream_withResponse_recordsTheSame() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("asyncStreamWithResponse")).isEqualTo("Hello there, you");

        assertStreamed(BENCH.take());
    }

    @Test
    void asyncStream_subscribedTwice_isOneCall() throws Exception {
        PROVIDER.answerNext(HELLO);

        // the library keeps what it has read for further subscribers
        assertThat(play("asyncStreamTwice")).isEqualTo("Hello there, you and Hello there, you");

        assertStreamed(BENCH.take());
        assertThat(PROVIDER.requests()).hasSize(1);
    }

    @Test
    void asyncStream_ofWhichOnlyTheFirstIsTaken_endsWithAWarning() throws Exception {
        assertLeft("asyncStreamTaken", "Hello", "The call was cancelled.");
    }

    @Test
    void asyncStream_cancelled_endsWithAWarning() throws Exception {
        assertLeft("asyncStreamCancelled", "left", "The call was cancelled.");
    }

    @Test
    void embeddings_areEmbeddings() throws Exception {
        for (String scenario : List.of("embeddings", "asyncEmbeddings")) {
            assertThat(play(scenario)).isEqualTo("2 of 8");

            CollectedObservation observation = BENCH.take();
            assertThat(observation.type()).isEqualTo("embedding");
            assertThat(observation.name()).isEqualTo("embeddings gpt-4o-mini");
            assertThat(observation.inputJson()).hasToString("[\"red fox\",\"hen\"]");
            assertThat(observation.output()).isEqualTo("{\"vectors\":2,\"dimensions\":8}");
            assertThat(observation.usage()).containsOnlyKeys("input", "total");
            assertThat(observation.modelParameters().get("dimensions").asInt()).isEqualTo(8);
        }
    }

    private void assertLeft(String scenario, String said, String message) throws Exception {
        PROVIDER.answerNext(LONG).pace(Pacing.every(Duration.ofMillis(10)));

        assertThat(play(scenario)).isEqualTo(said);

        CollectedObservation observation = BENCH.take();
        assertThat(observation.level()).isEqualTo("WARNING");
        assertThat(observation.message()).isEqualTo(message);
        assertThat(observation.outputJson().get("content").asText()).startsWith("Hello");
    }

    private void assertBelowOuter(List<CollectedObservation> both) throws Exception {
        assertThat(both).extracting(CollectedObservation::name).containsExactly("outer", "chat gpt-4o-mini");
        assertThat(both.get(1).parentId()).isEqualTo(both.get(0).id());
        assertAnswered(both.get(1));
    }

    private void assertStreamed(CollectedObservation observation) throws Exception {
        assertSaid(observation);
        assertThat(observation.modelParameters().get("stream").asBoolean()).isTrue();
        // Asked for by nobody, the service does not count.
        assertThat(observation.usage()).isEmpty();
    }

    private void assertAnswered(CollectedObservation observation) throws Exception {
        assertSaid(observation);
        // The oldest version does not know of the details.
        assertThat(observation.usage())
                .isEqualTo(
                        version.equals(OLDEST)
                                ? Map.of("input", 20L, "output", 7L, "total", 27L)
                                : Map.of(
                                        "input",
                                        14L,
                                        "input_cached_tokens",
                                        6L,
                                        "output",
                                        5L,
                                        "output_reasoning_tokens",
                                        2L,
                                        "total",
                                        27L));
    }

    private void assertSaid(CollectedObservation observation) throws Exception {
        assertThat(observation.type()).isEqualTo("generation");
        assertThat(observation.name()).isEqualTo("chat gpt-4o-mini");
        assertThat(observation.model()).isEqualTo("gpt-4o-mini");
        assertThat(observation.inputJson()).isEqualTo(JSON.readTree(MESSAGES));
        assertThat(observation.outputJson()).isEqualTo(JSON.readTree(MESSAGE));
        assertThat(observation.level()).isEqualTo("DEFAULT");
        assertThat(observation.attributes())
                .containsEntry("gen_ai.operation.name", "chat")
                .containsEntry("gen_ai.provider.name", "azure.ai.openai")
                .containsEntry("gen_ai.request.model", "gpt-4o-mini")
                .containsEntry("gen_ai.response.finish_reasons", List.of("stop"))
                .containsEntry("server.address", "127.0.0.1");
        assertThat(observation.string("gen_ai.response.id")).startsWith("chatcmpl-");
    }

    private static void assertGreeted(CollectedObservation observation) {
        assertThat(observation.outputJson().at("/tool_calls/0/function/name").asText())
                .isEqualTo("greet");
        assertThat(observation
                        .outputJson()
                        .at("/tool_calls/0/function/arguments")
                        .asText())
                .isEqualTo("{\"name\":\"Ada\"}");
        assertThat(observation.usage()).isEqualTo(Map.of("input", 9L, "output", 3L, "total", 12L));
        assertThat(observation.attributes()).containsEntry("gen_ai.response.finish_reasons", List.of("tool_calls"));
    }

    private String play(String scenario) throws Exception {
        return BENCH.play(version, scenario);
    }
}
