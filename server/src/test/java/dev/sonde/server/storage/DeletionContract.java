package dev.sonde.server.storage;

import static dev.sonde.server.storage.TestEvents.NOON;
import static dev.sonde.server.storage.TestEvents.PROJECT;
import static dev.sonde.server.storage.TestEvents.added;
import static dev.sonde.server.storage.TestEvents.observation;
import static dev.sonde.server.storage.TestEvents.score;
import static dev.sonde.server.storage.TestEvents.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.server.model.EntityKey;
import dev.sonde.server.model.Observation;
import dev.sonde.server.model.Trace;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What {@link EventWriter#delete} promises. */
public abstract class DeletionContract extends StorageContract {

    private static EntityKey key(String id) {
        return new EntityKey(PROJECT, id);
    }

    private static Observation open(String id, String traceId) {
        return observation(id, traceId).with(o -> o.endTime = null).build();
    }

    private static Trace written(String id) {
        return trace(id)
                .with(t -> t.payload = TestEvents.payload("secret of " + id, "answer"))
                .build();
    }

    private void writeTwo() {
        write(new WriteGroup(
                added(written("t1"), written("t2")),
                added(
                        observation("o1", "t1").build(),
                        open("o2", "t1"),
                        observation("o3", "t2").build(),
                        open("o4", "t2")),
                added(
                        score("s1", "quality", 1).build(),
                        score("s2", "quality", 1)
                                .with(s -> s.target = new dev.sonde.server.model.Score.Target("t2", null, null, null))
                                .build())));
    }

    private static Deletion first() {
        return new Deletion(Set.of(key("t1")), Set.of(key("o1"), key("o2")), Set.of(key("s1")), List.of());
    }

    private void assertOnlySecond() {
        assertThat(traceIds(storage.traces().find(all()))).containsExactly("t2");
        assertThat(storage.traces().count(all())).isEqualTo(1);
        assertThat(observationIds(storage.observations().find(all()))).containsExactlyInAnyOrder("o3", "o4");
        assertThat(storage.traces().find(PROJECT, "t1")).isEmpty();
        assertThat(storage.observations().find(PROJECT, "o1")).isEmpty();
        assertThat(storage.observations().find(PROJECT, "o2")).isEmpty();
        assertThat(storage.observations().ofTrace(PROJECT, "t1", true)).isEmpty();
        assertThat(storage.scores().find(PROJECT, "s1")).isEmpty();
        assertThat(storage.scores().ofTraces(PROJECT, List.of("t1", "t2"))).hasSize(1);
        assertThat(storage.traces().find(PROJECT, "t2")).contains(written("t2"));
    }

    @Test
    final void delete_takesRowsAway_endedAndOpen_andStays() {
        writeTwo();

        storage.writer().delete(first());

        assertOnlySecond();
        assertThat(storage.writer().baseline(Set.of(key("t1")), Set.of(key("o1"), key("o2")), Set.of(key("s1"))))
                .isEqualTo(new Baseline(java.util.Map.of(), java.util.Map.of(), java.util.Map.of()));
        reopen();
        assertOnlySecond();
    }

    @Test
    final void delete_ofWhatIsNotThere_doesNothing() {
        writeTwo();

        storage.writer().delete(first());
        storage.writer().delete(first());
        storage.writer()
                .delete(new Deletion(
                        Set.of(key("never"), new EntityKey("project-2", "t2")),
                        Set.of(key("o9")),
                        Set.of(),
                        List.of()));
        storage.writer().delete(new Deletion(Set.of(), Set.of(), Set.of(), List.of()));

        assertOnlySecond();
    }

    @Test
    final void delete_thenWrittenAgain_isNew() {
        writeTwo();
        storage.writer().delete(first());

        Trace again = trace("t1")
                .at(NOON.plusSeconds(60))
                .with(t -> t.payload = TestEvents.payload("new", null))
                .build();
        write(new WriteGroup(added(again), added(open("o2", "t1")), List.of()));

        assertThat(storage.traces().find(PROJECT, "t1")).contains(again);
        assertThat(observationIds(storage.observations().ofTrace(PROJECT, "t1", true)))
                .containsExactly("o2");
        reopen();
        assertThat(storage.traces().find(PROJECT, "t1")).contains(again);
    }

    @Test
    final void delete_changesTheTracesThatStay() {
        writeTwo();
        Trace changed = written("t2");
        Trace after = trace("t2")
                .with(t -> {
                    t.name = "renamed";
                    t.payload = changed.payload();
                })
                .build();

        storage.writer()
                .delete(new Deletion(Set.of(), Set.of(), Set.of(key("s2")), List.of(new Change<>(changed, after))));

        assertThat(storage.traces().find(PROJECT, "t2")).contains(after);
        assertThat(storage.scores().find(PROJECT, "s2")).isEmpty();
    }

    @Test
    final void delete_allOrNothing() {
        writeTwo();
        Deletion wrong = new Deletion(
                Set.of(key("t1")),
                Set.of(key("o2")),
                Set.of(key("s1")),
                List.of(new Change<>(written("never"), written("never"))));

        assertThatThrownBy(() -> storage.writer().delete(wrong)).isInstanceOf(StorageException.class);

        assertThat(storage.traces().count(all())).isEqualTo(2);
        assertThat(storage.observations().count(all())).isEqualTo(4);
        assertThat(storage.scores().find(PROJECT, "s1")).isPresent();
        storage.writer().delete(first());
        assertOnlySecond();
    }
}
