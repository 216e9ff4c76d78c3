package dev.sonde.agent.instrumentation.jdbc;

import dev.sonde.agent.calls.Reaper;
import dev.sonde.agent.calls.Step;
import java.lang.ref.Cleaner;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A search that has been answered, while its rows are read. Must not reach statement or result, to which it is attached.
 * Thread-safe; ends once.
 */
final class Search {
    private final Step step;
    /** The same search as a statement further in has seen it; null for none. */
    private final @Nullable Search inner;

    private final Object lock = new Object();
    // Guarded by lock.
    private long rows;
    private boolean over;
    private Cleaner.@Nullable Cleanable watch;

    Search(Step step, @Nullable Search inner) {
        this.step = step;
        this.inner = inner;
    }

    /** Ends it when nobody can read the result any more. */
    void watch(Object result) {
        Cleaner.Cleanable watching = Reaper.watch(result, this::ended);
        synchronized (lock) {
            watch = watching;
        }
    }

    /** One more row was read. */
    void row() {
        synchronized (lock) {
            rows++;
        }
    }

    /** No more rows are read. */
    void ended() {
        if (inner != null) {
            inner.ended();
        }
        long read;
        synchronized (lock) {
            if (over) {
                return;
            }
            over = true;
            read = rows;
        }
        step.note(observation -> observation.attribute("db.response.returned_rows", read));
        step.endedJson("{\"rows\":" + read + "}");
        unwatch();
    }

    /** Reading failed. */
    void failed(Throwable error) {
        if (inner != null) {
            inner.failed(error);
        }
        synchronized (lock) {
            if (over) {
                return;
            }
            over = true;
        }
        failed(step, error);
        unwatch();
    }

    static void failed(Step step, Throwable error) {
        if (error instanceof SQLException sql && sql.getSQLState() != null) {
            String state = sql.getSQLState();
            step.note(observation -> observation.attribute("db.response.status_code", state));
        }
        step.failed(error);
    }

    private void unwatch() {
        Cleaner.Cleanable watching;
        synchronized (lock) {
            watching = watch;
            watch = null;
        }
        if (watching != null) {
            watching.clean();
        }
    }
}
