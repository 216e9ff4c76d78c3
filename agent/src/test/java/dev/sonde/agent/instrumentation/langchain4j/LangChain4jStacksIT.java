package dev.sonde.agent.instrumentation.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.agent.instrumentation.ScenarioApp;
import dev.sonde.testkit.Answer;
import dev.sonde.testkit.OpenAiProvider;
import dev.sonde.testkit.Pacing;
import dev.sonde.testkit.collector.CollectedObservation;
import dev.sonde.testkit.collector.OtlpCollector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What only newer versions of the library can: openai-java below it, and streams that are stopped early. */
class LangChain4jStacksIT {
    private static final OpenAiProvider PROVIDER = OpenAiProvider.start();
    private static final OtlpCollector COLLECTOR = OtlpCollector.start();
    private static final Map<String, Long> BUCKETS =
            Map.of("input", 8L, "input_cached_tokens", 4L, "output", 4L, "output_reasoning_tokens", 3L, "total", 19L);
    private static final Answer HELLO =
            new Answer.Scripted("Hello there, you", List.of(), new Answer.Usage(12, 7, 4, 3));

    private static final Pacing PACE = Pacing.every(Duration.ofMillis(5));
    private static final String CLOSED = "The stream was closed before its end.";

    @AfterAll
    static void close() {
        PROVIDER.close();
        COLLECTOR.close();
    }

    @AfterEach
    void nothingLeft() {
        try {
            COLLECTOR.assertNothingLeft();
        } finally {
            COLLECTOR.reset();
            PROVIDER.reset();
        }
    }

    @Test
    void openAiOfficial_isOneObservationWithTheClientsOwn() throws Exception {
        PROVIDER.answerNext(HELLO, HELLO);

        try (ScenarioApp app = start("OfficialApp")) {
            assertThat(app.play("blocking")).isEqualTo("Hello there, you");
            assertComplete(take());

            assertThat(app.play("streaming")).isEqualTo("Hello there, you|STOP");
            CollectedObservation streamed = take();
            assertComplete(streamed);
            assertThat(streamed.completionStart()).isBetween(streamed.start(), streamed.end());
        }
    }

    @Test
    void openAiOfficial_refused_isOneObservation() throws Exception {
        PROVIDER.answerNext(Answer.failure(429, "Slow down."));

        try (ScenarioApp app = start("OfficialApp")) {
            assertThat(app.play("blocking")).contains("RateLimitException");
        }

        CollectedObservation observation = take();
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.message()).startsWith("HTTP 429: ");
    }

    @Test
    void streaming_cancelledFromTheHandler_keepsWhatCameAndStopsTheProvider() throws Exception {
        PROVIDER.answerNext(endless()).pace(PACE);

        try (ScenarioApp app = start("CancelApp")) {
            assertThat(app.play("inside")).isEqualTo("true");

            assertCancelled(take());
        }
    }

    @Test
    void streaming_cancelledFromElsewhere_keepsWhatCameAndStopsTheProvider() throws Exception {
        PROVIDER.answerNext(endless()).pace(PACE);

        try (ScenarioApp app = start("CancelApp")) {
            assertThat(app.play("outside")).isEqualTo("true");

            assertCancelled(take());
        }
    }

    @Test
    void streamOfAService_cancelledFromElsewhere_endsTheServicesCallToo() throws Exception {
        PROVIDER.answerNext(endless()).pace(PACE);

        try (ScenarioApp app = start("CancelApp")) {
            assertThat(app.play("service")).isEqualTo("true");

            List<CollectedObservation> both = COLLECTOR.take(2);
            assertThat(both).extracting(CollectedObservation::type).containsExactly("chain", "generation");
            assertThat(both.get(0).level()).isEqualTo("WARNING");
            assertThat(both.get(0).message()).isEqualTo(CLOSED);
            assertThat(both.get(1).parentId()).isEqualTo(both.get(0).id());
            assertCancelled(both.get(1));
        }
    }

    private static Answer endless() {
        return Answer.text("word ".repeat(4000));
    }

    private static void assertCancelled(CollectedObservation observation) throws Exception {
        assertThat(observation.level()).isEqualTo("WARNING");
        assertThat(observation.message()).isEqualTo(CLOSED);
        assertThat(observation.outputJson().at("/content").asText()).startsWith("word");
        assertThat(observation.completionStart()).isBetween(observation.start(), observation.end());
        assertThat(Duration.between(observation.start(), observation.end())).isLessThan(Duration.ofSeconds(10));
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> PROVIDER.cancelledStreams() == 1);
    }

    private static ScenarioApp start(String main) throws Exception {
        return LangChain4jApps.start(main, LangChain4jApps.NEWEST, PROVIDER, COLLECTOR);
    }

    private static CollectedObservation take() {
        return COLLECTOR.take(1).get(0);
    }

    private static void assertComplete(CollectedObservation observation) {
        assertThat(observation.type()).isEqualTo("generation");
        assertThat(observation.name()).isEqualTo("chat gpt-4o-mini");
        assertThat(observation.level()).isEqualTo("DEFAULT");
        assertThat(observation.outputJson().at("/content").asText()).isEqualTo("Hello there, you");
        assertThat(observation.usage()).isEqualTo(BUCKETS);
        assertThat(observation.attributes())
                .containsEntry("gen_ai.provider.name", "openai")
                .containsEntry("gen_ai.response.finish_reasons", List.of("stop"));
    }
}
