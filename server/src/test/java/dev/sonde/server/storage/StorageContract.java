package dev.sonde.server.storage;

import dev.sonde.server.model.Observation;
import dev.sonde.server.model.Trace;
import dev.sonde.server.query.EventQuery;
import dev.sonde.server.query.Filter;
import dev.sonde.server.query.Order;
import dev.sonde.server.query.Slice;
import dev.sonde.server.query.TimeRange;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What every contract kit starts from: an open, empty store of the engine under test. */
public abstract class StorageContract {

    protected Storage storage;

    @TempDir
    Path directory;

    /** Opens the store in this directory; a second time after it was closed. */
    protected abstract Storage open(Path directory);

    @BeforeEach
    final void openStorage() {
        storage = open(directory);
    }

    @AfterEach
    final void closeStorage() {
        storage.close();
    }

    final void reopen() {
        storage.close();
        storage = open(directory);
    }

    final void write(WriteGroup group) {
        storage.writer().write(group);
    }

    static EventQuery all() {
        return new EventQuery(
                TestEvents.PROJECT, Filter.ALL, TimeRange.ALL, Order.NEWEST_FIRST, Slice.first(1_000), false);
    }

    static EventQuery where(Filter filter) {
        return new EventQuery(TestEvents.PROJECT, filter, TimeRange.ALL, Order.NEWEST_FIRST, Slice.first(1_000), false);
    }

    static List<String> traceIds(List<Trace> rows) {
        return rows.stream().map(Trace::id).toList();
    }

    static List<String> observationIds(List<Observation> rows) {
        return rows.stream().map(Observation::id).toList();
    }
}
