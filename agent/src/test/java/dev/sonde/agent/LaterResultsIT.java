package dev.sonde.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.later.JdkResults;
import com.example.later.KotlinResults;
import com.example.later.ReactorResults;
import com.example.later.RxResults;
import dev.sonde.agent.ChildJvm.Ended;
import dev.sonde.testkit.collector.CollectedObservation;
import dev.sonde.testkit.collector.OtlpCollector;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When observations end whose methods return promises and streams, with the real libraries. */
class LaterResultsIT {

    private static final List<String> LIBRARIES = List.of(
            "reactor-core",
            "reactive-streams",
            "rxjava",
            "mutiny",
            "jctools",
            "guava",
            "failureaccess",
            "kotlin-stdlib",
            "kotlinx-coroutines");

    private OtlpCollector collector;

    @BeforeEach
    void start() {
        collector = OtlpCollector.start();
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void jdk_streamsIteratorsPublishersAndFutures() throws Exception {
        List<CollectedObservation> all = observe(JdkResults.class);

        CollectedObservation words = one(all, "words", call -> call.parentId() != null);
        assertThat(words.output()).isEqualTo("one! !two!");
        assertThat(words.completionStart()).isNotNull().isBefore(words.end());
        assertThat(words.parentId()).isEqualTo(one(all, "root").id());
        assertThat(below(all, words)).containsExactly("leaf", "leaf", "leaf");
        CollectedObservation concatenated = one(all, "words", call -> call.parentId() == null);
        assertThat(concatenated.output()).isEqualTo("one! !two!");
        assertThat(concatenated.level()).isEqualTo("DEFAULT");
        CollectedObservation broken = one(all, "broken");
        assertThat(broken.level()).isEqualTo("ERROR");
        assertThat(broken.message()).isEqualTo("ArithmeticException: / by zero");
        assertThat(broken.output()).isEqualTo("[2,1]");
        assertThat(one(all, "numbers").output()).isEqualTo("[0,1,2]");
        assertStopped(one(all, "closed"), "cancelled", null);
        assertThat(one(all, "iterator").level()).isEqualTo("DEFAULT");
        assertThat(one(all, "iterator").output()).isEqualTo("xy");
        assertStopped(one(all, "dropped"), "abandoned", "p");
        assertThat(all.stream().filter(call -> call.name().equals("JdkResults.iterable")))
                .extracting(CollectedObservation::output)
                .containsExactly("mn", "mn");
        assertStopped(one(all, "cancelled"), "cancelled", null);
        assertStopped(one(all, "forgotten"), "abandoned", null);
        CollectedObservation publisher = one(all, "publisher");
        assertThat(publisher.output()).isEqualTo("flow!more");
        assertThat(below(all, publisher)).containsExactly("leaf");
    }

    @Test
    void reactor_eachSubscriptionIsAnObservation() throws Exception {
        List<CollectedObservation> all = observe(ReactorResults.class);

        CollectedObservation root = one(all, "root");
        CollectedObservation outer = one(all, "outer");
        assertThat(outer.parentId()).isEqualTo(root.id());
        assertThat(outer.output()).isEqualTo("mono!!?");
        CollectedObservation inner = one(all, "mono", call -> outer.id().equals(call.parentId()));
        assertThat(inner.output()).isEqualTo("mono!");
        assertThat(below(all, inner)).containsExactly("leaf");
        assertThat(below(all, outer)).containsExactlyInAnyOrder("mono", "leaf");
        assertThat(below(all, one(all, "elsewhere"))).containsExactly("leaf");
        assertThat(one(all, "failing").message()).isEqualTo("IllegalStateException: no answer");
        assertThat(one(all, "empty").output()).isNull();
        assertThat(one(all, "empty").level()).isEqualTo("DEFAULT");
        assertThat(below(all, one(all, "eager"))).containsExactly("leaf");
        assertThat(all).noneMatch(call -> call.name().endsWith(".never"));
        assertStopped(one(all, "endless"), "cancelled", "[1,2,3]");
        assertThat(all.stream().filter(call -> call.name().endsWith(".mono") && call.parentId() == null))
                .hasSize(2);
        List<CollectedObservation> fluxes =
                all.stream().filter(call -> call.name().endsWith(".flux")).toList();
        assertThat(fluxes).hasSize(3).allSatisfy(call -> {
            assertThat(call.output()).isEqualTo("tokens");
            assertThat(call.completionStart()).isNotNull();
        });
    }

    @Test
    void rxMutinyAndGuava_endWithTheirLastSignal() throws Exception {
        List<CollectedObservation> all = observe(RxResults.class);

        assertThat(one(all, "single").output()).isEqualTo("single!");
        assertThat(below(all, one(all, "single"))).containsExactly("leaf");
        assertThat(one(all, "maybe").output()).isNull();
        assertThat(one(all, "completable").message()).isEqualTo("IllegalStateException: incomplete");
        assertThat(one(all, "observable").output()).isEqualTo("a!b!");
        assertThat(below(all, one(all, "observable"))).containsExactly("leaf", "leaf");
        assertThat(one(all, "flowable").message()).isEqualTo("cancelled");
        assertThat(one(all, "uni").output()).isEqualTo("uni!");
        assertThat(below(all, one(all, "uni"))).containsExactly("leaf");
        assertThat(one(all, "failingUni").level()).isEqualTo("ERROR");
        assertThat(one(all, "multi").output()).isEqualTo("m!n!");
        assertStopped(one(all, "endlessMulti"), "cancelled", "[1,2]");
        assertThat(one(all, "settable", call -> call.level().equals("DEFAULT")).output())
                .isEqualTo("set");
        assertStopped(one(all, "settable", call -> call.level().equals("WARNING")), "cancelled", null);
    }

    @Test
    void kotlin_suspendingFunctionsAndFlows() throws Exception {
        List<CollectedObservation> all = observe(KotlinResults.class);

        CollectedObservation ask = one(all, "ask", call -> call.level().equals("DEFAULT"));
        assertThat(ask.input()).isEqualTo("word");
        assertThat(ask.output()).isEqualTo("word!");
        assertThat(below(all, ask)).containsExactly("leaf");
        // launched on another dispatcher by a method that blocks
        assertThat(ask.parentId()).isEqualTo(one(all, "root").id());
        assertThat(one(all, "direct").parentId()).isEqualTo(one(all, "root").id());
        assertThat(one(all, "direct").output()).isEqualTo("direct!");
        assertThat(one(all, "pause").output()).isNull();
        CollectedObservation bad = one(all, "ask", call -> call.level().equals("ERROR"));
        assertThat(bad.message()).isEqualTo("IllegalStateException: bad word");
        assertStopped(one(all, "sleepy"), "cancelled", null);
        assertThat(one(all, "flow").output()).isEqualTo("flow!");
        assertThat(below(all, one(all, "flow"))).containsExactly("leaf");
        assertStopped(one(all, "many"), "cancelled", "[1]");
    }

    /** Runs the program without the agent and with it; both must say the same. */
    private List<CollectedObservation> observe(Class<?> program) throws Exception {
        Ended plain = jvm().run(program.getName());
        Ended observed = jvm().agent("public-key=pk-lf-test,secret-key=sk-lf-test,host=" + collector.baseUrl())
                .option("-Xverify:all")
                .run(program.getName());

        assertThat(plain.status()).as(plain.toString()).isZero();
        assertThat(observed.out()).as(observed.toString()).isEqualTo(plain.out());
        assertThat(observed.err())
                .filteredOn(line -> !line.contains("-Xverify"))
                .containsExactly("[sonde] on: observations go to " + collector.baseUrl());
        return collector.observations();
    }

    private static ChildJvm jvm() {
        ChildJvm jvm = ChildJvm.own();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (LIBRARIES.stream().anyMatch(path.getFileName().toString()::startsWith)) {
                jvm.classPath(path);
            }
        }
        return jvm;
    }

    private static void assertStopped(CollectedObservation call, String why, String output) {
        assertThat(call.level()).isEqualTo("WARNING");
        assertThat(call.message()).isEqualTo(why);
        assertThat(call.output()).isEqualTo(output);
    }

    private static CollectedObservation one(List<CollectedObservation> all, String method) {
        return one(all, method, call -> true);
    }

    private static CollectedObservation one(
            List<CollectedObservation> all, String method, Predicate<CollectedObservation> fits) {
        List<CollectedObservation> found = all.stream()
                .filter(call -> call.name().endsWith("." + method) && fits.test(call))
                .toList();
        assertThat(found).as(method + " in " + all).hasSize(1);
        return found.get(0);
    }

    private static List<String> below(List<CollectedObservation> all, CollectedObservation parent) {
        return all.stream()
                .filter(call -> parent.id().equals(call.parentId()))
                .map(call -> Arrays.asList(call.name().split("\\.")).get(1))
                .toList();
    }
}
