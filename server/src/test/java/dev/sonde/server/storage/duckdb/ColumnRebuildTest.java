package dev.sonde.server.storage.duckdb;

import static dev.sonde.server.storage.TestEvents.PROJECT;
import static dev.sonde.server.storage.TestEvents.added;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.server.model.EntityKey;
import dev.sonde.server.query.EventQuery;
import dev.sonde.server.query.Filter;
import dev.sonde.server.query.Order;
import dev.sonde.server.query.Slice;
import dev.sonde.server.query.TimeRange;
import dev.sonde.server.storage.Deletion;
import dev.sonde.server.storage.Storage;
import dev.sonde.server.storage.TestEvents;
import dev.sonde.server.storage.WriteGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColumnRebuildTest {

    private static final EventQuery ALL =
            new EventQuery(PROJECT, Filter.ALL, TimeRange.ALL, Order.NEWEST_FIRST, Slice.first(1_000_000), true);

    @TempDir
    Path directory;

    @Test
    void rebuild_withoutColumns_bringsEveryRowBackOnce() throws IOException {
        int groups = 120;
        List<?> before;
        try (Storage storage = DuckDbStores.open(directory)) {
            for (int n = 0; n < groups; n++) {
                storage.writer().write(CrashWriter.group(storage, n));
            }
            before = everything(storage, groups);
        }
        Files.delete(directory.resolve("events.duckdb"));

        long rows = DuckDbStorage.rebuildColumns(DuckDbStores.config(directory));

        assertThat(rows).isEqualTo(groups * (2L + CrashWriter.OBSERVATIONS));
        try (Storage storage = DuckDbStores.open(directory)) {
            assertThat(everything(storage, groups)).isEqualTo(before);
            storage.writer().write(CrashWriter.group(storage, groups));
            assertThat(storage.observations().count(ALL)).isEqualTo((groups + 1L) * CrashWriter.OBSERVATIONS);
            assertThat(storage.traces().find(PROJECT, "t0")).contains(CrashWriter.renamedTrace(0));
        }
    }

    @Test
    void rebuild_everyField_comesBack() {
        WriteGroup group = new WriteGroup(
                added(TestEvents.fullTrace()), added(TestEvents.fullObservation()), added(TestEvents.fullScore()));
        try (Storage storage = DuckDbStores.open(directory)) {
            storage.writer().write(group);
        }

        DuckDbStorage.rebuildColumns(DuckDbStores.config(directory));

        try (Storage storage = DuckDbStores.open(directory)) {
            assertThat(storage.traces().find(PROJECT, "t1")).contains(TestEvents.fullTrace());
            assertThat(storage.observations().find(PROJECT, "o1")).contains(TestEvents.fullObservation());
            assertThat(storage.scores().find(PROJECT, "s1")).contains(TestEvents.fullScore());
        }
    }

    @Test
    void rebuild_doesNotBringBackWhatWasDeleted_unlessItWasWrittenAgain() {
        EntityKey trace = TestEvents.fullTrace().key();
        EntityKey observation = TestEvents.fullObservation().key();
        EntityKey score = TestEvents.fullScore().key();
        try (Storage storage = DuckDbStores.open(directory)) {
            storage.writer()
                    .write(new WriteGroup(
                            added(TestEvents.fullTrace()),
                            added(
                                    TestEvents.fullObservation(),
                                    TestEvents.observation("open", "t1")
                                            .with(o -> o.endTime = null)
                                            .build()),
                            added(TestEvents.fullScore())));
            storage.writer()
                    .delete(new Deletion(
                            Set.of(trace),
                            Set.of(observation, new EntityKey(PROJECT, "open")),
                            Set.of(score),
                            List.of()));
            storage.writer().write(new WriteGroup(List.of(), List.of(), added(TestEvents.fullScore())));
        }

        long rows = DuckDbStorage.rebuildColumns(DuckDbStores.config(directory));

        assertThat(rows).isEqualTo(1);
        try (Storage storage = DuckDbStores.open(directory)) {
            assertThat(storage.traces().count(ALL)).isZero();
            assertThat(storage.observations().count(ALL)).isZero();
            assertThat(storage.scores().find(PROJECT, score.id())).contains(TestEvents.fullScore());
        }
    }

    @Test
    void rebuild_keepsTheOldFile() {
        DuckDbStores.open(directory).close();

        assertThat(DuckDbStorage.rebuildColumns(DuckDbStores.config(directory))).isZero();

        assertThat(directory.resolve("old-events.duckdb")).exists();
        DuckDbStores.open(directory).close();
    }

    private static List<?> everything(Storage storage, int groups) {
        List<String> traceIds = java.util.stream.IntStream.range(0, groups)
                .mapToObj(n -> "t" + n)
                .toList();
        return List.of(
                storage.traces().find(ALL),
                storage.observations().find(ALL),
                storage.scores().ofTraces(PROJECT, traceIds));
    }
}
