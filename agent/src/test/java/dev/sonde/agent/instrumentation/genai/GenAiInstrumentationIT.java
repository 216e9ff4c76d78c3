package dev.sonde.agent.instrumentation.genai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sonde.agent.instrumentation.LibraryBench;
import dev.sonde.agent.instrumentation.ScenarioApp;
import dev.sonde.testkit.Answer;
import dev.sonde.testkit.GeminiProvider;
import dev.sonde.testkit.Pacing;
import dev.sonde.testkit.collector.CollectedObservation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Each scenario runs in a JVM with the real agent; the provider and the collector are local. */
@ParameterizedClass(name = "google-genai {0}")
@ValueSource(strings = {"2.0.0", "1.19.0"})
class GenAiInstrumentationIT {
    private static final GeminiProvider PROVIDER = GeminiProvider.start();

    @RegisterExtension
    static final LibraryBench BENCH = LibraryBench.of(
            "google-genai",
            "com.example.genai.GenAiApp",
            PROVIDER,
            PROVIDER.baseUrl(),
            GenAiInstrumentationIT::classPath);

    private static final String NAME = "generate_content gemini-2.5-flash";
    private static final String CONTENTS = "[{\"parts\":[{\"text\":\"Say hello\"}],\"role\":\"user\"}]";
    private static final String HELLO_CONTENT = "{\"parts\":[{\"text\":\"Hello there, you\"}],\"role\":\"model\"}";
    private static final Answer.Usage USAGE = new Answer.Usage(12, 7, 4, 3);
    private static final Map<String, Long> BUCKETS =
            Map.of("input", 8L, "input_cached_tokens", 4L, "output", 4L, "output_reasoning_tokens", 3L, "total", 19L);
    private static final Answer.Scripted HELLO = new Answer.Scripted("Hello there, you", List.of(), USAGE);
    private static final Answer WEATHER = Answer.toolCalls(new Answer.ToolCall("weather", "{\"city\":\"Oslo\"}"));

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
        assertThat(both).extracting(CollectedObservation::name).containsExactly("outer", NAME);
        assertThat(both.get(1).parentId()).isEqualTo(both.get(0).id());
        assertComplete(both.get(1));
    }

    @Test
    void blocking_refused_recordsTheStatusAndThrowsTheSame() throws Exception {
        PROVIDER.answerNext(Answer.failure(400, "No such thing."));

        assertThat(BENCH.play(version, "blocking")).contains("ClientException").contains("No such thing.");

        CollectedObservation observation = take();
        assertThat(observation.message()).startsWith("HTTP 400: ").contains("No such thing.");
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.inputJson()).hasToString(CONTENTS);
        assertThat(observation.output()).isNull();
        assertThat(observation.usage()).isEmpty();
    }

    @Test
    void thoughts_areParts() throws Exception {
        PROVIDER.answerNext(HELLO.withThinking("A greeting."));

        assertThat(BENCH.play(version, "blocking")).isEqualTo("Hello there, you");

        assertThat(take().outputJson().at("/parts"))
                .isEqualTo(json("[{\"text\":\"A greeting.\",\"thought\":true},{\"text\":\"Hello there, you\"}]"));
    }

    @Test
    void image_isADataUriOrAReferenceToIt() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(BENCH.play(version, "image")).isEqualTo("Hello there, you");

        CollectedObservation observation = take();
        assertThat(observation.inputJson().at("/0/parts/0/text").asText()).isEqualTo("What is this?");
        assertThat(observation.inputJson().at("/0/parts/1/inlineData/mimeType").asText())
                .isEqualTo("image/png");
        assertThat(observation.inputJson().at("/0/parts/1/inlineData/data").asText())
                .satisfiesAnyOf(
                        text -> assertThat(text).isEqualTo("data:image/png;base64,iVBORw=="),
                        text -> assertThat(text).startsWith("@@@langfuseMedia:type=image/png|"));
    }

    @Test
    void systemInstruction_isPartOfTheInput() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(BENCH.play(version, "system")).isEqualTo("Hello there, you");

        CollectedObservation observation = take();
        assertThat(observation.inputJson().at("/systemInstruction/parts/0/text").asText())
                .isEqualTo("Be brief.");
        assertThat(observation.inputJson().at("/contents")).isEqualTo(json(CONTENTS));
        assertThat(observation.modelParameters()).hasToString("{\"maxOutputTokens\":64}");
    }

    @Test
    void tools_offeredAndCalled_areInputAndOutput() throws Exception {
        PROVIDER.answerNext(Answer.toolCalls(new Answer.ToolCall("greet", "{\"name\":\"Ada\"}")));

        assertThat(BENCH.play(version, "tools")).isEqualTo("greet");

        CollectedObservation observation = take();
        assertThat(observation
                        .inputJson()
                        .at("/tools/0/functionDeclarations/0/name")
                        .asText())
                .isEqualTo("greet");
        assertThat(observation.outputJson().at("/parts/0/functionCall"))
                .isEqualTo(json("{\"args\":{\"name\":\"Ada\"},\"name\":\"greet\"}"));
        assertThat(observation.attributes()).containsEntry("gen_ai.response.finish_reasons", List.of("STOP"));
    }

    @Test
    void automaticCalls_areAChainOfGenerationsAndTools() throws Exception {
        PROVIDER.answerNext(WEATHER, HELLO);

        assertThat(BENCH.play(version, "automatic")).isEqualTo("Hello there, you");

        assertLoop(BENCH.take(4), "\"Sunny in Oslo\"");
    }

    @Test
    void automaticCalls_async_areTheSame() throws Exception {
        PROVIDER.answerNext(WEATHER, HELLO);

        assertThat(BENCH.play(version, "automaticAsync")).isEqualTo("Hello there, you");

        assertLoop(BENCH.take(4), "\"Sunny in Oslo\"");
    }

    @Test
    void automaticCalls_thatTheModelDoesNotMake_areOneGeneration() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(BENCH.play(version, "automatic")).isEqualTo("Hello there, you");

        CollectedObservation observation = take();
        assertThat(observation.type()).isEqualTo("generation");
        assertThat(observation.name()).isEqualTo(NAME);
        assertThat(observation.usage()).isEqualTo(BUCKETS);
        assertThat(observation.outputJson()).isEqualTo(json(HELLO_CONTENT));
    }

    @Test
    void automaticCall_ofAFunctionThatThrows_isAnErrorOfTheTool() throws Exception {
        PROVIDER.answerNext(Answer.toolCalls(new Answer.ToolCall("broken", "{\"city\":\"Oslo\"}")), HELLO);

        assertThat(BENCH.play(version, "automaticBroken")).isEqualTo("Hello there, you");

        CollectedObservation tool = BENCH.take(4).stream()
                .filter(observation -> observation.type().equals("tool"))
                .findFirst()
                .orElseThrow();
        assertThat(tool.name()).isEqualTo("broken");
        assertThat(tool.level()).isEqualTo("ERROR");
        assertThat(tool.message()).isEqualTo("IllegalStateException: no weather in Oslo");
    }

    @Test
    void async_recordsTheSame() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(BENCH.play(version, "async")).isEqualTo("Hello there, you");

        assertComplete(take());
    }

    @Test
    void async_refused_recordsTheStatusAndFailsTheSame() throws Exception {
        PROVIDER.answerNext(Answer.failure(403, "Not you."));

        assertThat(BENCH.play(version, "async")).contains("ClientException").contains("Not you.");

        CollectedObservation observation = take();
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.message()).startsWith("HTTP 403: ");
    }

    @Test
    void async_cancelled_isAWarning() throws Exception {
        PROVIDER.answerNext(HELLO).pace(Pacing.every(Duration.ofMillis(300)));

        assertThat(BENCH.play(version, "asyncCancelled")).isEqualTo("cancelled");

        CollectedObservation observation = take();
        assertThat(observation.level()).isEqualTo("WARNING");
        assertThat(observation.message()).isEqualTo("The call was cancelled.");
    }

    @Test
    void streaming_recordsAnswerUsageAndTimeToFirstToken() throws Exception {
        PROVIDER.answerNext(HELLO).pace(Pacing.every(Duration.ofMillis(60)));

        assertThat(BENCH.play(version, "streaming")).isEqualTo("Hello there, you");

        CollectedObservation observation = take();
        assertStreamed(observation);
        // Two responses more come after the one that the first is read with, in versions that read ahead.
        assertThat(Duration.between(observation.completionStart(), observation.end()))
                .isGreaterThanOrEqualTo(Duration.ofMillis(2 * 60 - 20));
    }

    @Test
    void streaming_readByIterator_recordsTheSame() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(BENCH.play(version, "streamingIterator")).isEqualTo("Hello there, you");

        assertStreamed(take());
    }

    @Test
    void streaming_toolCall_isAPart() throws Exception {
        PROVIDER.answerNext(WEATHER);

        assertThat(BENCH.play(version, "streamingIterator")).isIn("null", "");

        assertThat(take().outputJson().at("/parts/0/functionCall/args")).isEqualTo(json("{\"city\":\"Oslo\"}"));
    }

    @Test
    void streaming_refused_recordsTheStatus() throws Exception {
        PROVIDER.answerNext(Answer.failure(401, "Wrong key."));

        assertThat(BENCH.play(version, "streaming")).contains("ClientException");

        CollectedObservation observation = take();
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.message()).startsWith("HTTP 401: ");
    }

    @Test
    void streaming_thatBreaksOff_keepsWhatCame() throws Exception {
        PROVIDER.answerNext(Answer.cutAfter(3, HELLO));

        assertThat(BENCH.play(version, "streaming")).startsWith("threw ");

        CollectedObservation observation = take();
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.message()).isNotEmpty();
        assertThat(observation.outputJson().at("/parts/0/text").asText()).startsWith("Hello");
        assertThat(observation.completionStart()).isNotNull();
    }

    @Test
    void streaming_cancelled_keepsWhatCameAndStopsTheProvider() throws Exception {
        PROVIDER.answerNext(Answer.text("word ".repeat(400))).pace(Pacing.every(Duration.ofMillis(5)));

        assertThat(BENCH.play(version, "streamingCancelled")).isEqualTo("word");

        assertCutShort(take(), "The stream was closed before its end.");
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> PROVIDER.cancelledStreams() == 1);
    }

    @Test
    void streaming_dropped_endsWhenCollected() throws Exception {
        PROVIDER.answerNext(Answer.text("word ".repeat(400)));

        assertThat(BENCH.play(version, "streamingDropped")).isEqualTo("word");

        assertCutShort(take(), "The response was dropped before it was read to its end.");
    }

    @Test
    void streaming_whoseReaderThrows_isNotTheProvidersError() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(BENCH.play(version, "streamingThrows"))
                .isEqualTo("threw java.lang.IllegalStateException: the application's own");

        assertThat(take().level()).isEqualTo("WARNING");
    }

    @Test
    void asyncStreaming_recordsTheSame() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(BENCH.play(version, "asyncStreaming")).isEqualTo("Hello there, you");

        assertStreamed(take());
    }

    @Test
    void chat_isAGenerationForEachMessageWithTheHistory() throws Exception {
        PROVIDER.answerNext(HELLO, Answer.text("Once more"));

        assertThat(BENCH.play(version, "chat")).isEqualTo("Hello there, you / Once more");

        List<CollectedObservation> both = BENCH.take(2);
        assertThat(both).extracting(CollectedObservation::name).containsExactly(NAME, NAME);
        assertThat(both.get(1).inputJson()).hasSize(3);
        assertThat(both.get(1).inputJson().at("/1")).isEqualTo(json(HELLO_CONTENT));
    }

    @Test
    void chat_streamed_keepsItsHistory() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(BENCH.play(version, "chatStreaming")).isEqualTo("Hello there, you Say hello");

        assertThat(take().outputJson()).isEqualTo(json(HELLO_CONTENT));
    }

    @Test
    void embeddings_recordTextsButNoVectors() throws Exception {
        assertThat(BENCH.play(version, "embed")).isEqualTo("2 vectors");
        assertEmbedded(take(), "[\"red fox\",\"blue whale\"]", 2);

        assertThat(BENCH.play(version, "embedAsync")).isEqualTo("1 vectors");
        assertEmbedded(take(), "\"red fox\"", 1);
    }

    @Test
    void images_areRecordedAndCounted() throws Exception {
        for (String scenario : List.of("images", "imagesAsync")) {
            assertThat(BENCH.play(version, scenario)).isEqualTo("1 images");

            CollectedObservation observation = take();
            assertThat(observation.type()).isEqualTo("generation");
            assertThat(observation.name()).isEqualTo("generate_images imagen-4.0-generate-001");
            assertThat(observation.input()).isEqualTo("\"A red fox\"");
            assertThat(observation.modelParameters()).hasToString("{\"numberOfImages\":1}");
            assertThat(observation.outputJson().at("/0/image/mimeType").asText())
                    .isEqualTo("image/png");
            assertThat(observation.usage()).isEqualTo(Map.of("output_images", 1L));
            assertThat(observation.attributes()).containsEntry("gen_ai.provider.name", "gcp.vertex_ai");
        }
    }

    private static void assertLoop(List<CollectedObservation> all, String toolOutput) {
        assertThat(all)
                .extracting(CollectedObservation::type)
                .containsExactly("chain", "generation", "tool", "generation");
        CollectedObservation chain = all.get(0);
        assertThat(chain.name()).isEqualTo(NAME);
        assertThat(chain.usage()).isEmpty();
        assertThat(chain.outputJson()).isEqualTo(json(HELLO_CONTENT));
        assertThat(all.subList(1, 4))
                .allSatisfy(child -> assertThat(child.parentId()).isEqualTo(chain.id()));
        assertThat(all.get(1).outputJson().at("/parts/0/functionCall/name").asText())
                .isEqualTo("weather");
        assertThat(all.get(2).name()).isEqualTo("weather");
        assertThat(all.get(2).inputJson()).hasToString("{\"city\":\"Oslo\"}");
        assertThat(all.get(2).output()).isIn(toolOutput, toolOutput.replace("\"", ""));
        assertThat(all.get(3).inputJson().at("/contents")).hasSize(3);
        assertThat(all.get(3).usage()).isEqualTo(BUCKETS);
    }

    private static void assertEmbedded(CollectedObservation observation, String input, int vectors) {
        assertThat(observation.type()).isEqualTo("embedding");
        assertThat(observation.name()).isEqualTo("embeddings gemini-embedding-001");
        assertThat(observation.model()).isEqualTo("gemini-embedding-001");
        assertThat(observation.input()).isEqualTo(input);
        assertThat(observation.outputJson()).hasToString("{\"vectors\":" + vectors + ",\"dimensions\":8}");
        assertThat(observation.modelParameters()).hasToString("{\"outputDimensionality\":8}");
    }

    private static void assertCutShort(CollectedObservation observation, String message) {
        assertThat(observation.level()).isEqualTo("WARNING");
        assertThat(observation.message()).isEqualTo(message);
        assertThat(observation.outputJson().at("/parts/0/text").asText()).startsWith("word");
        assertThat(Duration.between(observation.start(), observation.end())).isLessThan(Duration.ofSeconds(5));
    }

    private static void assertStreamed(CollectedObservation observation) {
        assertComplete(observation);
        assertThat(observation.modelParameters().at("/stream").asBoolean()).isTrue();
        assertThat(observation.completionStart()).isBetween(observation.start(), observation.end());
    }

    private static void assertComplete(CollectedObservation observation) {
        assertThat(observation.type()).isEqualTo("generation");
        assertThat(observation.name()).isEqualTo(NAME);
        assertThat(observation.level()).isEqualTo("DEFAULT");
        assertThat(observation.message()).isEmpty();
        assertThat(observation.model()).isEqualTo("gemini-2.5-flash");
        assertThat(observation.inputJson()).isEqualTo(json(CONTENTS));
        assertThat(observation.outputJson()).isEqualTo(json(HELLO_CONTENT));
        assertThat(observation.usage()).isEqualTo(BUCKETS);
        assertThat(observation.attributes())
                .containsEntry("gen_ai.provider.name", "gcp.gemini")
                .containsEntry("gen_ai.operation.name", "generate_content")
                .containsEntry("gen_ai.response.finish_reasons", List.of("STOP"))
                .containsEntry("server.address", "127.0.0.1")
                .hasEntrySatisfying(
                        "gen_ai.response.id", id -> assertThat((String) id).startsWith("resp-"));
    }

    private static CollectedObservation take() {
        return BENCH.take();
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static List<String> classPath(String version) throws IOException {
        List<String> classPath = new ArrayList<>(
                version.equals("2.0.0")
                        ? ScenarioApp.jars("google-genai")
                        : ScenarioApp.jarsIn("google-genai-" + version));
        classPath.addAll(ScenarioApp.jars(
                "annotations-13",
                "api-common",
                "failureaccess",
                "google-auth",
                "google-http",
                "gson",
                "httpclient-4",
                "httpcore-4",
                "guava",
                "jackson-",
                "jspecify",
                "kotlin-",
                "okhttp-4",
                "okio-",
                "opencensus",
                "protobuf-java"));
        return classPath;
    }
}
