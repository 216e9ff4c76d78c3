package dev.sonde.agent.instrumentation.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.agent.instrumentation.LibraryBench;
import dev.sonde.testkit.Answer;
import dev.sonde.testkit.OpenAiProvider;
import dev.sonde.testkit.Pacing;
import dev.sonde.testkit.collector.CollectedObservation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What only newer versions of the library can: openai-java below it, and streams that are stopped early. */
class LangChain4jStacksIT {
    private static final OpenAiProvider PROVIDER = OpenAiProvider.start();

    @RegisterExtension
    static final LibraryBench OFFICIAL = LangChain4jApps.bench("OfficialApp", PROVIDER);

    @RegisterExtension
    static final LibraryBench CANCEL = LangChain4jApps.bench("CancelApp", PROVIDER);

    private static final Map<String, Long> BUCKETS =
            Map.of("input", 8L, "input_cached_tokens", 4L, "output", 4L, "output_reasoning_tokens", 3L, "total", 19L);
    private static final Answer HELLO =
            new Answer.Scripted("Hello there, you", List.of(), new Answer.Usage(12, 7, 4, 3));

    private static final Pacing PACE = Pacing.every(Duration.ofMillis(5));
    private static final String CLOSED = "The stream was closed before its end.";

    @Test
    void openAiOfficial_isOneObservationWithTheClientsOwn() throws Exception {
        PROVIDER.answerNext(HELLO, HELLO);

        assertThat(OFFICIAL.play(LangChain4jApps.NEWEST, "blocking")).isEqualTo("Hello there, you");
        assertComplete(OFFICIAL.take());

        assertThat(OFFICIAL.play(LangChain4jApps.NEWEST, "streaming")).isEqualTo("Hello there, you|STOP");
        CollectedObservation streamed = OFFICIAL.take();
        assertComplete(streamed);
        assertThat(streamed.completionStart()).isBetween(streamed.start(), streamed.end());
    }

    @Test
    void openAiOfficial_refused_isOneObservation() throws Exception {
        PROVIDER.answerNext(Answer.failure(429, "Slow down."));

        assertThat(OFFICIAL.play(LangChain4jApps.NEWEST, "blocking")).contains("RateLimitException");

        CollectedObservation observation = OFFICIAL.take();
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.message()).startsWith("HTTP 429: ");
    }

    @Test
    void streaming_cancelledFromTheHandler_keepsWhatCameAndStopsTheProvider() throws Exception {
        PROVIDER.answerNext(endless()).pace(PACE);

        assertThat(CANCEL.play(LangChain4jApps.NEWEST, "inside")).isEqualTo("true");

        assertCancelled(CANCEL.take());
    }

    @Test
    void streaming_cancelledFromElsewhere_keepsWhatCameAndStopsTheProvider() throws Exception {
        PROVIDER.answerNext(endless()).pace(PACE);

        assertThat(CANCEL.play(LangChain4jApps.NEWEST, "outside")).isEqualTo("true");

        assertCancelled(CANCEL.take());
    }

    @Test
    void streamOfAService_cancelledFromElsewhere_endsTheServicesCallToo() throws Exception {
        PROVIDER.answerNext(endless()).pace(PACE);

        assertThat(CANCEL.play(LangChain4jApps.NEWEST, "service")).isEqualTo("true");

        List<CollectedObservation> both = CANCEL.take(2);
        assertThat(both).extracting(CollectedObservation::type).containsExactly("chain", "generation");
        assertThat(both.get(0).level()).isEqualTo("WARNING");
        assertThat(both.get(0).message()).isEqualTo(CLOSED);
        assertThat(both.get(1).parentId()).isEqualTo(both.get(0).id());
        assertCancelled(both.get(1));
    }

    private static Answer endless() {
        return Answer.text("word ".repeat(4000));
    }

    private static void assertCancelled(CollectedObservation observation) throws Exception {
        assertThat(observation.level()).isEqualTo("WARNING");
        assertThat(observation.message()).isEqualTo(CLOSED);
        assertThat(observation.outputJson().at("/content").asText()).startsWith("word");
        assertThat(observation.completionStart()).isBetween(observation.start(), observation.end());
        assertThat(Duration.between(observation.completionStart(), observation.end()))
                .isLessThan(Duration.ofSeconds(10));
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> PROVIDER.cancelledStreams() == 1);
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
