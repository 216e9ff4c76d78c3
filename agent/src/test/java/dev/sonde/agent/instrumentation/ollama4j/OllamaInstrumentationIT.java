package dev.sonde.agent.instrumentation.ollama4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sonde.agent.instrumentation.LibraryBench;
import dev.sonde.agent.instrumentation.Stack;
import dev.sonde.testkit.Answer;
import dev.sonde.testkit.OllamaProvider;
import dev.sonde.testkit.Pacing;
import dev.sonde.testkit.collector.CollectedObservation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each scenario runs in a JVM with the real agent; the provider and the collector are local. */
class OllamaInstrumentationIT {
    private static final String NEWEST = "1.1.6";
    private static final String OLDEST = "1.0.100";
    private static final OllamaProvider PROVIDER = OllamaProvider.start();

    @RegisterExtension
    static final LibraryBench BENCH = LibraryBench.of(
            "ollama4j", "com.example.ollama.Main", PROVIDER, PROVIDER.baseUrl(), OllamaInstrumentationIT::classPath);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MESSAGES = "[{\"role\":\"user\",\"content\":\"Say hello\"}]";
    private static final Answer.Usage USAGE = Answer.Usage.of(12, 7);
    private static final Map<String, Long> BUCKETS = Map.of("input", 12L, "output", 7L, "total", 19L);
    private static final Answer.Scripted HELLO = new Answer.Scripted("Hello there, you", List.of(), USAGE);
    private static final Answer.Scripted WEATHER =
            new Answer.Scripted(null, List.of(new Answer.ToolCall("weather", "{\"city\":\"Oslo\"}")), USAGE);

    @ParameterizedTest
    @ValueSource(strings = {NEWEST, OLDEST})
    void chat_recordsMessagesAnswerAndUsage(String version) throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(BENCH.play(version, "chat")).isEqualTo("Hello there, you");

        CollectedObservation observation = BENCH.take();
        assertChat(observation);
        assertThat(observation.parentId()).isNull();
        assertThat(observation.completionStart()).isNull();
    }

    @Test
    void chat_insideAnObservedMethod_isItsChild() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("observed")).isEqualTo("Hello there, you");

        List<CollectedObservation> both = BENCH.take(2);
        assertThat(both).extracting(CollectedObservation::name).containsExactly("outer", "chat llama3.2");
        assertThat(both.get(1).parentId()).isEqualTo(both.get(0).id());
        assertChat(both.get(1));
    }

    @Test
    void chat_withOptionsAndThoughts_recordsThem() throws Exception {
        PROVIDER.answerNext(HELLO, HELLO.withThinking("A greeting is due."));

        assertThat(play("options")).isEqualTo("Hello there, you");
        assertThat(BENCH.take().modelParameters().at("/options/temperature").asDouble())
                .isEqualTo(0.5);

        assertThat(play("thinking")).isEqualTo("Hello there, you");
        CollectedObservation observation = BENCH.take();
        assertThat(observation.modelParameters().at("/think").asBoolean()).isTrue();
        assertThat(observation.outputJson().at("/thinking").asText()).isEqualTo("A greeting is due.");
    }

    @Test
    void chat_refused_recordsTheStatusAndThrowsTheSame() throws Exception {
        PROVIDER.answerNext(Answer.failure(404, "model 'llama3.2' not found"));

        assertThat(play("chat"))
                .isEqualTo("threw io.github.ollama4j.exceptions.OllamaException: model 'llama3.2' not found");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.message()).isEqualTo("HTTP 404: model 'llama3.2' not found");
        assertThat(observation.inputJson()).isEqualTo(JSON.readTree(MESSAGES));
        assertThat(observation.output()).isNull();
    }

    @Test
    void chat_interrupted_endsWithAWarning() throws Exception {
        assertThat(play("interrupted")).contains("Thread was interrupted");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.level()).isEqualTo("WARNING");
        assertThat(observation.message()).isEqualTo("The call was cancelled.");
    }

    @ParameterizedTest
    @ValueSource(strings = {NEWEST, OLDEST})
    void streaming_recordsTheSameAndTimeToFirstToken(String version) throws Exception {
        PROVIDER.answerNext(HELLO).pace(Pacing.every(Duration.ofMillis(150)));

        assertThat(BENCH.play(version, "streaming")).isEqualTo("Hello there, you");

        CollectedObservation observation = BENCH.take();
        assertChat(observation);
        assertThat(observation.modelParameters().at("/stream").asBoolean()).isTrue();
        assertThat(observation.completionStart()).isBetween(observation.start(), observation.end());
        // Three more words and the last line come; the application may be slow to read the first.
        assertThat(Duration.between(observation.completionStart(), observation.end()))
                .isGreaterThanOrEqualTo(Duration.ofMillis(150));
    }

    @Test
    void streaming_thatBreaksOff_keepsWhatCame() throws Exception {
        PROVIDER.answerNext(Answer.cutAfter(3, HELLO)).pace(Pacing.every(Duration.ofMillis(100)));

        assertThat(play("streaming")).startsWith("threw ");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.outputJson().at("/content").asText()).startsWith("Hello there");
    }

    @Test
    void streaming_whoseReaderThrows_isNotTheProvidersError() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("readerThrows")).contains("the application's own");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.level()).isEqualTo("WARNING");
        assertThat(observation.message()).isEqualTo("The stream was closed before its end.");
        assertThat(observation.outputJson().at("/content").asText()).isEqualTo("Hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {NEWEST, OLDEST})
    void tools_areSteps_andEachQuestionAGeneration(String version) throws Exception {
        PROVIDER.answerNext(WEATHER, HELLO);

        assertThat(BENCH.play(version, "tools")).isEqualTo("Hello there, you");

        List<CollectedObservation> all = BENCH.take(4);
        CollectedObservation chat = all.get(0);
        assertThat(chat.type()).isEqualTo("chain");
        assertThat(chat.usage()).isEmpty();
        assertThat(all)
                .extracting(CollectedObservation::type)
                .containsExactly("chain", "generation", "tool", "generation");
        assertThat(all.subList(1, 4)).extracting(CollectedObservation::parentId).containsOnly(chat.id());
        CollectedObservation first = all.get(1);
        assertThat(first.inputJson().at("/tools/0/function/name").asText()).isEqualTo("weather");
        assertThat(first.outputJson()
                        .at("/tool_calls/0/function/arguments/city")
                        .asText())
                .isEqualTo("Oslo");
        assertThat(first.usage()).isEqualTo(BUCKETS);
        assertTool(all.get(2));
        assertThat(all.get(3).inputJson().at("/messages")).hasSize(3);
        assertThat(all.get(3).outputJson().at("/content").asText()).isEqualTo("Hello there, you");
    }

    @Test
    void tool_thatThrows_isAnErrorOfTheToolAndOfTheChat() throws Exception {
        PROVIDER.answerNext(
                new Answer.Scripted(null, List.of(new Answer.ToolCall("weather", "{\"city\":\"Atlantis\"}")), USAGE));

        assertThat(play("tools")).contains("no such city");

        List<CollectedObservation> both = BENCH.take(2);
        assertThat(both).extracting(CollectedObservation::type).containsExactly("generation", "tool");
        assertThat(both).extracting(CollectedObservation::level).containsOnly("ERROR");
        assertThat(both)
                .extracting(CollectedObservation::message)
                .containsExactly("no such city", "IllegalArgumentException: no such city");
    }

    @Test
    void agent_isAnAgentAroundChatsAndTools() throws Exception {
        PROVIDER.answerNext(WEATHER, HELLO);

        assertThat(play("agent")).isEqualTo("Hello there, you");

        List<CollectedObservation> all = BENCH.take(5);
        CollectedObservation agent = all.get(0);
        assertThat(agent.type()).isEqualTo("agent");
        assertThat(agent.name()).isEqualTo("reporter");
        assertThat(agent.input()).isEqualTo("How is the weather in Oslo?");
        assertThat(agent.output()).isNull(); // its history, from which that is taken, this version empties itself
        assertThat(all.get(1).parentId()).isEqualTo(agent.id());
        assertTool(all.get(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {NEWEST, OLDEST})
    void generate_recordsPromptAndText(String version) throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(BENCH.play(version, "generate")).isEqualTo("Hello there, you");

        CollectedObservation observation = BENCH.take();
        assertCompletion(observation);
        assertThat(observation.attributes()).containsEntry("gen_ai.response.finish_reasons", List.of("stop"));
    }

    @Test
    void generate_streamed_recordsThoughtsAndTimeToFirstToken() throws Exception {
        PROVIDER.answerNext(HELLO.withThinking("A greeting is due."));

        assertThat(play("generateStreaming")).endsWith("Hello there, you");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.outputJson())
                .hasToString("{\"thinking\":\"A greeting is due.\",\"response\":\"Hello there, you\"}");
        assertThat(observation.completionStart()).isBetween(observation.start(), observation.end());
        assertThat(observation.usage()).isEqualTo(BUCKETS);
    }

    @Test
    void generate_refused_recordsWhy() throws Exception {
        PROVIDER.answerNext(Answer.failure(404, "model 'llama3.2' not found"));

        assertThat(play("generate")).contains("not found");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.message()).isEqualTo("model 'llama3.2' not found");
    }

    @ParameterizedTest
    @ValueSource(strings = {NEWEST, OLDEST})
    void async_recordsTheSameAndTimeToFirstToken(String version) throws Exception {
        PROVIDER.answerNext(HELLO).pace(Pacing.every(Duration.ofMillis(20)));

        assertThat(BENCH.play(version, "async")).isEqualTo("Hello there, you");

        List<CollectedObservation> all = BENCH.take(version.equals(NEWEST) ? 2 : 1);
        CollectedObservation observation = all.get(all.size() - 1);
        assertCompletion(observation);
        assertThat(observation.completionStart()).isBetween(observation.start(), observation.end());
        if (version.equals(NEWEST)) {
            // the oldest does not read why an answer ended
            assertThat(observation.attributes()).containsEntry("gen_ai.response.finish_reasons", List.of("stop"));
            assertThat(observation.parentId()).isEqualTo(all.get(0).id());
        }
    }

    @Test
    void async_refused_recordsTheStatus() throws Exception {
        PROVIDER.answerNext(Answer.failure(404, "model 'llama3.2' not found"));

        assertThat(play("async")).isEqualTo("[FAILED] model 'llama3.2' not found");

        CollectedObservation observation = BENCH.take(2).get(1);
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.message()).isEqualTo("HTTP 404: model 'llama3.2' not found");
    }

    @ParameterizedTest
    @ValueSource(strings = {NEWEST, OLDEST})
    void embed_recordsTextsAndTheSizeOfTheVectors(String version) throws Exception {
        assertThat(BENCH.play(version, "embed")).isEqualTo("2 vectors");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.type()).isEqualTo("embedding");
        assertThat(observation.name()).isEqualTo("embeddings nomic-embed-text");
        assertThat(observation.inputJson()).hasToString("[\"red fox\",\"blue whale\"]");
        assertThat(observation.outputJson().at("/vectors").asInt()).isEqualTo(2);
        assertThat(observation.usage()).isEqualTo(Map.of("input", 4L, "total", 4L));
        assertSent(observation, "embeddings", "nomic-embed-text");
    }

    @Test
    void embed_refused_recordsTheStatus() throws Exception {
        PROVIDER.answerNext(Answer.failure(404, "model 'nomic-embed-text' not found"));

        assertThat(play("embed")).contains("404");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.message()).startsWith("404 - ").contains("not found");
    }

    private static String play(String scenario) throws Exception {
        return BENCH.play(NEWEST, scenario);
    }

    private static void assertChat(CollectedObservation observation) throws IOException {
        assertThat(observation.type()).isEqualTo("generation");
        assertThat(observation.name()).isEqualTo("chat llama3.2");
        assertThat(observation.level()).isEqualTo("DEFAULT");
        assertThat(observation.message()).isEmpty();
        assertThat(observation.inputJson()).isEqualTo(JSON.readTree(MESSAGES));
        assertThat(observation.outputJson()).hasToString("{\"role\":\"assistant\",\"content\":\"Hello there, you\"}");
        assertThat(observation.usage()).isEqualTo(BUCKETS);
        assertSent(observation, "chat", "llama3.2");
        assertThat(observation.attributes())
                .containsEntry("gen_ai.response.model", "llama3.2")
                .containsEntry("gen_ai.response.finish_reasons", List.of("stop"));
    }

    private static void assertCompletion(CollectedObservation observation) {
        assertThat(observation.type()).isEqualTo("generation");
        assertThat(observation.name()).isEqualTo("text_completion llama3.2");
        assertThat(observation.level()).isEqualTo("DEFAULT");
        assertThat(observation.input()).isEqualTo("\"Say hello\"");
        assertThat(observation.output()).isEqualTo("\"Hello there, you\"");
        assertThat(observation.usage()).isEqualTo(BUCKETS);
        assertSent(observation, "text_completion", "llama3.2");
    }

    private static void assertTool(CollectedObservation observation) {
        assertThat(observation.type()).isEqualTo("tool");
        assertThat(observation.name()).isEqualTo("weather");
        assertThat(observation.input()).isEqualTo("{\"city\":\"Oslo\"}");
        assertThat(observation.output()).isEqualTo("rain in Oslo");
    }

    private static void assertSent(CollectedObservation observation, String operation, String model) {
        assertThat(observation.model()).isEqualTo(model);
        assertThat(observation.attributes())
                .containsEntry("gen_ai.operation.name", operation)
                .containsEntry("gen_ai.provider.name", "ollama")
                .containsEntry("gen_ai.request.model", model)
                .containsEntry("server.address", "127.0.0.1");
    }

    private static List<String> classPath(String version) throws IOException {
        String line = version.substring(0, 3);
        return Stack.of("ollama4j-" + line).compiled("ollama4j", "ollama4j-" + line);
    }
}
