package dev.sonde.agent.instrumentation.cohere;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sonde.agent.instrumentation.LibraryBench;
import dev.sonde.agent.instrumentation.ScenarioApp;
import dev.sonde.testkit.Answer;
import dev.sonde.testkit.CohereProvider;
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

/** Each scenario runs in a JVM with the real agent; the provider and the collector are local. */
class CohereInstrumentationIT {
    private static final String NEWEST = "1.9.3";
    private static final String OLD = "1.7.0";
    private static final CohereProvider PROVIDER = CohereProvider.start();

    @RegisterExtension
    static final LibraryBench BENCH = LibraryBench.of(
            "cohere-java",
            "com.example.cohere.CohereApp",
            PROVIDER,
            PROVIDER.baseUrl(),
            CohereInstrumentationIT::classPath);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAME = "chat command-a-03-2025";
    private static final String MESSAGES = "[{\"role\":\"user\",\"content\":\"Say hello\"}]";
    private static final String GREET_TOOL =
            "[{\"type\":\"function\",\"function\":{\"name\":\"greet\",\"parameters\":{\"type\":\"object\"}}}]";
    private static final Answer.Usage USAGE = new Answer.Usage(12, 7, 4, 0);
    private static final Map<String, Long> BUCKETS =
            Map.of("input", 8L, "input_cached_tokens", 4L, "output", 7L, "total", 19L);
    private static final Answer.Scripted HELLO = new Answer.Scripted("Hello there, you", List.of(), USAGE);
    private static final Answer GREET = Answer.toolCalls(new Answer.ToolCall("greet", "{\"name\":\"Ada Lovelace\"}"));

    @Test
    void blocking_recordsRequestAnswerAndUsage() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("blocking")).isEqualTo("Hello there, you");

        CollectedObservation observation = BENCH.take();
        assertComplete(observation);
        assertThat(observation.parentId()).isNull();
        assertThat(observation.modelParameters()).hasToString("{\"temperature\":0.5}");
        assertThat(observation.completionStart()).isNull();
    }

    @Test
    void blocking_insideAnObservedMethod_isItsChild() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("observed")).isEqualTo("Hello there, you");

        List<CollectedObservation> both = BENCH.take(2);
        assertThat(both).extracting(CollectedObservation::name).containsExactly("outer", NAME);
        assertThat(both.get(1).parentId()).isEqualTo(both.get(0).id());
        assertThat(both.get(1).traceId()).isEqualTo(both.get(0).traceId());
        assertComplete(both.get(1));
    }

    @Test
    void blocking_withToolsAndParameters_recordsThem() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("everything")).isEqualTo("Hello there, you");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.inputJson())
                .isEqualTo(JSON.readTree("{\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},"
                        + "{\"role\":\"user\",\"content\":\"Say hello\"}],\"tools\":" + GREET_TOOL + "}"));
        assertThat(observation.modelParameters())
                .isEqualTo(JSON.readTree(
                        "{\"temperature\":0.5,\"max_tokens\":100,\"seed\":7,\"stop_sequences\":[\"END\"]}"));
    }

    @Test
    void blocking_refused_recordsStatusAndReasonAndThrowsTheSame() throws Exception {
        PROVIDER.answerNext(Answer.failure(429, "Slow down."));

        assertThat(play("blocking")).contains("CohereApiException").contains("Slow down.");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.message()).startsWith("HTTP 429: ").endsWith("Slow down.");
        assertThat(observation.inputJson()).hasToString(MESSAGES);
        assertThat(observation.output()).isNull();
        assertThat(observation.usage()).isEmpty();
    }

    @Test
    void blocking_retriedByTheLibrary_isOneObservation() throws Exception {
        PROVIDER.answerNext(Answer.failure(503, "Broken.", Duration.ofSeconds(1)), HELLO);

        assertThat(play("retried")).isEqualTo("Hello there, you");

        assertComplete(BENCH.take());
        assertThat(PROVIDER.requests()).hasSize(2);
    }

    @Test
    void blocking_toolCall_isTheOutput() throws Exception {
        PROVIDER.answerNext(GREET);

        assertThat(play("tools")).isEqualTo("TOOL_CALL");

        assertToolCall(BENCH.take());
    }

    @Test
    void raw_recordsTheSame() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("raw")).isEqualTo("true Hello there, you");

        assertComplete(BENCH.take());
    }

    @Test
    void async_recordsTheSame() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("async")).isEqualTo("Hello there, you");

        assertComplete(BENCH.take());
    }

    @Test
    void async_refused_recordsTheStatusAndFailsTheSame() throws Exception {
        PROVIDER.answerNext(Answer.failure(401, "Wrong key."));

        assertThat(play("async")).startsWith("threw CompletionException of").contains("Wrong key.");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.message()).startsWith("HTTP 401: ").endsWith("Wrong key.");
    }

    @Test
    void async_cancelled_endsWithAWarning() throws Exception {
        PROVIDER.answerNext(HELLO).pace(Pacing.every(Duration.ofSeconds(1)));

        assertThat(play("asyncCancelled")).isEqualTo("true");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.level()).isEqualTo("WARNING");
        assertThat(observation.message()).isEqualTo("The call was cancelled.");
        assertThat(observation.inputJson()).hasToString(MESSAGES);
    }

    @Test
    void streaming_recordsAnswerUsageAndTimeToFirstToken() throws Exception {
        PROVIDER.answerNext(HELLO).pace(Pacing.every(Duration.ofMillis(100)));

        assertThat(play("streaming")).isEqualTo("Hello there, you");

        CollectedObservation observation = BENCH.take();
        assertStreamed(observation);
        // One pause each before the message, its content and the first word; then come three words, the content's end
        // and the message's, which the application may be slow to read.
        assertThat(Duration.between(observation.start(), observation.completionStart()))
                .isGreaterThanOrEqualTo(Duration.ofMillis(3 * 100 - 5));
        assertThat(Duration.between(observation.completionStart(), observation.end()))
                .isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }

    @Test
    void streaming_raw_recordsTheSame() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("streamingRaw")).isEqualTo("Hello there, you");

        assertStreamed(BENCH.take());
    }

    @Test
    void streaming_toolCall_isPutTogether() throws Exception {
        PROVIDER.answerNext(GREET);

        assertThat(play("streamingTools")).isEmpty();

        CollectedObservation observation = BENCH.take();
        assertToolCall(observation);
        assertThat(observation.inputJson())
                .isEqualTo(JSON.readTree("{\"messages\":" + MESSAGES + ",\"tools\":" + GREET_TOOL + "}"));
    }

    @Test
    void streaming_refused_recordsTheStatus() throws Exception {
        PROVIDER.answerNext(Answer.failure(400, "No such model."));

        assertThat(play("streaming")).contains("CohereApiException").contains("No such model.");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.message()).startsWith("HTTP 400: ").endsWith("No such model.");
    }

    @Test
    void streaming_thatFailsInItsMiddle_keepsWhatCameAndWhy() throws Exception {
        PROVIDER.answerNext(Answer.failAfter(4, HELLO, 500, "Overloaded"));

        assertThat(play("streaming")).isEqualTo("Hello there");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.message()).isEqualTo("Overloaded");
        assertThat(observation.outputJson().at("/content/0/text").asText()).isEqualTo("Hello there");
    }

    /** The library prints a line and takes it for the end. */
    @Test
    void streaming_thatBreaksOff_keepsWhatCame() throws Exception {
        PROVIDER.answerNext(Answer.cutAfter(4, HELLO));

        assertThat(play("streaming")).isEqualTo("Hello there");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.level()).isEqualTo("WARNING");
        assertThat(observation.message()).isEqualTo("The stream was closed before its end.");
        assertThat(observation.outputJson().at("/content/0/text").asText()).isEqualTo("Hello there");
        assertThat(observation.completionStart()).isNotNull();
    }

    @Test
    void streaming_closed_keepsWhatCameAndStopsTheProvider() throws Exception {
        PROVIDER.answerNext(Answer.text("word ".repeat(400))).pace(Pacing.every(Duration.ofMillis(5)));

        assertThat(play("streamingClosed")).isEqualTo("word");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.level()).isEqualTo("WARNING");
        assertThat(observation.message()).isEqualTo("The stream was closed before its end.");
        assertThat(observation.outputJson().at("/content/0/text").asText()).isEqualTo("word");
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> PROVIDER.cancelledStreams() == 1);
    }

    @Test
    void streaming_left_endsWhenCollected() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("streamingLeft")).isEqualTo("Hello");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.level()).isEqualTo("WARNING");
        assertThat(observation.message()).isEqualTo("The response was dropped before it was read to its end.");
        assertThat(observation.outputJson().at("/content/0/text").asText()).isEqualTo("Hello");
    }

    @Test
    void streaming_whoseReaderThrows_isNotTheProvidersError() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("streamingThrows")).isEqualTo("threw java.lang.IllegalStateException: the application's own");

        assertThat(BENCH.take().level()).isEqualTo("WARNING");
    }

    @Test
    void asyncStreaming_recordsTheSame() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("asyncStreaming")).isEqualTo("Hello there, you");

        assertStreamed(BENCH.take());
    }

    @Test
    void embed_recordsTextsAndTheSizeOfTheVectors() throws Exception {
        for (String scenario : List.of("embed", "asyncEmbed")) {
            assertThat(play(scenario)).isEqualTo("2 texts");

            CollectedObservation observation = BENCH.take();
            assertEmbedded(observation);
            assertThat(observation.outputJson()).hasToString("{\"vectors\":2,\"dimensions\":8}");
            assertThat(observation.modelParameters())
                    .isEqualTo(
                            JSON.readTree(
                                    "{\"input_type\":\"search_query\",\"output_dimension\":8,\"embedding_types\":[\"float\"]}"));
        }
    }

    @Test
    void embed_refused_recordsTheStatus() throws Exception {
        PROVIDER.answerNext(Answer.failure(400, "Too long."));

        assertThat(play("embed")).contains("Too long.");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.type()).isEqualTo("embedding");
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.message()).startsWith("HTTP 400: ").endsWith("Too long.");
    }

    @Test
    void rerank_isARetrieverWithItsSearchUnits() throws Exception {
        for (String scenario : List.of("rerank", "asyncRerank")) {
            assertThat(play(scenario)).isEqualTo("1");

            assertRanked(BENCH.take());
        }
    }

    @Test
    void oldVersion_recordsTheSame() throws Exception {
        PROVIDER.answerNext(HELLO, GREET);

        assertThat(BENCH.play(OLD, "blocking")).isEqualTo("Hello there, you");
        assertComplete(BENCH.take());
        assertThat(BENCH.play(OLD, "tools")).isEqualTo("TOOL_CALL");
        assertToolCall(BENCH.take());
        assertThat(BENCH.play(OLD, "embed")).isEqualTo("2 texts");
        assertEmbedded(BENCH.take());
        assertThat(BENCH.play(OLD, "rerank")).isEqualTo("1");
        assertRanked(BENCH.take());
    }

    @Test
    void oldVersion_refused_recordsTheStatus() throws Exception {
        PROVIDER.answerNext(Answer.failure(404, "No such model."));

        assertThat(BENCH.play(OLD, "blocking")).contains("No such model.");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.message()).startsWith("HTTP 404: ").endsWith("No such model.");
    }

    /** It expects lines of JSON where events come. */
    @Test
    void oldVersion_streaming_failsAsTheLibraryDoes() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(BENCH.play(OLD, "streaming")).contains("JsonParseException");

        CollectedObservation observation = BENCH.take();
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.message()).contains("JsonParseException");
        assertThat(observation.inputJson()).hasToString(MESSAGES);
    }

    private static String play(String scenario) throws Exception {
        return BENCH.play(NEWEST, scenario);
    }

    private static void assertStreamed(CollectedObservation observation) {
        assertComplete(observation);
        assertThat(observation.modelParameters()).hasToString("{\"temperature\":0.5,\"stream\":true}");
        assertThat(observation.completionStart()).isBetween(observation.start(), observation.end());
    }

    private static void assertComplete(CollectedObservation observation) {
        assertThat(observation.type()).isEqualTo("generation");
        assertThat(observation.name()).isEqualTo(NAME);
        assertThat(observation.level()).isEqualTo("DEFAULT");
        assertThat(observation.message()).isEmpty();
        assertThat(observation.model()).isEqualTo("command-a-03-2025");
        assertThat(observation.inputJson()).hasToString(MESSAGES);
        JsonNode output = observation.outputJson();
        assertThat(output.path("role").asText()).isEqualTo("assistant");
        assertThat(output.path("content")).hasToString("[{\"type\":\"text\",\"text\":\"Hello there, you\"}]");
        assertThat(output.size()).isEqualTo(2);
        assertThat(observation.usage()).isEqualTo(BUCKETS);
        assertSent(observation, "chat", "command-a-03-2025");
        assertThat(observation.attributes()).containsEntry("gen_ai.response.finish_reasons", List.of("COMPLETE"));
    }

    private static void assertToolCall(CollectedObservation observation) {
        JsonNode call = observation.outputJson().at("/tool_calls/0");
        assertThat(call.path("id").asText()).startsWith("greet_0_");
        assertThat(call.path("type").asText()).isEqualTo("function");
        assertThat(call.path("function"))
                .hasToString("{\"name\":\"greet\",\"arguments\":\"{\\\"name\\\":\\\"Ada Lovelace\\\"}\"}");
        assertThat(observation.attributes()).containsEntry("gen_ai.response.finish_reasons", List.of("TOOL_CALL"));
    }

    private static void assertEmbedded(CollectedObservation observation) {
        assertThat(observation.type()).isEqualTo("embedding");
        assertThat(observation.name()).isEqualTo("embeddings embed-v4.0");
        assertThat(observation.model()).isEqualTo("embed-v4.0");
        assertThat(observation.inputJson()).hasToString("[\"red fox\",\"blue whale\"]");
        assertThat(observation.usage()).isEqualTo(Map.of("input", 4L, "total", 4L));
        assertSent(observation, "embeddings", "embed-v4.0");
    }

    private static void assertRanked(CollectedObservation observation) {
        assertThat(observation.type()).isEqualTo("retriever");
        assertThat(observation.name()).isEqualTo("rerank rerank-v3.5");
        assertThat(observation.inputJson())
                .hasToString("{\"query\":\"red fox\",\"documents\":[\"a blue whale\",\"the red fox\"]}");
        assertThat(observation.modelParameters()).hasToString("{\"top_n\":1}");
        assertThat(observation.outputJson()).hasSize(1);
        assertThat(observation.outputJson().at("/0/index").asInt()).isEqualTo(1);
        assertThat(observation.outputJson().at("/0/relevance_score").asDouble()).isPositive();
        assertThat(observation.usage()).isEqualTo(Map.of("search_units", 1L));
        assertSent(observation, "rerank", "rerank-v3.5");
    }

    private static void assertSent(CollectedObservation observation, String operation, String model) {
        assertThat(observation.attributes())
                .containsEntry("gen_ai.operation.name", operation)
                .containsEntry("gen_ai.provider.name", "cohere")
                .containsEntry("gen_ai.request.model", model)
                .containsEntry("server.address", "127.0.0.1")
                .hasEntrySatisfying(
                        "gen_ai.response.id", id -> assertThat((String) id).startsWith("00000000-0000-4000-8000-"));
    }

    /** The library in the wanted version; its own libraries are those of the newest. */
    private static List<String> classPath(String version) throws IOException {
        List<String> entries = new ArrayList<>(
                version.equals(OLD) ? ScenarioApp.jarsIn("cohere-java-" + OLD) : ScenarioApp.jars("cohere-java-"));
        entries.addAll(ScenarioApp.jars("annotations-13", "jackson-", "kotlin-", "okhttp-4", "okio-"));
        return entries;
    }
}
