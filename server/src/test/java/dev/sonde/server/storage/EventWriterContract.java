package dev.sonde.server.storage;

import static dev.sonde.server.storage.TestEvents.NOON;
import static dev.sonde.server.storage.TestEvents.PROJECT;
import static dev.sonde.server.storage.TestEvents.added;
import static dev.sonde.server.storage.TestEvents.observation;
import static dev.sonde.server.storage.TestEvents.observations;
import static dev.sonde.server.storage.TestEvents.payload;
import static dev.sonde.server.storage.TestEvents.score;
import static dev.sonde.server.storage.TestEvents.scores;
import static dev.sonde.server.storage.TestEvents.trace;
import static dev.sonde.server.storage.TestEvents.traces;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.server.model.EntityKey;
import dev.sonde.server.model.Level;
import dev.sonde.server.model.ModelUse;
import dev.sonde.server.model.Observation;
import dev.sonde.server.model.Payload;
import dev.sonde.server.model.Score;
import dev.sonde.server.model.Trace;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What {@link EventWriter} promises. */
public abstract class EventWriterContract extends StorageContract {

    @Test
    final void write_everyField_survivesReopening() {
        Trace trace = TestEvents.fullTrace();
        Observation observation = TestEvents.fullObservation();
        Score score = TestEvents.fullScore();

        write(new WriteGroup(added(trace), added(observation), added(score)));
        reopen();

        assertThat(storage.traces().find(PROJECT, "t1")).contains(trace);
        assertThat(storage.observations().find(PROJECT, "o1")).contains(observation);
        assertThat(storage.scores().find(PROJECT, "s1")).contains(score);
        assertThat(new ArrayList<>(storage.traces()
                        .find(PROJECT, "t1")
                        .orElseThrow()
                        .payload()
                        .metadata()
                        .keySet()))
                .containsExactly("zebra", "apple", "umlaut");
    }

    @Test
    final void write_leastFields_readsTheSame() {
        Observation observation = observation("o1", "t1")
                .with(o -> {
                    o.name = null;
                    o.endTime = null;
                })
                .build();
        Trace trace = trace("t1").with(t -> t.name = null).build();

        write(new WriteGroup(added(trace), added(observation), List.of()));

        assertThat(storage.traces().find(PROJECT, "t1")).contains(trace);
        assertThat(storage.observations().find(PROJECT, "o1")).contains(observation);
    }

    @Test
    final void write_emptyGroup_doesNothing() {
        write(new WriteGroup(List.of(), List.of(), List.of()));

        assertThat(storage.traces().count(all())).isZero();
    }

    @Test
    final void baseline_knowsExactlyWhatIsStored() {
        Trace trace = trace("t1").with(t -> t.payload = payload("hello", null)).build();
        Observation open = observation("open", "t1").with(o -> o.endTime = null).build();
        Observation ended = observation("ended", "t1")
                .with(o -> o.payload = payload("in", "out"))
                .build();
        Score score = score("s1", "quality", 0.5).build();
        write(new WriteGroup(added(trace), added(open, ended), added(score)));

        reopen();
        Baseline baseline = storage.writer()
                .baseline(keys("t1", "t2", "open"), keys("open", "ended", "other", "t1"), keys("s1", "s2"));

        assertThat(baseline.traces()).containsExactly(Map.entry(trace.key(), trace));
        assertThat(baseline.observations())
                .containsExactlyInAnyOrderEntriesOf(Map.of(open.key(), open, ended.key(), ended));
        assertThat(baseline.scores()).containsExactly(Map.entry(score.key(), score));
    }

    @Test
    final void baseline_sameIdInAnotherProject_isAnotherEntity() {
        Trace mine = trace("t1").build();
        Trace theirs = trace("t1")
                .with(t -> {
                    t.project = "project-2";
                    t.name = "theirs";
                })
                .build();
        write(traces(mine));

        assertThat(storage.writer()
                        .baseline(Set.of(theirs.key()), Set.of(), Set.of())
                        .traces())
                .isEmpty();
        write(traces(theirs));

        assertThat(storage.traces().find(PROJECT, "t1")).contains(mine);
        assertThat(storage.traces().find("project-2", "t1")).contains(theirs);
    }

    @Test
    final void write_update_replacesTheRow() {
        Trace before =
                trace("t1").with(t -> t.payload = payload("question", null)).build();
        Trace after = trace("t1")
                .with(t -> {
                    t.name = "renamed";
                    t.payload = payload("question", "answer");
                })
                .build();
        write(traces(before));

        write(new WriteGroup(List.of(new Change<>(before, after)), List.of(), List.of()));

        assertThat(storage.traces().count(all())).isEqualTo(1);
        assertThat(storage.traces().find(PROJECT, "t1")).contains(after);
    }

    @Test
    final void write_update_keepsUnchangedPayload() {
        Trace before =
                trace("t1").with(t -> t.payload = payload("question", "answer")).build();
        Trace after = trace("t1")
                .with(t -> {
                    t.name = "renamed";
                    t.payload = payload("question", "answer");
                })
                .build();
        write(traces(before));
        write(new WriteGroup(List.of(new Change<>(before, after)), List.of(), List.of()));
        write(new WriteGroup(List.of(new Change<>(after, before)), List.of(), List.of()));

        reopen();

        assertThat(storage.traces().find(PROJECT, "t1")).contains(before);
    }

    @Test
    final void write_updateThatMovesTheTime_isFoundThere() {
        Trace before = trace("t1").at(NOON).build();
        Trace after = trace("t1").at(NOON.minus(Duration.ofDays(40))).build();
        write(traces(before));

        write(new WriteGroup(List.of(new Change<>(before, after)), List.of(), List.of()));

        assertThat(storage.traces().find(PROJECT, "t1")).contains(after);
        reopen();
        assertThat(storage.traces().find(PROJECT, "t1")).contains(after);
        assertThat(storage.traces().count(all())).isEqualTo(1);
    }

    @Test
    final void write_observationEnds_isOneRow() {
        Observation open = observation("o1", "t1")
                .with(o -> {
                    o.endTime = null;
                    o.payload = payload("in", null);
                })
                .build();
        Observation stillOpen = observation("o1", "t1")
                .with(o -> {
                    o.endTime = null;
                    o.name = "renamed";
                    o.payload = payload("in", null);
                })
                .build();
        Observation ended = observation("o1", "t1")
                .with(o -> o.payload = payload("in", "out"))
                .build();
        Observation late = observation("o1", "t1")
                .with(o -> {
                    o.level = Level.ERROR;
                    o.payload = payload("in", "out");
                })
                .build();

        write(observations(open));
        for (Change<Observation> change :
                List.of(new Change<>(open, stillOpen), new Change<>(stillOpen, ended), new Change<>(ended, late))) {
            write(new WriteGroup(List.of(), List.of(change), List.of()));

            assertThat(storage.observations().count(all())).isEqualTo(1);
            assertThat(storage.observations().find(PROJECT, "o1")).contains(change.after());
        }
        reopen();
        assertThat(storage.observations().find(PROJECT, "o1")).contains(late);
    }

    @Test
    final void write_updateOfRowThatIsNotStored_storesNothing() {
        Trace never = trace("never").build();
        WriteGroup group = new WriteGroup(
                List.of(new Change<>(never, never)),
                added(observation("o1", "never").build()),
                List.of());

        assertThatThrownBy(() -> write(group)).isInstanceOf(StorageException.class);

        assertThat(storage.traces().count(all())).isZero();
        assertThat(storage.observations().count(all())).isZero();
        assertThat(storage.observations().find(PROJECT, "o1")).isEmpty();
        write(observations(observation("o1", "never").build()));
        assertThat(storage.observations().count(all())).isEqualTo(1);
    }

    @Test
    final void write_oneIdTwice_storesNothing() {
        WriteGroup group = traces(trace("t1").build(), trace("t1").build());

        assertThatThrownBy(() -> write(group)).isInstanceOf(StorageException.class);

        assertThat(storage.traces().count(all())).isZero();
    }

    @Test
    final void write_amountThatCannotBeKept_storesNothing() {
        ModelUse absurd = new ModelUse("m", null, null, null, Map.of(), Map.of("total", new BigDecimal("1e30")), true);

        assertThatThrownBy(() -> write(new WriteGroup(
                        added(trace("t1").build()),
                        added(observation("o1", "t1")
                                .with(o -> o.model = absurd)
                                .build()),
                        List.of())))
                .isInstanceOf(StorageException.class);

        assertThat(storage.traces().count(all())).isZero();
    }

    @Test
    final void write_manyUpdatesOverManyDays_eachRowOnce() {
        List<Trace> before = IntStream.range(0, 400)
                .mapToObj(i ->
                        trace("t" + i).at(NOON.minus(Duration.ofHours(7L * i))).build())
                .toList();
        write(traces(before.toArray(Trace[]::new)));
        reopen();
        Baseline baseline = storage.writer()
                .baseline(before.stream().map(Trace::key).collect(Collectors.toSet()), Set.of(), Set.of());
        List<Change<Trace>> changes = before.stream()
                .map(old -> new Change<>(
                        baseline.traces().get(old.key()),
                        trace(old.id())
                                .at(old.timestamp())
                                .with(t -> t.name = "second")
                                .build()))
                .toList();

        write(new WriteGroup(changes, List.of(), List.of()));

        assertThat(storage.traces().find(all())).hasSize(400).allMatch(t -> "second".equals(t.name()));
    }

    @Test
    final void write_textOfEveryKind_isKept() {
        String huge = "0123456789abcdef".repeat(20 << 16);
        List<String> texts = List.of("", " ", "\u0000\u0001", "grüße 你好 \uD83D\uDE80", "{\"a\":[1,2]}", huge);
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            write(observations(observation("o" + i, "t1")
                    .with(o -> o.payload = new Payload(text, text, Map.of("key", text)))
                    .build()));
        }

        reopen();

        for (int i = 0; i < texts.size(); i++) {
            assertThat(storage.observations()
                            .find(PROJECT, "o" + i)
                            .orElseThrow()
                            .payload())
                    .isEqualTo(new Payload(texts.get(i), texts.get(i), Map.of("key", texts.get(i))));
        }
    }

    @Test
    final void write_halfACharacter_isReplaced() {
        Observation observation = observation("o1", "t1")
                .with(o -> {
                    o.name = "half \uD83D name";
                    o.payload = payload("a\uD83Db\uDE80c", "\uD83D\uDE80");
                })
                .build();

        write(observations(observation));

        Payload kept = storage.observations().find(PROJECT, "o1").orElseThrow().payload();
        assertThat(kept.input()).isEqualTo("a\uFFFDb\uFFFDc");
        assertThat(kept.output()).isEqualTo("\uD83D\uDE80");
    }

    @Test
    final void write_scoreUpdate_replacesIt() {
        Score before = score("s1", "quality", 0.5).build();
        Score after = score("s1", "quality", 0.75)
                .with(s -> s.timestamp = NOON.plusSeconds(90))
                .build();
        write(scores(before));

        write(new WriteGroup(List.of(), List.of(), List.of(new Change<>(before, after))));

        assertThat(storage.scores().ofTraces(PROJECT, List.of("t1"))).containsExactly(after);
        assertThat(storage.scores().find(PROJECT, "s1")).contains(after);
    }

    @Test
    final void write_whileOthersRead_noRowIsEverMissing() throws Exception {
        int rounds = 60;
        Trace trace = trace("t1").build();
        Observation observation =
                observation("o1", "t1").with(o -> o.endTime = null).build();
        write(new WriteGroup(added(trace), added(observation), List.of()));
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger missing = new AtomicInteger();
        AtomicInteger reads = new AtomicInteger();
        ExecutorService readers = Executors.newFixedThreadPool(3);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                running.add(readers.submit(() -> {
                    while (!done.get()) {
                        boolean found = storage.traces().find(PROJECT, "t1").isPresent()
                                && storage.observations().find(PROJECT, "o1").isPresent()
                                && storage.traces().find(all()).size() == 1
                                && storage.observations().find(all()).size() == 1;
                        missing.addAndGet(found ? 0 : 1);
                        reads.incrementAndGet();
                    }
                }));
            }
            for (int i = 1; i <= rounds; i++) {
                Trace moved = trace("t1").at(NOON.minus(Duration.ofDays(i))).build();
                int round = i;
                Observation changed = observation("o1", "t1")
                        .at(NOON.plus(Duration.ofDays(i)))
                        .with(o -> o.endTime = round % 2 == 0 ? null : o.startTime)
                        .build();
                write(new WriteGroup(
                        List.of(new Change<>(trace, moved)), List.of(new Change<>(observation, changed)), List.of()));
                trace = moved;
                observation = changed;
            }
            done.set(true);
            for (Future<?> reader : running) {
                reader.get();
            }
        } finally {
            readers.shutdownNow();
        }

        assertThat(reads.get()).isPositive();
        assertThat(missing.get()).isZero();
    }

    private static Set<EntityKey> keys(String... ids) {
        return java.util.Arrays.stream(ids)
                .map(id -> new EntityKey(PROJECT, id))
                .collect(Collectors.toSet());
    }
}
