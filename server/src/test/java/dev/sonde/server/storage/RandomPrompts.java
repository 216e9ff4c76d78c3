package dev.sonde.server.storage;

import static dev.sonde.server.storage.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.server.model.Prompt;
import dev.sonde.server.model.PromptType;
import dev.sonde.server.query.Slice;
import dev.sonde.server.storage.PromptStore.Draft;
import dev.sonde.server.storage.PromptStore.Query;
import dev.sonde.server.storage.PromptStore.Summary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Makes, labels and deletes prompts at random, and compares the store with a map after each step. */
final class RandomPrompts {

    private static final List<String> LABELS = List.of("production", "staging", "eu");

    private final PromptStore store;
    private final String project;
    private final Random random;

    /** Versions of the one name and their labels. */
    private final TreeMap<Integer, Set<String>> expected = new TreeMap<>();

    private final Map<Integer, String> contents = new HashMap<>();
    private int step;

    RandomPrompts(PromptStore store, String project, long seed) {
        this.store = store;
        this.project = project;
        this.random = new Random(seed);
    }

    void run(int steps) {
        for (step = 1; step <= steps; step++) {
            switch (random.nextInt(10)) {
                case 0, 1, 2, 3 -> create();
                case 4, 5, 6 -> label();
                case 7, 8 -> delete(anyVersion(), null);
                default -> delete(null, random.nextInt(20) == 0 ? null : anyLabel());
            }
            assertAsExpected();
        }
    }

    private void create() {
        List<String> labels = random.nextBoolean() ? List.of() : List.of(anyLabel());
        String content = "step " + step;
        Prompt made = store.create(new Draft(
                project,
                "a",
                PromptType.TEXT,
                content,
                "{}",
                labels,
                null,
                null,
                "API",
                NOON.plusSeconds(step),
                List.of()));
        int version = expected.isEmpty() ? 1 : expected.lastKey() + 1;
        assertThat(made.version()).isEqualTo(version);
        expected.put(version, new LinkedHashSet<>());
        contents.put(version, content);
        labels.forEach(label -> move(label, version));
        move(Prompt.LATEST, version);
    }

    private void label() {
        int version = anyVersion();
        String label = anyLabel();
        boolean found = store.addLabels(project, "a", version, List.of(label), NOON.plusSeconds(step))
                .isPresent();
        assertThat(found).isEqualTo(expected.containsKey(version));
        if (found) {
            move(label, version);
        }
    }

    private void delete(Integer version, String label) {
        List<Integer> gone = new ArrayList<>();
        expected.forEach((number, labels) -> {
            if ((version == null || number.equals(version)) && (label == null || labels.contains(label))) {
                gone.add(number);
            }
        });
        assertThat(store.delete(project, "a", version, label, NOON.plusSeconds(step))
                        .versions())
                .isEqualTo(gone);
        gone.forEach(expected::remove);
        if (!expected.isEmpty()) {
            move(Prompt.LATEST, expected.lastKey());
        }
    }

    private void move(String label, int version) {
        expected.values().forEach(labels -> labels.remove(label));
        expected.get(version).add(label);
    }

    private int anyVersion() {
        return 1 + random.nextInt(expected.isEmpty() ? 2 : expected.lastKey() + 1);
    }

    private String anyLabel() {
        return LABELS.get(random.nextInt(LABELS.size()));
    }

    private void assertAsExpected() {
        List<Summary> all = store.list(new Query(project, "a", null, null, null, null, null), Slice.first(10));
        assertThat(all).as("step %s", step).hasSize(expected.isEmpty() ? 0 : 1);
        all.forEach(one -> {
            assertThat(one.versions()).isEqualTo(List.copyOf(expected.keySet()));
            assertThat(one.labels()).doesNotHaveDuplicates();
        });
        expected.forEach((version, labels) -> {
            Prompt stored = store.find(project, "a", version).orElseThrow();
            assertThat(stored.labels()).containsExactlyInAnyOrderElementsOf(labels);
            assertThat(stored.content()).isEqualTo(contents.get(version));
        });
    }
}
