package dev.sonde.agent.instrumentation.plainhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.agent.instrumentation.LibraryBench;
import dev.sonde.testkit.Answer;
import dev.sonde.testkit.LocalProvider;
import dev.sonde.testkit.Pacing;
import dev.sonde.testkit.collector.CollectedObservation;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is recorded of calls by one HTTP client. Each scenario runs in a JVM with the real agent; providers and collector
 * are local.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PlainHttpContract {
    static final Answer HELLO = new Answer.Scripted("Hello there, you", List.of(), new Answer.Usage(12, 7, 4, 3));

    @RegisterExtension
    final LibraryBench bench;

    private final Providers providers = new Providers();
    private final String version;

    /**
     * @param client as users name it
     * @param main class of the application
     */
    PlainHttpContract(String client, String main, String version, LibraryBench.ClassPath classPath) {
        this.version = version;
        this.bench = LibraryBench.of(client, main, providers, classPath);
    }

    /** Ways to read a whole answer; the first is {@code blocking}. */
    abstract List<String> waysToReadWhole();

    /** Ways to read a stream to its end. */
    abstract List<String> waysToStream();

    /** Ways to leave a stream behind its first word. */
    abstract List<String> waysToCancel();

    @ParameterizedTest
    @MethodSource("wholes")
    final void wholeAnswer_isRecorded(Wire wire, String way) throws Exception {
        provider(wire).answerNext(HELLO);

        assertThat(play(way, wire)).isEqualTo("200 Hello there, you");

        CollectedObservation observation = take();
        assertComplete(wire, observation);
        assertThat(observation.parentId()).isNull();
        assertThat(observation.completionStart()).isNull();
    }

    @ParameterizedTest
    @MethodSource("streams")
    final void stream_isRecordedWithItsTimeToFirstToken(Wire wire, String way) throws Exception {
        provider(wire).answerNext(HELLO).pace(Pacing.every(Duration.ofMillis(40)));

        assertThat(play(way, wire)).isEqualTo("200 Hello there, you");

        CollectedObservation observation = take();
        assertComplete(wire, observation);
        assertThat(Duration.between(observation.start(), observation.completionStart()))
                .isGreaterThanOrEqualTo(Duration.ofMillis(40));
        // Two more words and at least one part that ends it.
        assertThat(Duration.between(observation.completionStart(), observation.end()))
                .isGreaterThanOrEqualTo(Duration.ofMillis(2 * 40 - 20));
    }

    @ParameterizedTest
    @MethodSource("cancels")
    final void stream_cancelled_keepsWhatCameAndStopsTheProvider(Wire wire, String way) throws Exception {
        LocalProvider<?> provider = provider(wire);
        provider.answerNext(Answer.text("word ".repeat(400))).pace(Pacing.every(Duration.ofMillis(5)));

        assertThat(play(way, wire)).startsWith("200 word");

        CollectedObservation observation = take();
        assertThat(observation.name()).isEqualTo(wire.observationName);
        assertThat(observation.level()).isEqualTo("WARNING");
        assertThat(observation.message()).isEqualTo("The stream was closed before its end.");
        assertThat(observation.outputJson().at(wire.text).asText()).startsWith("word");
        assertThat(observation.completionStart()).isNotNull();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> provider.cancelledStreams() == 1);
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    final void refusal_isAnErrorWithItsStatus(Wire wire) throws Exception {
        provider(wire).answerNext(Answer.failure(429, "Slow down."));

        assertThat(play("blocking", wire)).startsWith("429");

        assertRefused(wire, take());
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    final void refusalOfAStream_isAnErrorWithItsStatus(Wire wire) throws Exception {
        provider(wire).answerNext(Answer.failure(429, "Slow down."));

        assertThat(play(waysToStream().get(0), wire)).startsWith("429");

        assertRefused(wire, take());
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    final void stream_thatBreaksOff_keepsWhatCame(Wire wire) throws Exception {
        provider(wire)
                .answerNext(Answer.cutAfter(8, Answer.text("word ".repeat(40))))
                .pace(Pacing.every(Duration.ofMillis(5)));

        assertThat(play(waysToStream().get(0), wire)).startsWith("threw ");

        CollectedObservation observation = take();
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.message()).isNotEmpty();
        assertThat(observation.outputJson().at(wire.text).asText()).startsWith("word");
    }

    @Test
    final void insideAnObservedMethod_isItsChild() throws Exception {
        provider(Wire.OPENAI).answerNext(HELLO);

        assertThat(play("observed", Wire.OPENAI)).isEqualTo("200 Hello there, you");

        List<CollectedObservation> both = bench.take(2);
        assertThat(both).extracting(CollectedObservation::name).containsExactly("outer", Wire.OPENAI.observationName);
        assertThat(both.get(1).parentId()).isEqualTo(both.get(0).id());
    }

    @Test
    final void requestThatAsksNoModel_isNotRecorded() throws Exception {
        assertThat(play("blocking", "other", Wire.OPENAI)).startsWith("400");
        provider(Wire.OPENAI).answerNext(HELLO);
        assertThat(play("blocking", Wire.OPENAI)).isEqualTo("200 Hello there, you");

        assertThat(take().name()).isEqualTo(Wire.OPENAI.observationName);
    }

    @Test
    final void embeddings_recordTextsAndUsageButNoVectors() throws Exception {
        assertThat(play("blocking", "openai-embeddings", Wire.OPENAI)).startsWith("200");

        CollectedObservation observation = take();
        assertThat(observation.type()).isEqualTo("embedding");
        assertThat(observation.name()).isEqualTo("embeddings text-embedding-3-small");
        assertThat(observation.inputJson()).hasToString("[\"red fox\"]");
        assertThat(observation.outputJson()).hasToString("{\"vectors\":1,\"dimensions\":8}");
        assertThat(observation.usage()).isEqualTo(Map.of("input", 2L, "total", 2L));
    }

    @Test
    final void responses_areRecordedWholeAndStreamed() throws Exception {
        for (String way : List.of("blocking", waysToStream().get(0))) {
            provider(Wire.OPENAI).answerNext(HELLO);

            assertThat(play(way, "openai-responses", Wire.OPENAI)).startsWith("200");

            CollectedObservation observation = take();
            assertThat(observation.name()).isEqualTo("chat gpt-4o-mini");
            assertThat(observation.input()).isEqualTo("\"Say hello\"");
            assertThat(observation.outputJson().at("/content/0/text").asText()).isEqualTo("Hello there, you");
            assertThat(observation.usage()).isEqualTo(Wire.OPENAI.usage);
        }
    }

    final String play(String way, Wire wire) throws Exception {
        return play(way, wire.word(), wire);
    }

    final String play(String way, String asking, Wire wire) throws Exception {
        return bench.play(version, way + " " + asking + " " + wire.address(provider(wire)));
    }

    final LocalProvider<?> provider(Wire wire) {
        return providers.byWire.get(wire);
    }

    final CollectedObservation take() {
        return bench.take();
    }

    final Stream<Arguments> wholes() {
        return combined(waysToReadWhole());
    }

    final Stream<Arguments> streams() {
        return combined(waysToStream());
    }

    final Stream<Arguments> cancels() {
        return combined(waysToCancel());
    }

    private static Stream<Arguments> combined(List<String> ways) {
        return Stream.of(Wire.values()).flatMap(wire -> ways.stream().map(way -> Arguments.of(wire, way)));
    }

    static void assertComplete(Wire wire, CollectedObservation observation) {
        assertThat(observation.type()).isEqualTo("generation");
        assertThat(observation.name()).isEqualTo(wire.observationName);
        assertThat(observation.level()).isEqualTo("DEFAULT");
        assertThat(observation.message()).isEmpty();
        assertThat(observation.inputJson()).hasToString(wire.input);
        assertThat(observation.outputJson().at(wire.text).asText()).isEqualTo("Hello there, you");
        assertThat(observation.usage()).isEqualTo(wire.usage);
        assertThat(observation.attributes())
                .containsEntry("gen_ai.provider.name", wire.providerName)
                .containsEntry("gen_ai.response.finish_reasons", List.of(wire.finishReason))
                .containsEntry("server.address", "127.0.0.1")
                .containsKey("gen_ai.request.model");
    }

    static void assertRefused(Wire wire, CollectedObservation observation) {
        assertThat(observation.name()).isEqualTo(wire.observationName);
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.message()).isEqualTo("HTTP 429: Slow down.");
        assertThat(observation.inputJson()).hasToString(wire.input);
        assertThat(observation.output()).isNull();
        assertThat(observation.usage()).isEmpty();
    }

    /** One server for each wire; which of them is called is part of a scenario. */
    private static final class Providers implements LibraryBench.Server {
        private final Map<Wire, LocalProvider<?>> byWire = new EnumMap<>(Wire.class);

        Providers() {
            for (Wire wire : Wire.values()) {
                byWire.put(wire, wire.start());
            }
        }

        @Override
        public URI baseUrl() {
            return URI.create("http://none.invalid");
        }

        @Override
        public void reset() {
            byWire.values().forEach(LocalProvider::reset);
        }

        @Override
        public void close() {
            byWire.values().forEach(LocalProvider::close);
        }
    }
}
