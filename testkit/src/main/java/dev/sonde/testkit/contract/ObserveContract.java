package dev.sonde.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.contract.Program;
import dev.sonde.testkit.collector.CollectedObservation;
import dev.sonde.testkit.collector.CollectedScore;
import dev.sonde.testkit.collector.OtlpCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the annotations mean, whoever weaves them. A weaver's module says how the program is started. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
public abstract class ObserveContract {

    private ObservedRun run;
    private ObservedRun plain;

    /**
     * The command that runs a program observed.
     *
     * @param options system properties that configure the runtime, to be set for the program
     */
    protected abstract List<String> observed(Map<String, String> options, String mainClass) throws Exception;

    /** The command that runs the program with nothing that observes. */
    protected abstract List<String> plain(String mainClass);

    /** What this way of weaving cannot do. */
    protected Set<Capability> gaps() {
        return Set.of();
    }

    @BeforeAll
    final void runBoth() throws Exception {
        try (OtlpCollector collector = OtlpCollector.start()) {
            Map<String, String> options = new TreeMap<>(Map.of(
                    "sonde.host", collector.baseUrl().toString(),
                    "sonde.public-key", "pk-own",
                    "sonde.secret-key", "sk-own",
                    "sonde.projects", "other",
                    "sonde.project.other.public-key", "pk-other",
                    "sonde.project.other.secret-key", "sk-other"));
            run = ObservedRun.of(observed(options, Program.class.getName()), collector);
        }
        try (OtlpCollector collector = OtlpCollector.start()) {
            plain = ObservedRun.of(plain(Program.class.getName()), collector);
        }
    }

    @Test
    final void program_behavesAsUnobserved() {
        assertThat(run.output()).isEqualTo(plain.output()).isNotEmpty();
        assertThat(run.status()).as(run.toString()).isZero();
        assertThat(plain.observations()).isEmpty();
    }

    @Test
    final void names_areDefaultGivenOrMadeOfTheCall() {
        assertThat(run.one("Named.plain").input()).isEqualTo("1");
        assertThat(run.one("by value").output()).isEqualTo("v");
        assertThat(run.one("greet Ada, i1 of 2").output()).isEqualTo("Adai1");
        assertThat(run.one("made new").outputJson().path("count").asInt()).isEqualTo(1);
    }

    @Test
    final void stereotypes_giveTypeAndName() {
        assertThat(run.one("named stereotype").type()).isEqualTo("retriever");
        assertThat(run.one("looked up").type()).isEqualTo("retriever");
        assertThat(run.one("looked up").metadata()).containsEntry("shelf", "top");
        for (String type : List.of("generation", "agent", "tool", "chain", "retriever", "embedding", "evaluator")) {
            assertThat(run.one("Named." + type).type()).isEqualTo(type);
        }
        assertThat(run.one("Named.guardrail").type()).isEqualTo("guardrail");
        assertThat(run.one("Named.event").type()).isEqualTo("event");
    }

    @Test
    final void observedType_holdsForItsPublicMethods() {
        assertThat(run.one("Whole.first").type()).isEqualTo("chain");
        assertThat(run.one("own").type()).isEqualTo("span");
        assertThat(run.all("Whole.third")).isEmpty();
        assertThat(run.all("Whole.hidden")).isEmpty();
        assertThat(run.all("not used")).isEmpty();
    }

    @Test
    final void everyCall_isObserved() {
        needs(Capability.EVERY_CALL, () -> {
            assertThat(run.one("Named.secret").output()).isEqualTo("private");
            assertThat(run.one("Named.fixed").output()).isEqualTo("static");
            assertThat(run.one("Whole.second").parentId())
                    .isEqualTo(run.one("Whole.first").id());
        });
    }

    @Test
    final void inheritedAnnotation_holdsOnRequest() {
        needs(Capability.INHERITED, () -> {
            assertThat(run.one("Shelves.put").type()).isEqualTo("tool");
            assertThat(run.one("Shelves.put").input()).isEqualTo("book");
        });
        assertThat(run.all("Shelves.bare")).isEmpty();
    }

    @Test
    final void capture_isSwitchedByTheAnnotation() {
        assertThat(run.one("Captured.off").input()).isNull();
        assertThat(run.one("Captured.off").output()).isNull();
        assertThat(run.one("Captured.on").input()).isEqualTo("in");
    }

    @Test
    final void parameters_areChosenAndNamed() {
        assertThat(run.one("Captured.some").input()).isEqualTo("b");
        assertThat(run.one("Captured.parts").inputJson()).hasToString("{\"open\":\"visible\",\"pin\":\"***\"}");
        assertThat(run.one("Captured.named").inputJson()).hasToString("{\"first\":\"x\",\"b\":\"y\"}");
    }

    @Test
    final void paths_leadIntoArgumentsAndResult() {
        CollectedObservation paths = run.one("Captured.paths");
        assertThat(paths.input()).isEqualTo("hello");
        assertThat(paths.output()).isEqualTo("r7");
        assertThat(paths.metadata()).containsEntry("limit", "9").containsEntry("fixed", "7");
        assertThat(paths.metadata()).doesNotContainKey("missing");
        assertThat(run.one("Captured.every").inputJson()).hasToString("[\"system\",\"user\"]");
    }

    @Test
    final void values_areThoseOfTheMoment_withoutSecrets() {
        CollectedObservation login = run.one("Captured.login");
        assertThat(login.inputJson().path("user").asText()).as(login.input()).isEqualTo("ada");
        assertThat(login.inputJson().path("password").asText()).isEqualTo("***");
        assertThat(login.inputJson().path("broken").asText()).contains("IllegalArgumentException");
        assertThat(run.one("Captured.ring").input()).contains("(cycle)");
        assertThat(run.one("Captured.mutated").input()).contains("before");
        assertThat(run.one("Captured.mutated").output()).isEqualTo("after");
        assertThat(run.one("Captured.keys").inputJson()).hasToString("{\"api_key\":\"***\",\"tokens\":5}");
        assertThat(run.one("Captured.keys").metadata()).containsEntry("count", "5");
        assertThat(run.one("Captured.stream").input()).contains("java.io.ByteArrayInputStream");
        assertThat(run.one("Captured.nothing").output()).isEqualTo("{}");
    }

    @Test
    final void transformers_makeWhatIsRecorded() {
        assertThat(run.one("Captured.transformed").input()).isEqualTo("QUIET");
        assertThat(run.one("Captured.transformed").output()).isEqualTo("QUIET!");
        assertThat(run.one("Captured.brokenTransform").input()).isNull();
        assertThat(run.one("Captured.brokenTransform").output()).isEqualTo("kept");
    }

    @Test
    final void masks_changeTextOrLoseIt() {
        assertThat(run.one("Captured.masked").input()).isEqualTo("call ###");
        assertThat(run.one("Captured.masked").output()).isEqualTo("call ### #");
        assertThat(run.one("Captured.brokenMask").input()).isNull();
        assertThat(run.one("Captured.brokenMask").output()).isNull();
    }

    @Test
    final void maxChars_cutsAndSaysSo() {
        assertThat(run.one("Captured.cut").input())
                .startsWith("0123456789")
                .endsWith("… (100 more characters)")
                .hasSizeLessThan(140);
    }

    @Test
    final void traceAttributes_holdForAllBelow() {
        CollectedObservation own = run.one("Traced.attributed");
        CollectedObservation below = run.leaf("below attributed");
        assertThat(below.parentId()).isEqualTo(own.id());
        assertThat(below.userId()).isEqualTo("u1");
        assertThat(below.tags()).containsExactlyInAnyOrder("fixed", "team-blue");
        assertThat(own.userId()).isEqualTo("u1");
        assertThat(own.sessionId()).isEqualTo("s1");
        assertThat(own.tags()).containsExactlyInAnyOrder("fixed", "team-blue");
        assertThat(own.attributes())
                .containsEntry("langfuse.trace.name", "attributed trace")
                .containsEntry("langfuse.trace.metadata.team", "blue")
                .containsEntry("langfuse.version", "v3")
                .containsEntry("langfuse.environment", "contract");
        CollectedObservation companions = run.one("Traced.companions");
        assertThat(companions.userId()).isEqualTo("u2");
        assertThat(companions.sessionId()).isEqualTo("s2");
        assertThat(companions.tags()).containsExactlyInAnyOrder("t1", "t2");
        assertThat(companions.model()).isEqualTo("gpt-x");
    }

    @Test
    final void generation_isReadFromTheResult() {
        CollectedObservation generation = run.one("Traced.generate");
        assertThat(generation.type()).isEqualTo("generation");
        assertThat(generation.model()).isEqualTo("gpt-9");
        assertThat(generation.modelParameters()).hasToString("{\"temperature\":0.5}");
        assertThat(generation.usage()).isEqualTo(Map.of("input", 3L, "output", 5L));
        assertThat(generation.string("langfuse.observation.cost_details")).isEqualTo("{\"total\":0.25}");
        assertThat(generation.output()).isEqualTo("hi there");
        assertThat(generation.attributes())
                .containsEntry("langfuse.observation.prompt.name", "greeting")
                .containsEntry("langfuse.observation.prompt.version", 4L);
    }

    @Test
    final void newTraceAndParent_leaveTheCurrentOne() {
        CollectedObservation apart = run.one("Traced.apart");
        CollectedObservation outer = run.one("Traced.outer");
        assertThat(apart.parentId()).isNull();
        assertThat(apart.traceId()).isNotEqualTo(outer.traceId());
        assertThat(run.leaf("below apart").traceId()).isEqualTo(apart.traceId());
        assertThat(run.leaf("beside apart").parentId()).isEqualTo(outer.id());
        List<CollectedObservation> adopted = run.all("Traced.adopted");
        assertThat(adopted).hasSize(2);
        assertThat(adopted.get(0).traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(adopted.get(0).parentId()).isEqualTo("b7ad6b7169203331");
        assertThat(adopted.get(1).traceId()).isNotEqualTo("0af7651916cd43dd8448eb211c80319c");
    }

    @Test
    final void samplingAndConditions_leaveOutCalls() {
        assertThat(run.all("Traced.never")).isEmpty();
        assertThat(run.observations()).noneMatch(o -> "unsampled".equals(o.input()));
        assertThat(run.one("Traced.when").input()).isEqualTo("false");
        assertThat(run.one("Traced.warning").level()).isEqualTo("WARNING");
    }

    @Test
    final void errors_areRecordedAsAsked() {
        assertThat(run.one("Traced.stack").message()).isEqualTo("IllegalStateException: with stack");
        assertThat(run.one("Traced.stack").string("exception.stacktrace")).contains("Traced.stack");
        assertThat(run.one("Traced.message").message()).isEqualTo("IllegalStateException: with message");
        assertThat(run.one("Traced.message").string("exception.stacktrace")).isNull();
        assertThat(run.one("Traced.none").level()).isEqualTo("ERROR");
        assertThat(run.one("Traced.none").message()).isEmpty();
        assertThat(run.one("Traced.ignored").level()).isEqualTo("DEFAULT");
    }

    @Test
    final void anotherProject_receivesItsOwn() {
        CollectedObservation elsewhere = run.one("Traced.elsewhere");
        assertThat(elsewhere.parentId()).isNull();
        assertThat(run.leaf("below elsewhere").parentId()).isEqualTo(elsewhere.id());
        assertThat(run.keys()).containsExactlyInAnyOrder("pk-own", "pk-other");
    }

    @Test
    final void future_endsWhenItDoes() {
        List<CollectedObservation> later = run.all("Traced.later");
        assertThat(later).hasSize(3);
        assertThat(later)
                .extracting(CollectedObservation::level)
                .containsExactlyInAnyOrder("DEFAULT", "ERROR", "WARNING");
        assertThat(later).extracting(CollectedObservation::message).contains("cancelled");
    }

    @Test
    final void facade_worksWithTheWoven() {
        CollectedObservation byHand = run.one("by hand");
        assertThat(byHand.type()).isEqualTo("agent");
        assertThat(byHand.userId()).isEqualTo("u9");
        assertThat(byHand.tags()).containsExactly("facade");
        assertThat(byHand.metadata()).containsEntry("from", "the facade");
        assertThat(run.one("something happened").parentId()).isEqualTo(byHand.id());
        assertThat(run.observations()).noneMatch(o -> "suppressed".equals(o.input()));
        CollectedScore score = run.scores().get(0);
        assertThat(run.scores()).hasSize(1);
        assertThat(score.name()).isEqualTo("right");
        assertThat(run.leaf("below by hand").parentId()).isEqualTo(byHand.id());
        assertThat(run.leaf("continued").traceId()).isEqualTo("19b25856e1c150ca834cffc8b59b23ad");
    }

    @Test
    final void standardError_saysNothingButWhatItMust() {
        List<String> unexpected = new ArrayList<>(run.errors());
        unexpected.removeIf(line -> line.startsWith("[sonde] on: ")
                || line.contains("Captured$Broken failed")
                || line.contains("Captured$BrokenMask failed")
                || line.startsWith("[AppClassLoader@")
                || line.startsWith("WARNING:"));
        assertThat(unexpected).isEmpty();
    }

    private void needs(Capability capability, Runnable check) {
        if (!gaps().contains(capability)) {
            check.run();
        }
    }
}
