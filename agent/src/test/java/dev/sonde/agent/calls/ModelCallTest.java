package dev.sonde.agent.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.runtime.LiveObservation;
import dev.sonde.runtime.RuntimeConfig;
import dev.sonde.runtime.SondeRuntime;
import dev.sonde.runtime.Tracer;
import dev.sonde.testkit.collector.CollectedObservation;
import dev.sonde.testkit.collector.OtlpCollector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** One call that several libraries see. The process has one tracer, so all share it. */
class ModelCallTest {
    private static final OtlpCollector COLLECTOR = OtlpCollector.start();
    private static Tracer tracer;

    @BeforeAll
    static void start() {
        RuntimeConfig config = RuntimeConfig.read(Map.of(
                "public-key",
                "pk",
                "secret-key",
                "sk",
                "host",
                COLLECTOR.baseUrl().toString()));
        tracer = SondeRuntime.start(config).tracer();
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(tracer.current()).isNull();
        tracer.exporter().flush(Duration.ofSeconds(20));
        COLLECTOR.assertNothingLeft();
        COLLECTOR.reset();
    }

    @AfterAll
    static void close() {
        COLLECTOR.close();
    }

    @Test
    void providerBelowFramework_isOneObservationWithTheWire() {
        ModelCall framework = started(Layer.FRAMEWORK, asked("auto", "\"framework's\""));
        ModelCall provider = started(Layer.PROVIDER, asked("gpt", "\"wire's\"").to("openai", "api.example"));
        assertThat(ModelCall.start(Layer.HTTP, "GENERATION", asked(null, null))).isNull();
        provider.leave();
        provider.answered(() -> answered("id-1", "\"exact\"", Map.of("input", 3L, "total", 3L)));
        framework.leave();
        framework.answered(() -> new Answered(null, null, "\"told\"", Map.of(), List.of("stop"), null));

        CollectedObservation one = all(1).get(0);
        assertThat(one.name()).isEqualTo("chat auto");
        assertThat(one.type()).isEqualTo("generation");
        assertThat(one.input()).isEqualTo("\"wire's\"");
        assertThat(one.output()).isEqualTo("\"exact\"");
        assertThat(one.usage()).isEqualTo(Map.of("input", 3L, "total", 3L));
        assertThat(one.attributes())
                .containsEntry("gen_ai.response.id", "id-1")
                .containsEntry("gen_ai.response.finish_reasons", List.of("stop"))
                .containsEntry("server.address", "api.example");
        assertThat(one.metadata()).doesNotContainKey("attempts");
    }

    @Test
    void severalSuccessesBelowOneCall_areItsChildren_andUseIsCountedOnce() {
        ModelCall router = started(Layer.FRAMEWORK, asked("router", null));
        for (int i = 0; i < 2; i++) {
            String id = "id-" + i;
            ModelCall provider = started(Layer.PROVIDER, asked("gpt-" + i, null));
            provider.leave();
            provider.answered(() -> answered(id, "\"text\"", Map.of("total", 5L)));
        }
        router.leave();
        router.answered(() -> answered(null, "\"both\"", Map.of("total", 10L)));

        List<CollectedObservation> all = all(3);
        CollectedObservation parent = named(all, "chat router");
        assertThat(parent.type()).isEqualTo("chain");
        assertThat(parent.usage()).isEmpty();
        for (String child : List.of("chat gpt-0", "chat gpt-1")) {
            assertThat(named(all, child).parentId()).isEqualTo(parent.id());
            assertThat(named(all, child).id()).isNotEqualTo(parent.id());
            assertThat(named(all, child).usage()).isEqualTo(Map.of("total", 5L));
            assertThat(named(all, child).end()).isBeforeOrEqualTo(parent.end());
        }
    }

    @Test
    void failedTriesBelowASuccess_areAttempts() {
        ModelCall framework = started(Layer.FRAMEWORK, asked("m", null));
        ModelCall first = started(Layer.PROVIDER, asked("m", null));
        first.leave();
        first.failed(new IllegalStateException("overloaded"));
        ModelCall second = started(Layer.PROVIDER, asked("m", null));
        second.leave();
        second.answered(() -> answered("id", "\"text\"", Map.of("total", 1L)));
        framework.leave();
        framework.answered(() -> Answered.NOTHING);

        CollectedObservation one = all(1).get(0);
        assertThat(one.level()).isEqualTo("DEFAULT");
        assertThat(one.metadata().get("attempts")).contains("chat m: overloaded", "chat m: succeeded");
        assertThat(one.attributes()).containsEntry("gen_ai.response.id", "id");
    }

    @Test
    void frameworkOverFramework_overProvider_isOne() {
        ModelCall decorator = started(Layer.FRAMEWORK, asked("d", null));
        ModelCall framework = started(Layer.FRAMEWORK, asked("m", null));
        ModelCall provider = started(Layer.PROVIDER, asked("m", "\"wire\""));
        provider.leave();
        framework.leave();
        decorator.leave();
        decorator.answered(() -> Answered.NOTHING);
        framework.answered(() -> Answered.NOTHING);
        provider.answered(() -> answered("id", "\"late\"", Map.of("total", 7L)));

        CollectedObservation one = all(1).get(0);
        assertThat(one.name()).isEqualTo("chat d");
        assertThat(one.output()).isEqualTo("\"late\"");
        assertThat(one.usage()).isEqualTo(Map.of("total", 7L));
    }

    @Test
    void methodsAndToolsBetween_keepTheirParents() {
        ModelCall framework = started(Layer.FRAMEWORK, asked("m", null));
        LiveObservation between = tracer.start("SPAN", "between").makeCurrent();
        ModelCall provider = started(Layer.PROVIDER, asked("m", null));
        tracer.start("SPAN", "within").end();
        provider.leave();
        provider.answered(() -> answered("id", "\"text\"", Map.of("total", 1L)));
        between.leave();
        between.end();
        Step tool = Objects.requireNonNull(Step.start("TOOL", "weather", Map.of("city", "Oslo")))
                .enter();
        ModelCall inTool = started(Layer.PROVIDER, asked("other", null));
        inTool.leave();
        inTool.answered(() -> answered("id-2", "\"text\"", Map.of("total", 2L)));
        tool.leave();
        tool.ended("rain");
        framework.leave();
        framework.answered(() -> Answered.NOTHING);

        List<CollectedObservation> all = all(5);
        String outer = named(all, "chat m").id();
        assertThat(named(all, "chat m").usage()).isEqualTo(Map.of("total", 1L));
        assertThat(named(all, "between").parentId()).isEqualTo(outer);
        assertThat(named(all, "within").parentId()).isEqualTo(outer);
        assertThat(named(all, "weather").parentId()).isEqualTo(outer);
        assertThat(named(all, "weather").input()).isEqualTo("{\"city\":\"Oslo\"}");
        assertThat(named(all, "weather").output()).isEqualTo("rain");
        assertThat(named(all, "chat other").parentId())
                .isEqualTo(named(all, "weather").id());
    }

    @Test
    void sameToolWithinItself_isOne_anotherIsNot() {
        Step outer = Objects.requireNonNull(Step.start("TOOL", "search", null)).enter();
        Step same =
                Objects.requireNonNull(Step.start("TOOL", "search", "query")).enter();
        Step other = Objects.requireNonNull(Step.start("TOOL", "fetch", null));
        other.failed(new IllegalStateException("gone"));
        same.leave();
        same.note(observation -> observation.metadata("server", "files")).ended("found");
        outer.leave();
        outer.ended(null);

        List<CollectedObservation> all = all(2);
        assertThat(named(all, "search").output()).isEqualTo("found");
        assertThat(named(all, "search").metadata()).containsEntry("server", "files");
        assertThat(named(all, "fetch").level()).isEqualTo("ERROR");
        assertThat(named(all, "fetch").parentId())
                .isEqualTo(named(all, "search").id());
    }

    @Test
    void retrieverWithinARetriever_keepsItsOwnWords_andTheStoreAddsItsOwn() {
        Step framework =
                Objects.requireNonNull(Step.start("RETRIEVER", "docs", "who?")).enter();
        Step store = Objects.requireNonNull(Step.startJson("RETRIEVER", "search docs", "{\"vector\":3}"))
                .enter();
        store.leave();
        store.note(observation -> observation.attribute("db.system.name", "qdrant"))
                .endedJson("[{\"id\":1}]");
        framework.leave();
        framework.ended("Ada");

        CollectedObservation one = all(1).get(0);
        assertThat(one.name()).isEqualTo("docs");
        assertThat(one.input()).isEqualTo("who?");
        assertThat(one.output()).isEqualTo("Ada");
        assertThat(one.attributes()).containsEntry("db.system.name", "qdrant");
    }

    @Test
    void step_whoseAnswerCannotBeRead_endsWithAWarning_andTheResultIsGivenOn() {
        CompletableFuture<String> result = new CompletableFuture<>();
        Step step = Objects.requireNonNull(Step.start("RETRIEVER", "docs", null));

        Object given = step.followJson(result, "java.util.concurrent.CompletableFuture", value -> {
            throw new IllegalStateException("of another version");
        });
        result.complete("done");

        assertThat(given).isEqualTo(result);
        CollectedObservation one = all(1).get(0);
        assertThat(one.level()).isEqualTo("WARNING");
        assertThat(one.message()).isEqualTo("The answer could not be recorded: java.lang.IllegalStateException");
    }

    @Test
    void rankingWithinARetriever_isAStepOfItsOwn() {
        Step retriever = Objects.requireNonNull(Step.start("RETRIEVER", "documents", "query"))
                .enter();
        ModelCall ranking = Objects.requireNonNull(
                ModelCall.start(Layer.PROVIDER, "RETRIEVER", new Asked("rerank", "r", "\"query\"", "{}")));
        ranking.answered(() -> answered("id", "[1,0]", Map.of("search_units", 1L)));
        retriever.leave();
        retriever.ended("found");

        List<CollectedObservation> all = all(2);
        assertThat(named(all, "rerank r").parentId())
                .isEqualTo(named(all, "documents").id());
        assertThat(named(all, "rerank r").usage()).isEqualTo(Map.of("search_units", 1L));
        assertThat(named(all, "documents").output()).isEqualTo("found");
    }

    @Test
    void failed_saysWhatTheProviderSays() {
        ModelCall call = started(Layer.PROVIDER, asked("m", null));
        call.leave();
        call.failed(new Refused());

        assertThat(all(1).get(0).message()).isEqualTo("HTTP 400: Refused: No such model.");
    }

    /** Keeps status and body apart from its message. */
    public static final class Refused extends RuntimeException {
        Refused() {
            super("Refused");
        }

        public int statusCode() {
            return 400;
        }

        public Object body() {
            return Map.of("message", "No such model.");
        }
    }

    @Test
    void coldStep_isOneForEachSubscriber_whereThatIs() {
        ColdStep cold = new ColdStep(
                place -> Step.startAt(place, "TOOL", "search", null), (step, value) -> step.failed("refused", value));
        Mono<?> mono = (Mono<?>) cold.mono(
                Mono.never(),
                () -> Mono.just(Objects.requireNonNull(tracer.current()).name()));
        LiveObservation around = tracer.start("SPAN", "around").makeCurrent();
        mono.block();
        around.leave();
        around.end();
        assertThat(mono.block()).isEqualTo("search");

        List<CollectedObservation> all = all(3);
        assertThat(all).extracting(CollectedObservation::name).containsExactly("around", "search", "search");
        assertThat(all.get(1).parentId()).isEqualTo(all.get(0).id());
        assertThat(all.get(2).parentId()).isNull();
        for (CollectedObservation search : all.subList(1, 3)) {
            assertThat(search.level()).isEqualTo("ERROR");
            assertThat(search.message()).isEqualTo("refused");
            assertThat(search.output()).isEqualTo("search");
        }
    }

    @Test
    void coldStep_thatDoesNotStart_leavesItsSubscribersWhereTheyAre() {
        ColdStep cold = new ColdStep(place -> null, Step::ended);
        Mono<?> mono = (Mono<?>) cold.mono(Mono.empty(), () -> {
            tracer.start("SPAN", "below").end();
            return Mono.just("done");
        });
        LiveObservation around = tracer.start("SPAN", "around").makeCurrent();
        assertThat(mono.block()).isEqualTo("done");
        around.leave();
        around.end();
        assertThat(mono.block()).isEqualTo("done");

        List<CollectedObservation> all = all(3);
        assertThat(all).extracting(CollectedObservation::name).containsExactly("around", "below", "below");
        assertThat(all.get(1).parentId()).isEqualTo(all.get(0).id());
        assertThat(all.get(2).parentId()).isNull();
    }

    @Test
    void follow_endsWithTheFuture() {
        CompletableFuture<String> result = new CompletableFuture<>();
        ModelCall call = started(Layer.PROVIDER, asked("m", null));
        call.leave();

        Object given = call.follow(
                result,
                "java.util.concurrent.CompletableFuture",
                value -> answered("id", "\"" + value + "\"", Map.of()),
                () -> null);
        result.complete("done");

        assertThat(given).isInstanceOf(CompletableFuture.class);
        assertThat(all(1).get(0).output()).isEqualTo("\"done\"");
    }

    @Test
    void later_isReadOnTheExportersThread() {
        List<String> threads = new CopyOnWriteArrayList<>();
        ModelCall call = startedLater(() -> {
            threads.add(Thread.currentThread().getName());
            return asked("m", "\"question\"");
        });
        call.leave();
        call.answeredLater(() -> {
            threads.add(Thread.currentThread().getName());
            return answered("id", "\"answer\"", Map.of("total", 4L));
        });

        CollectedObservation one = all(1).get(0);
        assertThat(one.name()).isEqualTo("chat m");
        assertThat(one.input()).isEqualTo("\"question\"");
        assertThat(one.output()).isEqualTo("\"answer\"");
        assertThat(one.usage()).isEqualTo(Map.of("total", 4L));
        assertThat(threads).containsExactly("sonde-export", "sonde-export");
    }

    @Test
    void later_belowAFramework_isStillOneObservationWithTheWire() {
        ModelCall framework = started(Layer.FRAMEWORK, asked("auto", "\"framework's\""));
        ModelCall provider = startedLater(() -> asked("gpt", "\"wire's\""));
        provider.leave();
        provider.answeredLater(() -> answered("id-1", "\"exact\"", Map.of("total", 3L)));
        framework.leave();
        framework.answered(() -> Answered.NOTHING);

        CollectedObservation one = all(1).get(0);
        assertThat(one.name()).isEqualTo("chat auto");
        assertThat(one.input()).isEqualTo("\"wire's\"");
        assertThat(one.output()).isEqualTo("\"exact\"");
        assertThat(one.usage()).isEqualTo(Map.of("total", 3L));
    }

    @Test
    void later_whatCannotBeRead_costsThatAndNoMore() {
        ModelCall call = startedLater(() -> {
            throw new IllegalStateException("no such field");
        });
        call.leave();
        call.answeredLater(() -> answered("id", "\"answer\"", Map.of()));

        CollectedObservation one = all(1).get(0);
        assertThat(one.level()).isEqualTo("WARNING");
        assertThat(one.message()).isEqualTo("The call could not be recorded: java.lang.IllegalStateException");
        assertThat(one.output()).isEqualTo("\"answer\"");
    }

    @Test
    void later_anErrorInTheAnswer_isTheLevel() {
        ModelCall call = startedLater(() -> asked("m", null));
        call.leave();
        call.answeredLater(() -> new Answered(null, null, null, Map.of(), List.of(), "over quota"));

        CollectedObservation one = all(1).get(0);
        assertThat(one.level()).isEqualTo("ERROR");
        assertThat(one.message()).isEqualTo("over quota");
    }

    @Test
    void later_failed_stillTellsTheRequest() {
        ModelCall call = startedLater(() -> asked("m", "\"question\""));
        call.leave();
        call.failed(new IllegalStateException("gone"));

        CollectedObservation one = all(1).get(0);
        assertThat(one.level()).isEqualTo("ERROR");
        assertThat(one.input()).isEqualTo("\"question\"");
    }

    private static ModelCall startedLater(Supplier<Asked> asked) {
        return Objects.requireNonNull(ModelCall.startLater(Layer.PROVIDER, "GENERATION", asked))
                .enter();
    }

    private static ModelCall started(Layer layer, Asked asked) {
        return Objects.requireNonNull(ModelCall.start(layer, "GENERATION", asked))
                .enter();
    }

    private static Asked asked(String model, String input) {
        return new Asked("chat", model, input, "{}");
    }

    private static Answered answered(String id, String output, Map<String, Long> usage) {
        return new Answered(id, null, output, usage, List.of(), null);
    }

    private static List<CollectedObservation> all(int count) {
        tracer.exporter().flush(Duration.ofSeconds(20));
        return COLLECTOR.take(count);
    }

    private static CollectedObservation named(List<CollectedObservation> all, String name) {
        return all.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }
}
