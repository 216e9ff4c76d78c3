package dev.sonde.server.storage.duckdb;

import dev.sonde.server.model.EntityKey;
import dev.sonde.server.model.Payload;
import dev.sonde.server.storage.payload.PayloadLog;
import dev.sonde.server.storage.payload.PayloadRecord;
import dev.sonde.server.storage.payload.PayloadRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reads rows of one kind, and their text from the payload log. Thread-safe. */
final class EntityStore<T> {

    private final EntityTable<T> table;
    private final Columns columns;
    private final PayloadLog log;
    private final IdTimes times;

    EntityStore(EntityTable<T> table, Columns columns, PayloadLog log, IdTimes times) {
        this.table = table;
        this.columns = columns;
        this.log = log;
        this.times = times;
    }

    EntityTable<T> table() {
        return table;
    }

    /** The rows a statement selects with {@link EntityTable#columns()}. */
    List<Stored<T>> list(String operation, Sql sql) {
        return columns.list(operation, sql, table::read);
    }

    /** One row, with its text. */
    Optional<T> find(EntityKey key) {
        return withText(stored(key)).stream().findFirst();
    }

    /**
     * The row under this key, without text; or none. Between asking for its time and asking for the row the row may
     * move; its time then has changed when it is asked for again.
     */
    List<Stored<T>> stored(EntityKey key) {
        IdTimes.Span span = times.find(table.kind(), key);
        while (span != null) {
            List<Stored<T>> rows = stored(Map.of(key, span));
            IdTimes.Span now = times.find(table.kind(), key);
            if (!rows.isEmpty() || span.equals(now)) {
                return rows;
            }
            span = now;
        }
        return List.of();
    }

    /** The rows under these keys, without text. For the writer, who knows that none of them moves meanwhile. */
    List<Stored<T>> stored(Collection<EntityKey> keys) {
        return stored(times.find(table.kind(), keys));
    }

    private List<Stored<T>> stored(Map<EntityKey, IdTimes.Span> spans) {
        List<Stored<T>> rows = new ArrayList<>();
        for (Cluster cluster : Cluster.of(spans)) {
            rows.addAll(list("read rows by id", select(cluster.where(table.timeColumn()))));
        }
        return rows;
    }

    /** All columns of all tables, with this {@code WHERE}: one statement, so that a row that moves is seen once. */
    Sql select(Sql where) {
        Sql sql = new Sql();
        for (String name : table.tables()) {
            sql.add(sql.text().isEmpty() ? "" : " UNION ALL ")
                    .add("SELECT " + table.columns() + " FROM " + name)
                    .add(where);
        }
        return sql;
    }

    /** The same rows with their text. */
    List<T> withText(List<Stored<T>> rows) {
        List<PayloadRef> refs = rows.stream()
                .map(Stored::payload)
                .filter(Objects::nonNull)
                .map(PayloadRef::unpack)
                .toList();
        Map<PayloadRef, PayloadRecord> records = log.read(refs);
        return rows.stream()
                .map(row -> row.payload() == null
                        ? row.row()
                        : table.withPayload(row.row(), payload(records, PayloadRef.unpack(row.payload()))))
                .toList();
    }

    private static Payload payload(Map<PayloadRef, PayloadRecord> records, PayloadRef ref) {
        return Objects.requireNonNull(records.get(ref)).payload();
    }
}
