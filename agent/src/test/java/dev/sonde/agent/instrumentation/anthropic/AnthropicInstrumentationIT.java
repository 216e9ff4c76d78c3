package dev.sonde.agent.instrumentation.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sonde.agent.instrumentation.LibraryBench;
import dev.sonde.agent.instrumentation.ScenarioApp;
import dev.sonde.testkit.Answer;
import dev.sonde.testkit.AnthropicProvider;
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
@ParameterizedClass(name = "anthropic-java {0}")
@ValueSource(strings = {"3.13.0", "2.11.0", "1.4.0"})
class AnthropicInstrumentationIT {
    private static final AnthropicProvider PROVIDER = AnthropicProvider.start();

    @RegisterExtension
    static final LibraryBench BENCH = LibraryBench.of(
            "anthropic-java",
            "com.example.anthropic.MessagesApp",
            PROVIDER,
            PROVIDER.baseUrl(),
            AnthropicInstrumentationIT::classPath);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MESSAGES = "[{\"content\":\"Say hello\",\"role\":\"user\"}]";
    private static final Answer.Usage USAGE = new Answer.Usage(12, 7, 4, 0, 3);
    private static final Map<String, Long> BUCKETS =
            Map.of("input", 5L, "input_cached_tokens", 4L, "input_cache_creation", 3L, "output", 7L, "total", 19L);
    private static final Answer.Scripted HELLO = new Answer.Scripted("Hello there, you", List.of(), USAGE);
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
        assertThat(observation.modelParameters()).hasToString("{\"max_tokens\":500}");
        assertThat(observation.completionStart()).isNull();
    }

    @Test
    void blocking_insideAnObservedMethod_isItsChild() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(BENCH.play(version, "observed")).isEqualTo("Hello there, you");

        List<CollectedObservation> both = BENCH.take(2);
        assertThat(both).extracting(CollectedObservation::name).containsExactly("outer", "chat claude-sonnet-4-5");
        assertThat(both.get(1).parentId()).isEqualTo(both.get(0).id());
        assertThat(both.get(1).traceId()).isEqualTo(both.get(0).traceId());
        assertComplete(both.get(1));
    }

    @Test
    void blocking_withAllThereIs_recordsIt() throws Exception {
        PROVIDER.answerNext(HELLO.withThinking("A greeting is due."));

        assertThat(BENCH.play(version, "everything")).isEqualTo("Hello there, you");

        CollectedObservation observation = take();
        assertThat(observation.inputJson())
                .isEqualTo(JSON.readTree("{\"system\":\"Be brief.\",\"messages\":" + MESSAGES
                        + ",\"tools\":[{\"name\":\"greet\",\"input_schema\":{\"type\":\"object\"}}]}"));
        assertThat(observation.modelParameters())
                .isEqualTo(JSON.readTree("{\"max_tokens\":2000,\"stop_sequences\":[\"END\"],"
                        + "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024},"
                        + "\"metadata\":{\"user_id\":\"user-7\"}}"));
        assertThat(observation.outputJson().at("/content/0/thinking").asText()).isEqualTo("A greeting is due.");
        assertThat(observation.outputJson().at("/content/1/text").asText()).isEqualTo("Hello there, you");
        assertThat(observation.attributes()).containsEntry("user.id", "user-7");
    }

    @Test
    void blocking_limited_recordsTheStatusAndThrowsTheSame() throws Exception {
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
    void blocking_overloaded_recordsTheStatus() throws Exception {
        PROVIDER.answerNext(Answer.failure(529, "Overloaded"));

        assertThat(BENCH.play(version, "blocking")).contains("Exception").contains("Overloaded");

        CollectedObservation observation = take();
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.message()).startsWith("HTTP 529: ").contains("Overloaded");
    }

    @Test
    void blocking_retriedByTheLibrary_isOneObservation() throws Exception {
        PROVIDER.answerNext(Answer.failure(529, "Overloaded", Duration.ZERO), HELLO);

        assertThat(BENCH.play(version, "retried")).isEqualTo("Hello there, you");

        assertComplete(take());
        assertThat(PROVIDER.requests()).hasSize(2);
    }

    @Test
    void blocking_toolCall_isTheOutput() throws Exception {
        PROVIDER.answerNext(GREET);

        assertThat(BENCH.play(version, "tools")).isEqualTo("tool_use");

        CollectedObservation observation = take();
        assertThat(observation.outputJson().at("/content/0/type").asText()).isEqualTo("tool_use");
        assertThat(observation.outputJson().at("/content/0/name").asText()).isEqualTo("greet");
        assertThat(observation.outputJson().at("/content/0/input")).hasToString("{\"name\":\"Ada Lovelace\"}");
        assertThat(observation.attributes()).containsEntry("gen_ai.response.finish_reasons", List.of("tool_use"));
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
        // One pause each before the message, the block, the ping and the first word; of the rest come three words, the
        // block's end, the reason and the message's end.
        assertThat(Duration.between(observation.start(), observation.completionStart()))
                .isGreaterThanOrEqualTo(Duration.ofMillis(4 * 40 - 5));
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
    void streaming_thoughtsTextAndToolCall_arePutTogether() throws Exception {
        PROVIDER.answerNext(new Answer.Scripted(
                        "I will greet.", List.of(new Answer.ToolCall("greet", "{\"name\":\"Ada Lovelace\"}")), USAGE)
                .withThinking("Whom to greet?"));

        assertThat(BENCH.play(version, "streamingTools")).isEqualTo("I will greet.");

        CollectedObservation observation = take();
        assertThat(observation.outputJson().at("/content"))
                .isEqualTo(JSON.readTree(
                        "[{\"type\":\"thinking\",\"thinking\":\"Whom to greet?\",\"signature\":\"c2lnbmVk\"},"
                                + "{\"type\":\"text\",\"text\":\"I will greet.\"},"
                                + "{\"type\":\"tool_use\",\"id\":\""
                                + observation.outputJson().at("/content/2/id").asText()
                                + "\",\"name\":\"greet\",\"input\":{\"name\":\"Ada Lovelace\"}}]"));
        assertThat(observation.attributes()).containsEntry("gen_ai.response.finish_reasons", List.of("tool_use"));
        assertThat(observation.usage()).isEqualTo(BUCKETS);
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
    void streaming_thatFailsInItsMiddle_keepsWhatCameAndWhy() throws Exception {
        PROVIDER.answerNext(Answer.failAfter(5, HELLO, 529, "Overloaded"));

        assertThat(BENCH.play(version, "streaming")).startsWith("threw ").contains("verloaded");

        CollectedObservation observation = take();
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.message()).containsIgnoringCase("overloaded");
        assertThat(observation.outputJson().at("/content/0/text").asText()).isEqualTo("Hello there");
        assertThat(observation.usage()).containsEntry("input", 5L);
    }

    @Test
    void streaming_thatBreaksOff_keepsWhatCame() throws Exception {
        PROVIDER.answerNext(Answer.cutAfter(5, HELLO));

        assertThat(BENCH.play(version, "streaming")).startsWith("threw ");

        CollectedObservation observation = take();
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.message()).isNotEmpty();
        assertThat(observation.outputJson().at("/content/0/text").asText()).isEqualTo("Hello there");
        assertThat(observation.completionStart()).isNotNull();
    }

    @Test
    void streaming_cancelled_keepsWhatCameAndStopsTheProvider() throws Exception {
        PROVIDER.answerNext(Answer.text("word ".repeat(400))).pace(Pacing.every(Duration.ofMillis(5)));

        assertThat(BENCH.play(version, "streamingCancelled")).isEqualTo("word");

        CollectedObservation observation = take();
        assertThat(observation.level()).isEqualTo("WARNING");
        assertThat(observation.message()).isEqualTo("The stream was closed before its end.");
        assertThat(observation.outputJson().at("/content/0/text").asText()).isEqualTo("word");
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
        assertThat(observation.outputJson().at("/content/0/text").asText()).startsWith("word");
    }

    @Test
    void beta_recordsTheSame() throws Exception {
        PROVIDER.answerAlways(HELLO);

        assertThat(BENCH.play(version, "beta")).isEqualTo("Hello there, you");
        assertComplete(take());
        assertThat(BENCH.play(version, "betaAsync")).isEqualTo("Hello there, you");
        assertComplete(take());
        assertThat(BENCH.play(version, "betaStreaming")).isEqualTo("Hello there, you");
        assertStreamed(take());
    }

    @Test
    void countTokens_isNoObservation() throws Exception {
        assertThat(BENCH.play(version, "countTokens")).isEqualTo("9 tokens");
    }

    static CollectedObservation take() {
        return BENCH.take();
    }

    private static void assertStreamed(CollectedObservation observation) {
        assertComplete(observation);
        assertThat(observation.modelParameters().at("/stream").asBoolean()).isTrue();
        assertThat(observation.completionStart()).isBetween(observation.start(), observation.end());
    }

    private static void assertComplete(CollectedObservation observation) {
        assertThat(observation.type()).isEqualTo("generation");
        assertThat(observation.name()).isEqualTo("chat claude-sonnet-4-5");
        assertThat(observation.level()).isEqualTo("DEFAULT");
        assertThat(observation.message()).isEmpty();
        assertThat(observation.model()).isEqualTo("claude-sonnet-4-5");
        assertThat(observation.inputJson()).hasToString(MESSAGES);
        // some versions write the members of a part in another order
        JsonNode output = observation.outputJson();
        assertThat(output.path("role").asText()).isEqualTo("assistant");
        assertThat(output.path("content")).hasSize(1);
        assertThat(output.at("/content/0").size()).isEqualTo(2);
        assertThat(output.at("/content/0/type").asText()).isEqualTo("text");
        assertThat(output.at("/content/0/text").asText()).isEqualTo("Hello there, you");
        assertThat(observation.usage()).isEqualTo(BUCKETS);
        assertThat(observation.attributes())
                .containsEntry("gen_ai.operation.name", "chat")
                .containsEntry("gen_ai.provider.name", "anthropic")
                .containsEntry("gen_ai.request.model", "claude-sonnet-4-5")
                .containsEntry("gen_ai.response.model", "claude-sonnet-4-5")
                .containsEntry("gen_ai.response.finish_reasons", List.of("end_turn"))
                .hasEntrySatisfying(
                        "gen_ai.response.id", id -> assertThat((String) id).startsWith("msg_"));
    }

    private static List<String> classPath(String version) throws IOException {
        String old = "anthropic-java-" + version;
        List<String> classPath = new ArrayList<>(
                Files.isDirectory(Path.of("target", old))
                        ? ScenarioApp.jarsIn(old)
                        : ScenarioApp.jars(
                                "anthropic-java-core-" + version, "anthropic-java-client-okhttp-" + version));
        classPath.addAll(ScenarioApp.jars(
                "classmate",
                "error_prone_annotations",
                "jackson-",
                "jsonschema-",
                "kotlin-",
                "okhttp-4",
                "okio-",
                "opentelemetry-api",
                "opentelemetry-common",
                "opentelemetry-context",
                "slf4j-api",
                "standardwebhooks",
                "swagger-annotations"));
        return classPath;
    }
}
