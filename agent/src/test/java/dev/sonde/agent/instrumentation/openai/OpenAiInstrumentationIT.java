package dev.sonde.agent.instrumentation.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sonde.agent.instrumentation.LibraryBench;
import dev.sonde.agent.instrumentation.ScenarioApp;
import dev.sonde.testkit.Answer;
import dev.sonde.testkit.OpenAiProvider;
import dev.sonde.testkit.Pacing;
import dev.sonde.testkit.collector.CollectedObservation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
@ParameterizedClass(name = "openai-java {0}")
@ValueSource(strings = {"4.101.0", "2.20.1", "1.6.1"})
class OpenAiInstrumentationIT {
    private static final OpenAiProvider PROVIDER = OpenAiProvider.start();

    @RegisterExtension
    static final LibraryBench BENCH = LibraryBench.of(
            "openai-java",
            "com.example.chat.ChatApp",
            PROVIDER,
            PROVIDER.baseUrl(),
            OpenAiInstrumentationIT::classPath);

    private static final String MESSAGES = "[{\"content\":\"Say hello\",\"role\":\"user\"}]";
    private static final Answer.Usage USAGE = new Answer.Usage(12, 7, 4, 3);
    private static final Map<String, Long> BUCKETS =
            Map.of("input", 8L, "input_cached_tokens", 4L, "output", 4L, "output_reasoning_tokens", 3L, "total", 19L);
    private static final Answer HELLO = new Answer.Scripted("Hello there, you", List.of(), USAGE);

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
        assertThat(both.get(1).traceId()).isEqualTo(both.get(0).traceId());
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
        assertThat(observation.inputJson()).hasToString(MESSAGES);
        assertThat(observation.output()).isNull();
        assertThat(observation.usage()).isEmpty();
    }

    @Test
    void blocking_toolCall_isTheOutput() throws Exception {
        PROVIDER.answerNext(Answer.toolCalls(new Answer.ToolCall("greet", "{\"name\":\"Ada\"}")));

        assertThat(BENCH.play(version, "tools")).isEqualTo("tool_calls");

        CollectedObservation observation = take();
        assertThat(observation.inputJson())
                .isEqualTo(new ObjectMapper()
                        .readTree("{\"messages\":" + MESSAGES
                                + ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"greet\"}}]}"));
        assertThat(observation.outputJson().at("/tool_calls/0/function/name").asText())
                .isEqualTo("greet");
        assertThat(observation
                        .outputJson()
                        .at("/tool_calls/0/function/arguments")
                        .asText())
                .isEqualTo("{\"name\":\"Ada\"}");
        assertThat(observation.attributes()).containsEntry("gen_ai.response.finish_reasons", List.of("tool_calls"));
    }

    @Test
    void async_recordsTheSame() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(BENCH.play(version, "async")).isEqualTo("Hello there, you");

        assertComplete(take());
    }

    @Test
    void async_refused_recordsTheStatusAndFailsTheSame() throws Exception {
        PROVIDER.answerNext(Answer.failure(500, "Broken."));

        assertThat(BENCH.play(version, "async"))
                .contains("InternalServerException")
                .contains("Broken.");

        CollectedObservation observation = take();
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.message()).startsWith("HTTP 500: ");
    }

    @Test
    void raw_parsedTwice_isOneObservation() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(BENCH.play(version, "raw")).isEqualTo("200 Hello there, you true");

        assertComplete(take());
    }

    @Test
    void raw_closedUnread_endsWithoutAnOutput() throws Exception {
        assertThat(BENCH.play(version, "rawUnread")).isEqualTo("200");

        CollectedObservation observation = take();
        assertThat(observation.level()).isEqualTo("DEFAULT");
        assertThat(observation.message()).isEqualTo("The response was closed without being parsed.");
        assertThat(observation.output()).isNull();
    }

    @Test
    void raw_dropped_endsWhenCollected() throws Exception {
        assertThat(BENCH.play(version, "rawDropped")).isEqualTo("200");

        CollectedObservation observation = take();
        assertThat(observation.level()).isEqualTo("WARNING");
        assertThat(observation.message()).isEqualTo("The response was dropped before it was read to its end.");
    }

    @Test
    void streaming_recordsAnswerUsageAndTimeToFirstToken() throws Exception {
        PROVIDER.answerNext(HELLO).pace(Pacing.every(Duration.ofMillis(40)));

        assertThat(BENCH.play(version, "streaming")).isEqualTo("Hello there, you");

        CollectedObservation observation = take();
        assertStreamed(observation);
        // One pause before the role, one before the first word; three words, a reason and the usage come after it.
        assertThat(Duration.between(observation.start(), observation.completionStart()))
                .isGreaterThanOrEqualTo(Duration.ofMillis(80));
        assertThat(Duration.between(observation.completionStart(), observation.end()))
                .isGreaterThanOrEqualTo(Duration.ofMillis(5 * 40 - 20));
    }

    @Test
    void streaming_readByIterator_recordsTheSame() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(BENCH.play(version, "streamingIterator")).isEqualTo("Hello there, you");

        assertStreamed(take());
    }

    @Test
    void streaming_withoutUsageOnTheWire_recordsNone() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(BENCH.play(version, "streamingWithoutUsage")).isEqualTo("Hello there, you");

        CollectedObservation observation = take();
        assertThat(observation.usage()).isEmpty();
        assertThat(observation.outputJson().at("/content").asText()).isEqualTo("Hello there, you");
    }

    @Test
    void streaming_toolCall_isPutTogether() throws Exception {
        PROVIDER.answerNext(Answer.toolCalls(new Answer.ToolCall("greet", "{\"name\":\"Ada Lovelace\"}")));

        assertThat(BENCH.play(version, "streamingTools")).isEmpty();

        CollectedObservation observation = take();
        assertThat(observation
                        .outputJson()
                        .at("/tool_calls/0/function/arguments")
                        .asText())
                .isEqualTo("{\"name\":\"Ada Lovelace\"}");
        assertThat(observation.attributes()).containsEntry("gen_ai.response.finish_reasons", List.of("tool_calls"));
    }

    @Test
    void streaming_refused_recordsTheStatus() throws Exception {
        PROVIDER.answerNext(Answer.failure(401, "Wrong key."));

        assertThat(BENCH.play(version, "streaming")).contains("UnauthorizedException");

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
        assertThat(observation.outputJson().at("/content").asText()).isEqualTo("Hello there");
        assertThat(observation.completionStart()).isNotNull();
    }

    @Test
    void streaming_cancelled_keepsWhatCameAndStopsTheProvider() throws Exception {
        PROVIDER.answerNext(Answer.text("word ".repeat(400))).pace(Pacing.every(Duration.ofMillis(5)));

        assertThat(BENCH.play(version, "streamingCancelled")).isEqualTo("word");

        CollectedObservation observation = take();
        assertThat(observation.level()).isEqualTo("WARNING");
        assertThat(observation.message()).isEqualTo("The stream was closed before its end.");
        assertThat(observation.outputJson().at("/content").asText()).isEqualTo("word");
        assertThat(Duration.between(observation.start(), observation.end())).isLessThan(Duration.ofSeconds(2));
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> PROVIDER.cancelledStreams() == 1);
    }

    @Test
    void streaming_whoseReaderThrows_isNotTheProvidersError() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(BENCH.play(version, "streamingActionThrows"))
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
    void asyncStreaming_cancelled_keepsWhatCame() throws Exception {
        PROVIDER.answerNext(Answer.text("word ".repeat(400))).pace(Pacing.every(Duration.ofMillis(5)));

        assertThat(BENCH.play(version, "asyncStreamingCancelled")).startsWith("word");

        CollectedObservation observation = take();
        assertThat(observation.level()).isEqualTo("WARNING");
        assertThat(observation.outputJson().at("/content").asText()).startsWith("word");
    }

    @Test
    void embeddings_recordTextsAndUsageButNoVectors() throws Exception {
        assertThat(BENCH.play(version, "embeddings")).isEqualTo("1 vectors");

        CollectedObservation observation = take();
        assertThat(observation.type()).isEqualTo("embedding");
        assertThat(observation.name()).isEqualTo("embeddings text-embedding-3-small");
        assertThat(observation.model()).isEqualTo("text-embedding-3-small");
        assertThat(observation.input()).isEqualTo("\"red fox\"");
        assertThat(observation.outputJson()).hasToString("{\"vectors\":1,\"dimensions\":8}");
        assertThat(observation.usage()).isEqualTo(Map.of("input", 2L, "total", 2L));
    }

    @Test
    void responses_recordInputItemsAndUsage() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(BENCH.play(version, "responses")).startsWith("resp_");

        assertResponse(take());
    }

    @Test
    void responses_streamed_recordTheSameAndTimeToFirstToken() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(BENCH.play(version, "responsesStreaming")).isEqualTo("events");

        CollectedObservation observation = take();
        assertResponse(observation);
        assertThat(observation.completionStart()).isBetween(observation.start(), observation.end());
    }

    private static void assertResponse(CollectedObservation observation) {
        assertThat(observation.type()).isEqualTo("generation");
        assertThat(observation.name()).isEqualTo("chat gpt-4o-mini");
        assertThat(observation.input()).isEqualTo("\"Say hello\"");
        assertThat(observation.outputJson().at("/content/0/text").asText()).isEqualTo("Hello there, you");
        assertThat(observation.usage()).isEqualTo(BUCKETS);
        assertThat(observation.level()).isEqualTo("DEFAULT");
        assertThat(observation.attributes())
                .containsEntry("gen_ai.response.finish_reasons", List.of("completed"))
                .hasEntrySatisfying(
                        "gen_ai.response.id", id -> assertThat((String) id).startsWith("resp_"));
    }

    private static CollectedObservation take() {
        return BENCH.take();
    }

    private static void assertStreamed(CollectedObservation observation) {
        assertComplete(observation);
        assertThat(observation.modelParameters().at("/stream").asBoolean()).isTrue();
        assertThat(observation.completionStart()).isBetween(observation.start(), observation.end());
    }

    private static void assertComplete(CollectedObservation observation) {
        assertThat(observation.type()).isEqualTo("generation");
        assertThat(observation.name()).isEqualTo("chat gpt-4o-mini");
        assertThat(observation.level()).isEqualTo("DEFAULT");
        assertThat(observation.message()).isEmpty();
        assertThat(observation.model()).isEqualTo("gpt-4o-mini");
        assertThat(observation.inputJson()).hasToString(MESSAGES);
        assertThat(observation.outputJson().at("/role").asText()).isEqualTo("assistant");
        assertThat(observation.outputJson().at("/content").asText()).isEqualTo("Hello there, you");
        assertThat(observation.usage()).isEqualTo(BUCKETS);
        assertThat(observation.attributes())
                .containsEntry("gen_ai.operation.name", "chat")
                .containsEntry("gen_ai.request.model", "gpt-4o-mini")
                .containsEntry("gen_ai.response.model", "gpt-4o-mini")
                .containsEntry("gen_ai.response.finish_reasons", List.of("stop"))
                .hasEntrySatisfying(
                        "gen_ai.response.id", id -> assertThat((String) id).startsWith("chatcmpl-"));
    }

    /** The library in the wanted version; its own libraries are those of the newest. */
    static List<String> classPath(String version) throws IOException {
        String folder = "openai-java-" + version;
        List<String> entries = new ArrayList<>(
                Files.isDirectory(Path.of("target", folder))
                        ? ScenarioApp.jarsIn(folder)
                        : ScenarioApp.jars(
                                "openai-java-" + version,
                                "openai-java-core-" + version,
                                "openai-java-client-okhttp-" + version));
        assertThat(entries).as("jars of openai-java " + version).hasSizeGreaterThan(1);
        entries.addAll(ScenarioApp.jars(
                "annotations-13",
                "api-",
                "classmate",
                "httpclient5-", // writes the forms of versions before 4
                "httpcore5-5",
                "jackson-",
                "jsonschema-",
                "kotlin-",
                "okhttp-4",
                "okio-",
                "slf4j-api",
                "swagger-annotations",
                "error_prone_annotations"));
        return entries;
    }
}
