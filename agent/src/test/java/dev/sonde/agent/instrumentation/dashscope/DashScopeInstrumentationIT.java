package dev.sonde.agent.instrumentation.dashscope;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sonde.agent.instrumentation.LibraryBench;
import dev.sonde.agent.instrumentation.Stack;
import dev.sonde.testkit.Answer;
import dev.sonde.testkit.DashScopeProvider;
import dev.sonde.testkit.Pacing;
import dev.sonde.testkit.collector.CollectedObservation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each scenario runs in a JVM with the real agent; the provider and the collector are local. */
@ParameterizedClass(name = "dashscope-sdk-java {0}")
@ValueSource(strings = {"2.22.13", "2.20.8"})
class DashScopeInstrumentationIT {
    private static final DashScopeProvider PROVIDER = DashScopeProvider.start();

    @RegisterExtension
    static final LibraryBench BENCH = LibraryBench.of(
            "dashscope-sdk-java",
            "com.example.dashscope.DashScopeApp",
            PROVIDER,
            PROVIDER.baseUrl(),
            version -> Stack.of("dashscope-" + version.replaceFirst("\\.\\d+$", ""))
                    .compiled("dashscope"));

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Answer HELLO =
            new Answer.Scripted("Hello there, you", List.of(), new Answer.Usage(20, 7, 6, 0));
    private static final Answer GREET = new Answer.Scripted(
            null, List.of(new Answer.ToolCall("greet", "{\"name\":\"Ada\"}")), Answer.Usage.of(9, 3));
    /** So long on its way that it never ends before a client that leaves it has left. */
    private static final Answer LONG = Answer.text("Hello" + " there".repeat(4000));

    private static final String MESSAGES =
            "[{\"role\":\"system\",\"content\":\"Be kind.\"},{\"role\":\"user\",\"content\":\"Say hello\"}]";

    @Parameter
    private String version;

    @ParameterizedTest
    @ValueSource(strings = {"chat", "callback"})
    void chat_recordsRequestAnswerAndUsage(String scenario) throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play(scenario)).isEqualTo("Hello there, you");

        CollectedObservation observation = BENCH.take();
        assertSaid(observation);
        assertThat(observation.modelParameters().get("temperature").asDouble()).isEqualTo(0.5);
        assertThat(observation.modelParameters().has("stream")).isFalse();
        assertThat(observation.completionStart()).isNull();
    }

    @Test
    void chat_insideAnObservedMethod_isItsChild() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("observed")).isEqualTo("Hello there, you");

        List<CollectedObservation> both = BENCH.take(2);
        assertThat(both).extracting(CollectedObservation::name).containsExactly("outer", "chat qwen-plus");
        assertThat(both.get(1).parentId()).isEqualTo(both.get(0).id());
        assertSaid(both.get(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "callback", "stream", "streamCallback"})
    void refused_recordsTheStatusAndFailsTheSame(String scenario) throws Exception {
        PROVIDER.answerNext(Answer.failure(429, "Slow down."));

        assertThat(play(scenario)).startsWith("threw ").contains("429").contains("Slow down.");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.message()).startsWith("HTTP 429: ").contains("Slow down.");
        assertThat(observation.inputJson()).isEqualTo(JSON.readTree(MESSAGES));
        assertThat(observation.usage()).isEmpty();
    }

    @Test
    void prompt_isACompletion() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("prompt")).isEqualTo("Hello there, you");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.name()).isEqualTo("text_completion qwen-plus");
        assertThat(observation.inputJson().asText()).isEqualTo("Say hello");
        assertThat(observation.outputJson().asText()).isEqualTo("Hello there, you");
        assertThat(observation.attributes()).containsEntry("gen_ai.response.finish_reasons", List.of("stop"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tools", "streamTools"})
    void toolCall_isTheOutput(String scenario) throws Exception {
        PROVIDER.answerNext(GREET);

        assertThat(play(scenario)).isEqualTo("tool_calls");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.inputJson().at("/tools/0/function/name").asText())
                .isEqualTo("greet");
        assertThat(observation.outputJson().at("/tool_calls/0/function"))
                .hasToString("{\"name\":\"greet\",\"arguments\":\"{\\\"name\\\":\\\"Ada\\\"}\"}");
        assertThat(observation.usage()).isEqualTo(Map.of("input", 9L, "output", 3L, "total", 12L));
        assertThat(observation.attributes()).containsEntry("gen_ai.response.finish_reasons", List.of("tool_calls"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"stream", "streamWhole", "streamCallback"})
    void stream_recordsTheSameAndTimeToFirstToken(String scenario) throws Exception {
        PROVIDER.answerNext(HELLO).pace(Pacing.every(Duration.ofMillis(40)));

        assertThat(play(scenario)).isEqualTo("Hello there, you");

        CollectedObservation observation = BENCH.take();
        assertSaid(observation);
        assertThat(observation.modelParameters().get("stream").asBoolean()).isTrue();
        assertThat(Duration.between(observation.start(), observation.completionStart()))
                .isGreaterThanOrEqualTo(Duration.ofMillis(40));
        assertThat(observation.completionStart()).isBefore(observation.end());
    }

    @Test
    void stream_subscribedTwice_isTwoCalls() throws Exception {
        PROVIDER.answerNext(HELLO, HELLO);

        assertThat(play("streamTwice")).isEqualTo("Hello there, you and Hello there, you");

        BENCH.take(2).forEach(DashScopeInstrumentationIT::assertAnswered);
    }

    @Test
    void stream_neverSubscribed_isNoCall() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("streamNever")).isEqualTo("unused");
        assertThat(play("chat")).isEqualTo("Hello there, you");

        assertSaid(BENCH.take());
    }

    @ParameterizedTest
    @ValueSource(strings = {"stream", "streamCallback"})
    void stream_thatFailsWithin_keepsWhatCame(String scenario) throws Exception {
        PROVIDER.answerNext(Answer.failAfter(2, HELLO, 500, "Overloaded."));

        assertThat(play(scenario)).startsWith("threw ").contains("Overloaded.");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.message()).contains("Overloaded.");
        assertThat(observation.outputJson().get("content").asText()).isEqualTo("Hello there");
    }

    @Test
    void stream_leftByItsSubscriber_endsWithAWarningAndKeepsWhatCame() throws Exception {
        PROVIDER.answerNext(LONG).pace(Pacing.every(Duration.ofMillis(10)));

        assertThat(play("streamLeft")).isEqualTo("left");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.level()).isEqualTo("WARNING");
        assertThat(observation.message()).isEqualTo("The call was cancelled.");
        assertThat(observation.outputJson().get("content").asText()).startsWith("Hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"image", "imageCallback", "imageStream"})
    void image_isInTheInput(String scenario) throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play(scenario)).isEqualTo("Hello there, you");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.name()).isEqualTo("chat qwen-vl-plus");
        assertThat(observation.inputJson().at("/0/content/0/image").asText()).isEqualTo("https://example.com/fox.png");
        assertThat(observation.output()).contains("Hello there, you");
        assertUsage(observation);
    }

    @ParameterizedTest
    @ValueSource(strings = {"embed", "embedCallback"})
    void embeddings_areEmbeddings(String scenario) throws Exception {
        assertThat(play(scenario)).isEqualTo("2 vectors");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.type()).isEqualTo("embedding");
        assertThat(observation.name()).isEqualTo("embeddings text-embedding-v4");
        assertThat(observation.inputJson()).hasToString("[\"red fox\",\"hen\"]");
        assertThat(observation.output()).isEqualTo("{\"vectors\":2,\"dimensions\":1024}");
        assertThat(observation.usage()).containsOnlyKeys("input", "total");
        assertThat(observation.usage().get("input"))
                .isPositive()
                .isEqualTo(observation.usage().get("total"));
    }

    private static void assertSaid(CollectedObservation observation) throws IOException {
        assertAnswered(observation);
        assertThat(observation.inputJson()).isEqualTo(JSON.readTree(MESSAGES));
        assertThat(observation.outputJson())
                .isEqualTo(JSON.readTree("{\"role\":\"assistant\",\"content\":\"Hello there, you\"}"));
    }

    private static void assertAnswered(CollectedObservation observation) {
        assertThat(observation.type()).isEqualTo("generation");
        assertThat(observation.name()).isEqualTo("chat qwen-plus");
        assertThat(observation.model()).isEqualTo("qwen-plus");
        assertThat(observation.level()).isEqualTo("DEFAULT");
        assertUsage(observation);
        assertThat(observation.attributes())
                .containsEntry("gen_ai.operation.name", "chat")
                .containsEntry("gen_ai.provider.name", "dashscope")
                .containsEntry("gen_ai.request.model", "qwen-plus")
                .containsEntry("gen_ai.response.finish_reasons", List.of("stop"))
                .containsEntry("server.address", "127.0.0.1");
        assertThat(observation.string("gen_ai.response.id")).startsWith("request-");
    }

    private static void assertUsage(CollectedObservation observation) {
        assertThat(observation.usage())
                .isEqualTo(Map.of("input", 14L, "input_cached_tokens", 6L, "output", 7L, "total", 27L));
    }

    private String play(String scenario) throws Exception {
        return BENCH.play(version, scenario);
    }
}
