package dev.sonde.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.Score;
import dev.sonde.Sonde;
import dev.sonde.annotations.ObservationType;
import dev.sonde.boot.Hooks;
import dev.sonde.testkit.collector.CollectedObservation;
import dev.sonde.testkit.collector.CollectedScore;
import dev.sonde.testkit.collector.OtlpCollector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What arrives on the wire when sites, the tracer and the facade are used. */
class ExportedObservationsTest {

    private static OtlpCollector collector;
    private static Tracer tracer;

    @BeforeAll
    static void start() {
        collector = OtlpCollector.start();
        tracer = SondeRuntime.start(RuntimeConfig.read(Map.of(
                        "host", "http://127.0.0.1:" + collector.port(),
                        "public-key", "pk-lf-test",
                        "secret-key", "sk-lf-test",
                        "environment", "test",
                        "flush-interval-millis", "20")))
                .tracer();
    }

    @AfterAll
    static void stop() {
        collector.close();
    }

    @AfterEach
    void nothingLeft() {
        collector.assertNothingLeft();
    }

    @Test
    void site_nestedCalls_nestAsCalled() {
        int outer = site("outer", "AGENT", List.of("question", "count"));
        int inner = site("inner", "TOOL", List.of("word"));

        Object scope = Hooks.enter(outer, null, new Object[] {"why", 3});
        Object child = Hooks.enter(inner, null, new Object[] {"because"});
        Hooks.exit(inner, child, List.of(1, 2), null);
        Hooks.exit(outer, scope, "done", null);

        CollectedObservation root = collector.takeNamed("outer");
        CollectedObservation tool = collector.takeNamed("inner");
        assertThat(root.parentId()).isNull();
        assertThat(tool.parentId()).isEqualTo(root.id());
        assertThat(tool.traceId()).isEqualTo(root.traceId());
        assertThat(root.type()).isEqualTo("agent");
        assertThat(root.input()).isEqualTo("{\"question\":\"why\",\"count\":3}");
        assertThat(root.output()).isEqualTo("done");
        assertThat(tool.input()).isEqualTo("because");
        assertThat(tool.output()).isEqualTo("[1,2]");
        assertThat(root.end()).isAfterOrEqualTo(tool.end());
        assertThat(root.scope().resource()).containsEntry("langfuse.environment", "test");
    }

    @Test
    void site_exception_isAnErrorWithItsMessage() {
        int site = site("fails", "SPAN", List.of());

        Object scope = Hooks.enter(site, null, null);
        Hooks.exit(site, scope, null, new IllegalStateException("no luck"));

        CollectedObservation failed = collector.takeNamed("fails");
        assertThat(failed.level()).isEqualTo("ERROR");
        assertThat(failed.string("langfuse.observation.status_message")).isEqualTo("IllegalStateException: no luck");
        assertThat(failed.statusCode()).isEqualTo(2);
        assertThat(failed.string("exception.stacktrace")).contains("ExportedObservationsTest");
    }

    @Test
    void site_future_endsWhenItCompletes() {
        int site = site("later", "SPAN", List.of());
        CompletableFuture<String> future = new CompletableFuture<>();

        Object scope = Hooks.enter(site, null, null);
        Object returned = Hooks.exit(site, scope, future, null);

        assertThat(returned).isSameAs(future);
        assertThat(Sonde.traceId()).isEmpty();
        assertThat(Sonde.flush(Duration.ofSeconds(5))).isTrue();
        assertThat(collector.observations()).isEmpty();
        future.complete("now");
        assertThat(collector.takeNamed("later").output()).isEqualTo("now");
    }

    @Test
    void site_cancelledFuture_saysSo() {
        int site = site("cancelled", "SPAN", List.of());
        CompletableFuture<String> future = new CompletableFuture<>();

        Hooks.exit(site, Hooks.enter(site, null, null), future, null);
        future.cancel(true);

        CollectedObservation cancelled = collector.takeNamed("cancelled");
        assertThat(cancelled.level()).isEqualTo("WARNING");
        assertThat(cancelled.string("langfuse.observation.status_message")).isEqualTo("cancelled");
    }

    @Test
    void facade_attributesOfTheTrace_areOnEveryObservationThatEndsLater() {
        try (var root = Sonde.start(ObservationType.CHAIN, "root")) {
            Sonde.trace().userId("ada").sessionId("s-1").tags("b", "a").metadata("tenant", "acme");
            Sonde.run(
                    ObservationType.SPAN,
                    "child",
                    () -> Sonde.score(Score.of("ok", true).comment("fine")));
            Sonde.score(Score.of("quality", 0.5).onTrace());
        }

        for (CollectedObservation observation : collector.take(2)) {
            assertThat(observation.userId()).isEqualTo("ada");
            assertThat(observation.sessionId()).isEqualTo("s-1");
            assertThat(observation.tags()).containsExactlyInAnyOrder("a", "b");
            assertThat(observation.string("langfuse.trace.metadata.tenant")).isEqualTo("acme");
        }
        List<CollectedScore> scores = collector.takeScores(2);
        assertThat(scores).extracting(CollectedScore::name).containsExactlyInAnyOrder("ok", "quality");
    }

    @Test
    void exporter_serverAway_deliversWhenItIsBack() {
        collector.refuseNext(2, 503);

        Sonde.run(ObservationType.SPAN, "patient", () -> {});

        assertThat(collector.takeNamed("patient").name()).isEqualTo("patient");
    }

    @Test
    void exporter_tooLarge_splits() {
        try (var root = Sonde.start(ObservationType.SPAN, "split root")) {
            collector.refuseNext(1, 413);
            Sonde.event("split event", "x");
        }

        assertThat(collector.take(2))
                .extracting(CollectedObservation::name)
                .containsExactlyInAnyOrder("split root", "split event");
    }

    private static int site(String name, String type, List<String> parameters) {
        return Hooks.register(new ObserveSite(
                tracer,
                new ObservedMethod(
                        "com.acme.Service",
                        "call",
                        parameters.stream().map(ObservedMethod.Parameter::named).toList(),
                        true,
                        Map.of("name", name, "type", type)),
                null));
    }
}
