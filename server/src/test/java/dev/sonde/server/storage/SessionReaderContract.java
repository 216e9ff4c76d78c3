package dev.sonde.server.storage;

import static dev.sonde.server.storage.TestEvents.NOON;
import static dev.sonde.server.storage.TestEvents.PROJECT;
import static dev.sonde.server.storage.TestEvents.trace;
import static dev.sonde.server.storage.TestEvents.traces;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.server.model.Trace;
import dev.sonde.server.query.Slice;
import dev.sonde.server.query.TimeRange;
import dev.sonde.server.storage.SessionReader.Session;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link SessionReader} promises. */
public abstract class SessionReaderContract extends StorageContract {

    private static final Session FIRST = new Session("first", PROJECT, NOON, "default");
    private static final Session SECOND = new Session("second", PROJECT, NOON.plusSeconds(5), "staging");

    private void writeSessions() {
        write(traces(
                inSession("t1", "first", 0, "default"),
                inSession("t2", "second", 5, "staging"),
                inSession("t3", "first", 9, "staging"),
                inSession("t4", null, 20, "default"),
                trace("t5")
                        .with(t -> {
                            t.project = "project-2";
                            t.sessionId = "foreign";
                        })
                        .build()));
    }

    private static Trace inSession(String id, String session, int second, String environment) {
        return trace(id)
                .at(NOON.plusSeconds(second))
                .with(t -> {
                    t.sessionId = session;
                    t.environment = environment;
                })
                .build();
    }

    @Test
    final void find_newestFirst_createdByTheFirstTrace() {
        writeSessions();

        assertThat(find(TimeRange.ALL, List.of(), Slice.first(9))).containsExactly(SECOND, FIRST);
        assertThat(storage.sessions().count(PROJECT, TimeRange.ALL, List.of())).isEqualTo(2);
    }

    @Test
    final void find_pages() {
        writeSessions();

        assertThat(find(TimeRange.ALL, List.of(), new Slice(1, 1, null))).containsExactly(FIRST);
        assertThat(find(TimeRange.ALL, List.of(), new Slice(9, 0, new Slice.Position(SECOND.createdAt(), SECOND.id()))))
                .containsExactly(FIRST);
    }

    @Test
    final void find_byCreationAndEnvironment() {
        writeSessions();
        TimeRange early = new TimeRange(NOON, NOON.plusSeconds(5));

        assertThat(find(early, List.of(), Slice.first(9))).containsExactly(FIRST);
        assertThat(storage.sessions().count(PROJECT, early, List.of())).isEqualTo(1);
        assertThat(find(TimeRange.ALL, List.of("staging", "other"), Slice.first(9)))
                .containsExactly(SECOND);
        assertThat(find(new TimeRange(NOON.plusSeconds(6), null), List.of(), Slice.first(9)))
                .isEmpty();
    }

    private List<Session> find(TimeRange range, List<String> environments, Slice slice) {
        return storage.sessions().find(PROJECT, range, environments, slice);
    }
}
