package dev.sonde.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.example.drill.Drill;
import dev.sonde.agent.ChildJvm.Ended;
import dev.sonde.agent.ChildJvm.Running;
import dev.sonde.testkit.collector.CollectedObservation;
import dev.sonde.testkit.collector.OtlpCollector;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes wrong in the application, or in the agent, leaves the application as it is without an agent. */
class FailureDrillIT {

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
    void hostileArgumentsAndFailures_changeNothing() throws Exception {
        Ended plain = plain().run(Drill.class.getName(), "all");

        Ended observed = observed().run(Drill.class.getName(), "all");

        assertSame(observed, plain);
        assertThat(plain.out())
                .contains("quick true", "interrupted truetrue")
                .last()
                .isEqualTo("after");
        List<CollectedObservation> all = collector.observations();
        assertThat(all).extracting(CollectedObservation::name).contains("Drill.after");
        assertThat(all)
                .as("100 MB of text")
                .anyMatch(one -> String.valueOf(one.input()).endsWith("… (103809024 more characters)"));
        assertThat(all)
                .as("an exception that cannot be described")
                .anyMatch(one -> one.message().contains("its message failed with java.lang.IllegalStateException"));
        assertThat(observed.err()).as("no hook was switched off").noneMatch(line -> line.contains("switched off"));
    }

    @Test
    void hostileArgumentsAndFailures_java25_changeNothing() throws Exception {
        String home = System.getenv("JAVA25_HOME");
        assumeThat(home).as("JAVA25_HOME").isNotNull();
        Ended plain = memory(ChildJvm.of(Path.of(home))).run(Drill.class.getName(), "all");

        Ended observed = memory(ChildJvm.of(Path.of(home))).agent(keys()).run(Drill.class.getName(), "all");

        assertSame(observed, plain);
    }

    @Test
    void failingHooks_changeNothingAndSwitchThemselvesOff() throws Exception {
        Ended plain = plain().run(Drill.class.getName(), "hooks");

        Ended observed = observed().run(Drill.class.getName(), "hooks");

        assertSame(observed, plain);
        assertThat(plain.out()).last().isEqualTo("done");
        assertThat(observed.err())
                .anyMatch(line -> line.contains("a hook was switched off after 10 failures"))
                .allMatch(line -> line.startsWith("[sonde] "));
    }

    @Test
    void exitInObservedMethod_keepsStatusAndObservations() throws Exception {
        Ended plain = plain().run(Drill.class.getName(), "exit");

        Ended observed = observed().run(Drill.class.getName(), "exit");

        assertSame(observed, plain);
        assertThat(plain.status()).isEqualTo(7);
        assertThat(collector.takeNamed("Drill.look").input()).isEqualTo("before");
        CollectedObservation leave = collector.takeNamed("Drill.leave");
        assertThat(leave.level()).isEqualTo("WARNING");
        assertThat(leave.message()).isEqualTo("the process ended");
    }

    @Test
    void uncaughtExceptions_areTheSame() throws Exception {
        Ended plain = plain().run(Drill.class.getName(), "uncaught");

        Ended observed = observed().run(Drill.class.getName(), "uncaught");

        assertSame(observed, plain);
        assertThat(plain.out()).contains("workertrue", "maintrue");
        assertThat(collector.take(2))
                .allMatch(observation -> observation.level().equals("ERROR"));
    }

    @Test
    void sigtermRightAfterTheCall_losesNothing() throws Exception {
        try (Running running = observed().start(Drill.class.getName(), "term")) {
            running.awaitLine("looked at String");
            running.process().destroy();

            Ended ended = running.await();
            assertThat(ended.status()).isEqualTo(128 + 15);
            assertThat(collector.takeNamed("Drill.look").input()).isEqualTo("last words");
        }
    }

    @Test
    void disabledByEnvironment_doesNothing() throws Exception {
        for (String variable : List.of("SONDE_ENABLED", "LANGFUSE_TRACING_ENABLED")) {
            Ended ended = observed().environment(variable, "false").run(Drill.class.getName(), "exit");

            assertThat(ended.status()).isEqualTo(7);
            assertThat(ended.err()).isEmpty();
        }
        collector.assertNothingLeft();
    }

    private static void assertSame(Ended observed, Ended plain) {
        assertThat(observed.out()).isEqualTo(plain.out());
        assertThat(observed.status()).isEqualTo(plain.status());
    }

    private static ChildJvm plain() {
        return memory(ChildJvm.own());
    }

    private ChildJvm observed() {
        return memory(ChildJvm.own()).agent(keys());
    }

    /** Little enough for large arguments to hurt. */
    private static ChildJvm memory(ChildJvm jvm) {
        return jvm.option("-Xmx700m").option("-Xss512k");
    }

    private String keys() {
        return "public-key=pk-lf-test,secret-key=sk-lf-test,host=" + collector.baseUrl();
    }
}
