package dev.sonde.server.storage.duckdb;

import dev.sonde.server.model.EntityKey;
import dev.sonde.server.model.Observation;
import dev.sonde.server.model.Payload;
import dev.sonde.server.model.Score;
import dev.sonde.server.model.Trace;
import dev.sonde.server.storage.Baseline;
import dev.sonde.server.storage.Change;
import dev.sonde.server.storage.Deletion;
import dev.sonde.server.storage.EventWriter;
import dev.sonde.server.storage.StorageException;
import dev.sonde.server.storage.WriteGroup;
import dev.sonde.server.storage.payload.PayloadLog;
import dev.sonde.server.storage.payload.PayloadRecord;
import dev.sonde.server.storage.payload.PayloadRef;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a group in this order: text and rows into the payload log, its fdatasync, then one DuckDB transaction. The
 * transaction is prepared while another thread compresses and syncs, and committed after it, so a crash at any point
 * leaves either the whole group or bytes that nothing refers to.
 */
final class DuckDbEventWriter implements EventWriter, AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(DuckDbEventWriter.class);

    private final Columns columns;
    private final PayloadLog log;
    private final IdTimes times;
    private final OpenRows open;
    private final Executor logThread;
    private final Kept<Trace> traces;
    private final Kept<Observation> observations;
    private final Kept<Score> scores;
    /** Held while a group is written or a baseline read: there is one writing connection. */
    private final Object lock = new Object();

    private boolean closed;

    DuckDbEventWriter(Stores stores, OpenRows open, Executor logThread, long recentRowBytes) {
        this.columns = stores.columns();
        this.log = stores.log();
        this.times = stores.times();
        this.open = open;
        this.logThread = logThread;
        this.traces = new Kept<>(stores.traces(), recentRowBytes / 4);
        this.observations = new Kept<>(stores.observations(), recentRowBytes / 2);
        this.scores = new Kept<>(stores.scores(), recentRowBytes / 4);
    }

    /** One kind of entity: where it is read, and what is known of it without reading. */
    private record Kept<T>(EntityStore<T> store, RecentRows<T> recent) {
        Kept(EntityStore<T> store, long bytes) {
            this(store, new RecentRows<>(store.table(), bytes));
        }

        EntityTable<T> table() {
            return store.table();
        }

        /** An observation that has ended rarely changes again: the room is for those that will. */
        void keep(EntityKey key, Stored<T> row) {
            if (row.row() instanceof Observation observation && observation.endTime() != null) {
                recent.remove(key);
            } else {
                recent.put(key, row);
            }
        }
    }

    @Override
    public Baseline baseline(Set<EntityKey> traceKeys, Set<EntityKey> observationKeys, Set<EntityKey> scoreKeys) {
        synchronized (lock) {
            return new Baseline(
                    baseline(traces, traceKeys), baseline(observations, observationKeys), baseline(scores, scoreKeys));
        }
    }

    private <T> Map<EntityKey, T> baseline(Kept<T> kept, Set<EntityKey> keys) {
        Map<EntityKey, T> found = new HashMap<>();
        List<EntityKey> unknown = new ArrayList<>();
        for (EntityKey key : keys) {
            Stored<T> recent = kept.recent().find(key);
            if (recent == null) {
                unknown.add(key);
            } else {
                found.put(key, recent.row());
            }
        }
        if (!unknown.isEmpty()) {
            List<Stored<T>> rows = kept.store().stored(unknown);
            List<T> whole = kept.store().withText(rows);
            for (int i = 0; i < rows.size(); i++) {
                T row = whole.get(i);
                EntityKey key = kept.table().key(row);
                kept.keep(key, new Stored<>(row, rows.get(i).payload()));
                found.put(key, row);
            }
        }
        return found;
    }

    @Override
    public void write(WriteGroup group) {
        synchronized (lock) {
            if (closed) {
                throw new StorageException("write events: the store is closed");
            }
            Group written = new Group();
            written.add(traces, group.traces());
            written.add(observations, group.observations());
            written.add(scores, group.scores());
            if (written.records.isEmpty()) {
                return;
            }
            try {
                store(group, written);
            } catch (SQLException | CompletionException e) {
                Throwable cause = e instanceof CompletionException ? e.getCause() : e;
                throw new StorageException("write events", cause == null ? e : cause);
            } finally {
                open.forgetChanges();
            }
            written.afterCommit.forEach(Runnable::run);
            spillIds();
        }
    }

    @Override
    public void delete(Deletion deletion) {
        synchronized (lock) {
            if (closed) {
                throw new StorageException("delete events: the store is closed");
            }
            Group written = new Group();
            written.add(traces, deletion.changed());
            List<Deleted<?>> deleted = List.of(
                    new Deleted<>(traces, deletion.traces()),
                    new Deleted<>(observations, deletion.observations()),
                    new Deleted<>(scores, deletion.scores()));
            deleted.forEach(kind -> kind.addRecords(times, written.records));
            try {
                store(written, text -> {
                    apply(traces, deletion.changed(), written, text, 0);
                    for (Deleted<?> kind : deleted) {
                        kind.delete(columns, times, open);
                    }
                });
            } catch (SQLException | CompletionException e) {
                Throwable cause = e instanceof CompletionException ? e.getCause() : e;
                throw new StorageException("delete events", cause == null ? e : cause);
            } finally {
                open.forgetChanges();
            }
            deleted.forEach(Deleted::forget);
            written.afterCommit.forEach(Runnable::run);
        }
    }

    private void store(WriteGroup group, Group written) throws SQLException {
        store(written, text -> {
            int next = 0;
            next = apply(traces, group.traces(), written, text, next);
            next = apply(observations, group.observations(), written, text, next);
            apply(scores, group.scores(), written, text, next);
        });
    }

    /** Fills the columns while the log is written. */
    private interface Filling {
        void fill(LogAppend text) throws SQLException;
    }

    private void store(Group written, Filling filling) throws SQLException {
        LogAppend text = new LogAppend(log, written.records, logThread);
        try {
            columns.transaction(() -> {
                filling.fill(text);
                times.append(written.ids);
                open.moveLongOpen(columns);
                text.awaitDurable();
            });
        } finally {
            text.awaitEnd();
        }
        open.committed();
    }

    /** Rows of one kind on their way out. Where one is not stored, nothing is deleted and nothing is wrong. */
    private record Deleted<T>(Kept<T> kept, Set<EntityKey> keys) {

        /** That they are gone stands in the log too, at the time of their rows. */
        void addRecords(IdTimes times, List<PayloadRecord> records) {
            PayloadRecord.Kind kind = kept.table().kind();
            times.find(kind, keys).forEach((key, span) -> records.add(PayloadRecord.deleted(kind, key, span.to())));
        }

        void delete(Columns columns, IdTimes times, OpenRows open) throws SQLException {
            EntityTable<T> table = kept.table();
            for (Cluster cluster : Cluster.of(times.find(table.kind(), keys))) {
                columns.update(Sql.of("DELETE FROM " + table.table()).add(cluster.where(table.timeColumn())));
            }
            if (table.kind() == PayloadRecord.Kind.OBSERVATION) {
                List<EntityKey> opened = keys.stream().filter(open::contains).toList();
                if (!opened.isEmpty()) {
                    open.delete(columns, opened);
                }
            }
        }

        void forget() {
            keys.forEach(kept.recent()::remove);
        }
    }

    /** What a group turns into on its way. */
    private static final class Group {
        private final List<PayloadRecord> records = new ArrayList<>();
        private final List<IdTimes.Entry> ids = new ArrayList<>();
        private final List<Runnable> afterCommit = new ArrayList<>();

        <T> void add(Kept<T> kept, List<Change<T>> changes) {
            EntityTable<T> table = kept.table();
            Set<EntityKey> seen = new HashSet<>();
            for (Change<T> change : changes) {
                T after = change.after();
                EntityKey key = table.key(after);
                if (!seen.add(key)) {
                    throw new StorageException("write events: one id twice in a group");
                }
                PayloadRef same = unchangedPayload(kept, change);
                records.add(new PayloadRecord(
                        table.kind(),
                        key,
                        Times.micros(table.time(after)),
                        RowJson.write(after),
                        same == null ? table.payload(after) : Payload.NONE,
                        same));
            }
        }

        private static <T> @Nullable PayloadRef unchangedPayload(Kept<T> kept, Change<T> change) {
            T before = change.before();
            if (before == null) {
                return null;
            }
            Stored<T> known = kept.recent().find(kept.table().key(before));
            Payload payload = kept.table().payload(change.after());
            if (known == null || known.payload() == null) {
                return null;
            }
            // A search by time relies on the record's time being the row's.
            boolean same = kept.table().payload(known.row()).equals(payload)
                    && Times.micros(kept.table().time(before))
                            == Times.micros(kept.table().time(change.after()));
            return same ? PayloadRef.unpack(known.payload()) : null;
        }
    }

    /** Replaces the old rows of one kind by the new ones, and returns the index of the next kind's first reference. */
    private <T> int apply(Kept<T> kept, List<Change<T>> changes, Group written, LogAppend text, int first)
            throws SQLException {
        EntityTable<T> table = kept.table();
        deleteOld(table, changes);
        List<Stored<T>> resting = new ArrayList<>();
        List<Stored<T>> hot = new ArrayList<>();
        int next = first;
        for (Change<T> change : changes) {
            T after = change.after();
            Stored<T> row = new Stored<>(after, payload(table, after, written.records.get(next), text.ref(next)));
            boolean isOpen = after instanceof Observation observation && open.add(observation);
            (isOpen ? hot : resting).add(row);
            EntityKey key = table.key(after);
            rememberTime(table, key, change, written);
            written.afterCommit.add(() -> kept.keep(key, row));
            next++;
        }
        append(table, table.table(), resting);
        append(table, ObservationTable.HOT, hot);
        return next;
    }

    private <T> void append(EntityTable<T> table, String name, List<Stored<T>> rows) throws SQLException {
        if (!rows.isEmpty()) {
            try (ColumnWriter to = new ColumnWriter(columns.writer(), name)) {
                for (Stored<T> row : rows) {
                    table.append(to, row.row(), row.payload());
                }
            }
        }
    }

    private static <T> void rememberTime(EntityTable<T> table, EntityKey key, Change<T> change, Group written) {
        T before = change.before();
        long time = Times.micros(table.time(change.after()));
        long old = before == null ? time : Times.micros(table.time(before));
        if (before == null || old != time) {
            IdTimes.Span span = IdTimes.Span.at(time).plus(IdTimes.Span.at(old));
            written.ids.add(new IdTimes.Entry(IdTimes.hash(table.kind(), key), span, time));
        }
    }

    private static <T> @Nullable Long payload(EntityTable<T> table, T row, PayloadRecord written, PayloadRef ref) {
        PayloadRef same = written.sameAs();
        if (same != null) {
            return same.packed();
        }
        return table.payload(row).equals(Payload.NONE) ? null : (Long) ref.packed();
    }

    private <T> void deleteOld(EntityTable<T> table, List<Change<T>> changes) throws SQLException {
        Map<EntityKey, IdTimes.Span> resting = new HashMap<>();
        List<EntityKey> opened = new ArrayList<>();
        for (Change<T> change : changes) {
            T before = change.before();
            if (before == null) {
                continue;
            }
            EntityKey key = table.key(before);
            if (before instanceof Observation && open.contains(key)) {
                opened.add(key);
            } else {
                long time = Times.micros(table.time(before));
                resting.put(key, IdTimes.Span.at(time));
            }
        }
        int deleted = 0;
        for (Cluster cluster : Cluster.of(resting)) {
            deleted += columns.update(Sql.of("DELETE FROM " + table.table()).add(cluster.where(table.timeColumn())));
        }
        if (!opened.isEmpty()) {
            deleted += open.delete(columns, opened);
        }
        if (deleted != resting.size() + opened.size()) {
            throw new StorageException("write events: of " + (resting.size() + opened.size()) + " rows to be replaced "
                    + deleted + " are stored; read the baseline again");
        }
    }

    /** Waits for a running write and allows no more. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
        }
    }

    private void spillIds() {
        if (!times.full()) {
            return;
        }
        try {
            times.spill();
        } catch (SQLException e) {
            // The group is stored, and the ids stay where they are until the next try.
            logger.warn("Sorting the id index failed and is tried again later", e);
        }
    }
}
