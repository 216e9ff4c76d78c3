package dev.sonde.agent.instrumentation.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sonde.agent.instrumentation.LibraryBench;
import dev.sonde.testkit.Answer;
import dev.sonde.testkit.OpenAiProvider;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Chat models, with langchain4j-open-ai, whose HTTP client is its own. */
@ParameterizedClass(name = "LangChain4j {0}")
@ValueSource(strings = {LangChain4jApps.NEWEST, LangChain4jApps.OLDEST})
class LangChain4jModelsIT {
    private static final OpenAiProvider PROVIDER = OpenAiProvider.start();

    @RegisterExtension
    static final LibraryBench BENCH = LangChain4jApps.bench("ModelApp", PROVIDER);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MESSAGES = "[{\"role\":\"user\",\"content\":\"Say hello\"}]";
    private static final Answer.Usage USAGE = new Answer.Usage(12, 7, 4, 3);
    private static final Map<String, Long> BUCKETS =
            Map.of("input", 8L, "input_cached_tokens", 4L, "output", 4L, "output_reasoning_tokens", 3L, "total", 19L);
    private static final Answer HELLO = new Answer.Scripted("Hello there, you", List.of(), USAGE);
    private static final Answer GREET = Answer.toolCalls(new Answer.ToolCall("greet", "{\"name\":\"Ada Lovelace\"}"));

    @Parameter
    private String version;

    @Test
    void blocking_recordsRequestAnswerAndUsage() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(BENCH.play(version, "blocking")).isEqualTo("Hello there, you");

        CollectedObservation observation = take();
        assertComplete(observation);
        assertThat(observation.parentId()).isNull();
        assertThat(observation.modelParameters()).hasToString("{\"temperature\":0.5}");
        assertThat(observation.completionStart()).isNull();
    }

    @Test
    void blocking_insideAnObservedMethod_isItsChild() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(BENCH.play(version, "observed")).isEqualTo("Hello there, you");

        List<CollectedObservation> both = BENCH.take(2);
        assertThat(both).extracting(CollectedObservation::name).containsExactly("outer", "chat gpt-4o-mini");
        assertThat(both.get(1).parentId()).isEqualTo(both.get(0).id());
        assertComplete(both.get(1));
    }

    @Test
    void blocking_refused_recordsTheStatusAndThrowsTheSame() throws Exception {
        PROVIDER.answerNext(Answer.failure(429, "Slow down."));

        assertThat(BENCH.play(version, "blocking"))
                .contains("RateLimitException")
                .contains("Slow down.");

        CollectedObservation observation = take();
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.message()).startsWith("HTTP 429: ").contains("Slow down.");
        assertThat(observation.inputJson()).isEqualTo(JSON.readTree(MESSAGES));
        assertThat(observation.output()).isNull();
        assertThat(observation.usage()).isEmpty();
    }

    @Test
    void blocking_conversation_recordsRolesImagesAndToolCalls() throws Exception {
        PROVIDER.answerNext(Answer.text("A cat"));

        assertThat(BENCH.play(version, "conversation")).isEqualTo("A cat");

        CollectedObservation observation = take();
        assertThat(observation.inputJson().findValuesAsText("role"))
                .containsExactly("system", "user", "assistant", "tool");
        assertThat(observation.inputJson().at("/1/content/0/text").asText()).isEqualTo("What is this?");
        assertThat(observation.inputJson().at("/1/content/1/image_url/url").asText())
                .isEqualTo("data:image/png;base64,aGVsbG8=");
        assertThat(observation.inputJson().at("/1/content/2/image_url/url").asText())
                .isEqualTo("https://example.com/cat.png");
        assertThat(observation.inputJson().at("/2/tool_calls/0/function/name").asText())
                .isEqualTo("look");
        assertThat(observation.inputJson().at("/3/content").asText()).isEqualTo("a cat");
    }

    @Test
    void blocking_toolCall_isTheOutput() throws Exception {
        PROVIDER.answerNext(GREET);

        assertThat(BENCH.play(version, "tools")).isEqualTo("TOOL_EXECUTION {\"name\":\"Ada Lovelace\"}");

        CollectedObservation observation = take();
        assertTools(observation);
        assertThat(observation.modelParameters())
                .isEqualTo(JSON.readTree("{\"temperature\":0.5,\"max_output_tokens\":50}"));
    }

    @Test
    void subclassedModel_thatAsksAnother_isOneObservation() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(BENCH.play(version, "subclassed")).isEqualTo("Hello there, you");

        assertComplete(take());
    }

    @Test
    void wrappedModel_isOneObservation() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(BENCH.play(version, "wrapped")).isEqualTo("Hello there, you");

        assertComplete(take());
    }

    @Test
    void streaming_recordsAnswerUsageAndTimeToFirstToken() throws Exception {
        PROVIDER.answerNext(HELLO).pace(Pacing.every(Duration.ofMillis(40)));

        assertThat(BENCH.play(version, "streaming")).isEqualTo("Hello there, you|STOP");

        CollectedObservation observation = take();
        assertStreamed(observation);
        // One pause before the role, one before the first word; three words, a reason and the usage come after it.
        assertThat(Duration.between(observation.start(), observation.completionStart()))
                .isGreaterThanOrEqualTo(Duration.ofMillis(80));
        assertThat(Duration.between(observation.completionStart(), observation.end()))
                .isGreaterThanOrEqualTo(Duration.ofMillis(4 * 40 - 20));
    }

    @Test
    void streaming_whatTheHandlerDoes_isBesideTheCall() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(BENCH.play(version, "observedStreaming")).isEqualTo("Hello there, you|STOP");

        List<CollectedObservation> all = BENCH.take(3);
        assertThat(all).extracting(CollectedObservation::name).containsExactly("outer", "chat gpt-4o-mini", "noted");
        assertThat(all)
                .extracting(CollectedObservation::parentId)
                .containsExactly(null, all.get(0).id(), all.get(0).id());
        assertStreamed(all.get(1));
    }

    @Test
    void streaming_toolCall_isTheOutput() throws Exception {
        PROVIDER.answerNext(GREET);

        assertThat(BENCH.play(version, "streamingTools")).isEqualTo("|TOOL_EXECUTION");

        assertTools(take());
    }

    @Test
    void streaming_refused_recordsTheStatus() throws Exception {
        PROVIDER.answerNext(Answer.failure(401, "Wrong key."));

        assertThat(BENCH.play(version, "streaming")).contains("AuthenticationException");

        CollectedObservation observation = take();
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.message()).startsWith("HTTP 401: ");
    }

    @Test
    void streaming_thatBreaksOff_keepsWhatCame() throws Exception {
        PROVIDER.answerNext(Answer.cutAfter(3, HELLO)).pace(Pacing.every(Duration.ofMillis(40)));

        assertThat(BENCH.play(version, "streaming")).startsWith("threw ");

        CollectedObservation observation = take();
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.outputJson().at("/content").asText()).isEqualTo("Hello there");
        assertThat(observation.completionStart()).isNotNull();
    }

    @Test
    void streaming_whoseHandlerThrows_isAsTheLibraryTakesIt() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(BENCH.play(version, "streamingReaderThrows")).isEqualTo("read Hello");

        CollectedObservation observation = take();
        assertThat(observation.outputJson().at("/content").asText()).startsWith("Hello");
    }

    private static void assertTools(CollectedObservation observation) throws IOException {
        assertThat(observation.inputJson().at("/messages")).isEqualTo(JSON.readTree(MESSAGES));
        assertThat(observation.inputJson().at("/tools/0/function"))
                .isEqualTo(JSON.readTree("{\"name\":\"greet\",\"description\":\"Greets somebody\",\"parameters\":"
                        + "{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\",\"description\":\"whom\"},"
                        + "\"tone\":{\"type\":\"string\",\"enum\":[\"warm\",\"cold\"]}},\"required\":[\"name\"]}}"));
        assertThat(observation.outputJson().at("/tool_calls/0/function"))
                .isEqualTo(JSON.readTree("{\"name\":\"greet\",\"arguments\":\"{\\\"name\\\":\\\"Ada Lovelace\\\"}\"}"));
        assertThat(observation.attributes()).containsEntry("gen_ai.response.finish_reasons", List.of("tool_calls"));
    }

    private static CollectedObservation take() {
        return BENCH.take();
    }

    private static void assertStreamed(CollectedObservation observation) throws IOException {
        assertComplete(observation);
        assertThat(observation.modelParameters().at("/stream").asBoolean()).isTrue();
        assertThat(observation.completionStart()).isBetween(observation.start(), observation.end());
    }

    private static void assertComplete(CollectedObservation observation) throws IOException {
        assertThat(observation.type()).isEqualTo("generation");
        assertThat(observation.name()).isEqualTo("chat gpt-4o-mini");
        assertThat(observation.level()).isEqualTo("DEFAULT");
        assertThat(observation.message()).isEmpty();
        assertThat(observation.model()).isEqualTo("gpt-4o-mini");
        assertThat(observation.inputJson()).isEqualTo(JSON.readTree(MESSAGES));
        assertThat(observation.outputJson())
                .isEqualTo(JSON.readTree("{\"role\":\"assistant\",\"content\":\"Hello there, you\"}"));
        assertThat(observation.usage()).isEqualTo(BUCKETS);
        assertThat(observation.attributes())
                .containsEntry("gen_ai.operation.name", "chat")
                .containsEntry("gen_ai.provider.name", "openai")
                .containsEntry("gen_ai.request.model", "gpt-4o-mini")
                .containsEntry("gen_ai.response.model", "gpt-4o-mini")
                .containsEntry("gen_ai.response.finish_reasons", List.of("stop"))
                .hasEntrySatisfying(
                        "gen_ai.response.id", id -> assertThat((String) id).startsWith("chatcmpl-"));
    }
}
