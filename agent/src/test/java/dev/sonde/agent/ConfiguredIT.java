package dev.sonde.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.load.Plain;
import dev.sonde.agent.ChildJvm.Ended;
import dev.sonde.testkit.collector.CollectedObservation;
import dev.sonde.testkit.collector.OtlpCollector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the configuration observes, samples and changes, without any code for it. */
class ConfiguredIT {

    private static final String OBSERVE = ",observe=com.example.load.Plain#ask:agent;com.example.load.Plain#unwanted";
    private static final String ADOPT = ",adopt=com.example.load.Plain$Foreign:tool";

    private OtlpCollector collector;

    @BeforeEach
    void start() {
        collector = OtlpCollector.start();
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    private List<CollectedObservation> run(String more, String... arguments) throws Exception {
        Ended ended = ChildJvm.own()
                .agent("public-key=pk,secret-key=sk,host=" + collector.baseUrl() + more)
                .run(Plain.class.getName(), arguments);
        assertThat(ended.status()).as(String.join("\n", ended.err())).isZero();
        assertThat(ended.out()).containsExactly("unwantedquiet");
        return collector.observations();
    }

    @Test
    void methodsAndForeignAnnotations_areObservedByName() throws Exception {
        List<CollectedObservation> all = run(OBSERVE + ADOPT);

        assertThat(all).hasSize(401);
        assertThat(names(all)).containsExactly("Plain.ask", "Plain.tool", "Plain.unwanted");
        Map<String, CollectedObservation> byId = new HashMap<>();
        all.forEach(observation -> byId.put(observation.id(), observation));
        assertThat(all).filteredOn(o -> o.name().equals("Plain.tool")).allSatisfy(tool -> {
            assertThat(tool.type()).isEqualTo("tool");
            assertThat(tool.input()).isEqualTo("9");
            assertThat(byId.get(tool.parentId()).type()).isEqualTo("agent");
        });
    }

    @Test
    void nothingConfigured_observesNothing() throws Exception {
        assertThat(run("")).isEmpty();
    }

    @Test
    void sampling_keepsWholeTraces() throws Exception {
        List<CollectedObservation> all = run(OBSERVE + ADOPT + ",sample-rate=0.5");

        long asked = all.stream().filter(o -> o.name().equals("Plain.ask")).count();
        assertThat(asked).isBetween(60L, 140L);
        assertThat(all.stream().filter(o -> o.name().equals("Plain.tool")).count())
                .isEqualTo(asked);
        assertThat(run(OBSERVE + ADOPT + ",sample-rate=0").size()).isEqualTo(all.size());
    }

    @Test
    void masksAndProcessors_changeAndDrop() throws Exception {
        List<CollectedObservation> all = run(OBSERVE + ADOPT + ",masks=com.example.load.Plain$NoNumbers"
                + ",processors=com.example.load.Plain$Marks");

        assertThat(names(all)).containsExactly("Plain.ask!", "Plain.tool!");
        assertThat(all).hasSize(400).allSatisfy(observation -> {
            assertThat(observation.metadata()).containsEntry("marked", "yes");
            assertThat(observation.input()).doesNotContainPattern("[0-9]");
        });
    }

    @Test
    void failingMask_losesTheTextsAndNothingElse() throws Exception {
        List<CollectedObservation> all = run(OBSERVE, "masks");

        assertThat(all).hasSize(201).allSatisfy(observation -> {
            assertThat(observation.input()).isNull();
            assertThat(observation.output()).isNull();
        });
    }

    @Test
    void wrongEntry_switchesOffAndSaysSo() throws Exception {
        Ended ended = ChildJvm.own()
                .agent("public-key=pk,secret-key=sk,observe=com.example.load.Plain")
                .run(Plain.class.getName());

        assertThat(ended.out()).containsExactly("unwantedquiet");
        assertThat(String.join("\n", ended.err()))
                .contains("observe: com.example.load.Plain (expected: class#method or class#method:type)");
    }

    private static Set<String> names(List<CollectedObservation> all) {
        Set<String> names = new TreeSet<>();
        all.forEach(observation -> names.add(observation.name()));
        return names;
    }
}
