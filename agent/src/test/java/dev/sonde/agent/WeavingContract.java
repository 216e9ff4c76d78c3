package dev.sonde.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.shop.MoreThreads;
import com.example.shop.Shop;
import com.example.shop.Threads;
import dev.sonde.agent.ChildJvm.Ended;
import dev.sonde.testkit.collector.CollectedObservation;
import dev.sonde.testkit.collector.OtlpCollector;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What observed programs record under the agent, for one Java version. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WeavingContract {

    private OtlpCollector collector;
    private Ended shop;
    private List<CollectedObservation> shopObservations;
    private Ended threads;
    private List<CollectedObservation> threadObservations;
    private Ended more;
    private List<CollectedObservation> moreObservations;

    abstract Path javaHome();

    @BeforeAll
    void run() throws Exception {
        Path java = javaHome();
        collector = OtlpCollector.start();
        shop = observed(java).run(Shop.class.getName());
        shopObservations = collector.observations();
        collector.reset();
        threads = observed(java).run(Threads.class.getName());
        threadObservations = collector.observations();
        collector.reset();
        more = observed(java).run(MoreThreads.class.getName());
        moreObservations = collector.observations();
    }

    @AfterAll
    void stop() {
        if (collector != null) {
            collector.close();
        }
    }

    private ChildJvm observed(Path java) {
        return ChildJvm.of(java)
                .agent("public-key=pk-lf-test,secret-key=sk-lf-test,host=" + collector.baseUrl())
                .option("-Xverify:all");
    }

    @Test
    final void output_isThatOfTheUnobservedProgram() throws Exception {
        Ended plainShop = ChildJvm.of(javaHome()).run(Shop.class.getName());
        Ended plainThreads = ChildJvm.of(javaHome()).run(Threads.class.getName());

        assertThat(shop.status()).isZero();
        assertThat(shop.out()).isEqualTo(plainShop.out());
        assertThat(threads.status()).isZero();
        assertThat(threads.out())
                .isEqualTo(plainThreads.out())
                .contains("still interrupted true", "rest itself true", "done");
    }

    @Test
    final void standardError_holdsOneLine() {
        String line = "[sonde] on: observations go to " + collector.baseUrl();

        assertThat(shop.err()).filteredOn(found -> !found.contains("-Xverify")).containsExactly(line);
        assertThat(threads.err())
                .filteredOn(found -> !found.contains("-Xverify"))
                .containsExactly(line);
    }

    @Test
    final void everyCall_isOneObservation() {
        assertThat(shopObservations)
                .extracting(CollectedObservation::name)
                .containsExactlyInAnyOrder(
                        "new Shop",
                        "answer",
                        "Shop.find",
                        "Shop.twice",
                        "Shop.factorial",
                        "Shop.factorial",
                        "Shop.factorial",
                        "Shop.nothing",
                        "Shop.half",
                        "Shop.secret",
                        "Shop.caught",
                        "Shop.caught",
                        "Counter.count",
                        "Counter.zero",
                        "Shout.apply",
                        "Shop.twice",
                        "Shop.fail",
                        "new Shop",
                        "Shop.later",
                        "Shop.later");
    }

    @Test
    final void selfInvocation_nests() {
        CollectedObservation answer = shopObservation("answer");

        assertThat(shopObservation("Shop.find").parentId()).isEqualTo(answer.id());
        assertThat(answer.parentId()).isNull();
        assertThat(answer.inputJson()).hasToString("{\"question\":\"milk\",\"count\":21}");
        assertThat(answer.output()).isEqualTo("corner/big:milk42");
    }

    @Test
    final void recursion_nestsOnce() {
        Map<String, CollectedObservation> byInput = new HashMap<>();
        for (CollectedObservation call : shopObservations) {
            if (call.name().equals("Shop.factorial")) {
                byInput.put(call.input(), call);
            }
        }

        assertThat(byInput.keySet()).containsExactlyInAnyOrder("1", "2", "3");
        assertThat(byInput.get("3").parentId()).isNull();
        assertThat(byInput.get("2").parentId()).isEqualTo(byInput.get("3").id());
        assertThat(byInput.get("1").parentId()).isEqualTo(byInput.get("2").id());
        assertThat(byInput.get("3").output()).isEqualTo("6");
    }

    @Test
    final void constructor_recordsArgumentsAndException() {
        List<CollectedObservation> constructors = shopObservations.stream()
                .filter(call -> call.name().equals("new Shop"))
                .toList();

        assertThat(constructors).extracting(CollectedObservation::level).containsExactlyInAnyOrder("DEFAULT", "ERROR");
        assertThat(constructors)
                .extracting(CollectedObservation::input)
                .containsExactlyInAnyOrder(
                        "{\"name\":\"corner\",\"size\":3,\"ratio\":0.5}",
                        "{\"name\":\"broken\",\"size\":1,\"ratio\":-1.0}");
        assertThat(constructors).extracting(CollectedObservation::output).containsOnlyNulls();
    }

    @Test
    final void exception_isLevelErrorWithItsMessage() {
        CollectedObservation fail = shopObservation("Shop.fail");

        assertThat(fail.level()).isEqualTo("ERROR");
        assertThat(fail.message()).isEqualTo("IllegalStateException: sold out");
    }

    @Test
    final void captureOff_recordsNeitherInputNorOutput() {
        CollectedObservation secret = shopObservation("Shop.secret");

        assertThat(secret.input()).isNull();
        assertThat(secret.output()).isNull();
    }

    @Test
    final void primitivesAndVoid_areRecordedAsTheyAre() {
        assertThat(shopObservation("Shop.nothing").input())
                .isEqualTo("{\"yes\":true,\"small\":1,\"letter\":\"c\",\"part\":1.5,\"more\":[0,0]}");
        assertThat(shopObservation("Shop.nothing").output()).isNull();
        assertThat(shopObservation("Shop.half").output()).isEqualTo("1.5");
    }

    @Test
    final void future_endsWhenItCompletes() {
        List<CollectedObservation> later = shopObservations.stream()
                .filter(call -> call.name().equals("Shop.later"))
                .toList();

        assertThat(later)
                .allSatisfy(call -> assertThat(
                                call.end().toEpochMilli() - call.start().toEpochMilli())
                        .isGreaterThanOrEqualTo(45));
        assertThat(later).extracting(CollectedObservation::output).containsExactlyInAnyOrder("late", null);
        assertThat(later).extracting(CollectedObservation::level).containsExactlyInAnyOrder("DEFAULT", "ERROR");
    }

    @Test
    final void context_crossesThreads() {
        CollectedObservation root = threadObservations.stream()
                .filter(call -> call.name().equals("root"))
                .findFirst()
                .orElseThrow();
        List<String> ways = new java.util.ArrayList<>(List.of(
                "submit callable",
                "submit runnable",
                "execute",
                "invokeAll 1",
                "invokeAll 2",
                "schedule",
                "fork join",
                "fork join execute",
                "supplyAsync",
                "thenApplyAsync",
                "thenCompose",
                "thenCombine",
                "whenComplete",
                "runAsync"));
        if (javaHome().toString().contains("25")) {
            ways.add("virtual thread");
            ways.add("virtual executor");
        }

        assertThat(threadObservations.stream()
                        .filter(call -> root.id().equals(call.parentId()))
                        .map(CollectedObservation::input))
                .containsExactlyInAnyOrderElementsOf(ways);
    }

    @Test
    final void context_endsWithItsTask() {
        assertThat(leaf("inside").parentId()).isNotNull();
        assertThat(leaf("after").parentId()).isNull();
        assertThat(leaf("repeated").parentId()).isNull();
    }

    @Test
    final void context_crossesToWorkThatStaysItself() throws Exception {
        assertThat(more.status()).as(more.toString()).isZero();
        assertThat(more.out())
                .isEqualTo(
                        ChildJvm.of(javaHome()).run(MoreThreads.class.getName()).out())
                .contains("collected true", "done");
        String root = named(moreObservations, "root").id();
        List<String> below = List.of(
                "thread",
                "own thread",
                "thread of a factory",
                "forked 0",
                "forked 1",
                "forked 2",
                "forked 3",
                "parallel 10",
                "parallel 11",
                "parallel 12",
                "parallel 13",
                "timer",
                "ranked 0",
                "ranked 1",
                "ranked 2",
                "completion service");
        assertThat(moreObservations.stream()
                        .filter(call -> root.equals(call.parentId()))
                        .map(CollectedObservation::input))
                .containsExactlyInAnyOrderElementsOf(below);
    }

    @Test
    final void threadThatOutlivesItsStarter_belongsToNobody() {
        assertThat(moreObservations.stream()
                        .filter(call -> "served later".equals(call.input()) || "periodic timer".equals(call.input()))
                        .map(CollectedObservation::parentId))
                .containsOnlyNulls()
                .hasSize(3);
    }

    private static CollectedObservation named(List<CollectedObservation> all, String name) {
        return all.stream().filter(call -> call.name().equals(name)).findFirst().orElseThrow();
    }

    private CollectedObservation leaf(String input) {
        return threadObservations.stream()
                .filter(call -> input.equals(call.input()))
                .findFirst()
                .orElseThrow();
    }

    private CollectedObservation shopObservation(String name) {
        return shopObservations.stream()
                .filter(call -> call.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " was not recorded: " + shop));
    }
}
