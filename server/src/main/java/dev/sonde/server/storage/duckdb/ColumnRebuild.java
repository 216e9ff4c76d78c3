package dev.sonde.server.storage.duckdb;

import dev.sonde.server.model.EntityKey;
import dev.sonde.server.model.Observation;
import dev.sonde.server.model.Payload;
import dev.sonde.server.storage.StorageException;
import dev.sonde.server.storage.payload.PayloadRecord;
import dev.sonde.server.storage.payload.PayloadRef;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fills empty columns from the payload log, which holds every state of every row: of each id the one written last is
 * taken. What was written but never acknowledged because of a crash comes back too. Takes heap for one number an id.
 */
final class ColumnRebuild {

    private static final int BATCH = 5_000;

    private final Stores stores;
    private final Set<Long> seen = new HashSet<>();
    private final Map<PayloadRecord.Kind, EntityTable<?>> tables;
    private final List<Row<?>> batch = new ArrayList<>();
    private long rows;

    ColumnRebuild(Stores stores) {
        this.stores = stores;
        this.tables = Map.of(
                PayloadRecord.Kind.TRACE, stores.traces().table(),
                PayloadRecord.Kind.OBSERVATION, stores.observations().table(),
                PayloadRecord.Kind.SCORE, stores.scores().table());
    }

    private record Row<T>(EntityTable<T> table, Stored<T> stored, EntityKey key) {}

    /** Returns how many rows were written. */
    long run() {
        stores.log().scan(Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, (ref, payloadRecord) -> {
            if (seen.add(IdTimes.hash(payloadRecord.kind(), payloadRecord.key()))) {
                EntityTable<?> table = tables.get(payloadRecord.kind());
                if (table != null && !payloadRecord.isDeleted()) {
                    batch.add(row(table, ref, payloadRecord));
                }
            }
            if (batch.size() == BATCH) {
                writeBatch();
            }
            return true;
        });
        writeBatch();
        return rows;
    }

    private <T> Row<T> row(EntityTable<T> table, PayloadRef ref, PayloadRecord payloadRecord) {
        PayloadRef same = payloadRecord.sameAs();
        Payload payload =
                same == null ? payloadRecord.payload() : stores.log().read(same).payload();
        Long reference = payload.equals(Payload.NONE) ? null : (Long) (same == null ? ref : same).packed();
        T row = table.withPayload(RowJson.read(table, payloadRecord.row()), payload);
        return new Row<>(table, new Stored<>(row, reference), payloadRecord.key());
    }

    private void writeBatch() {
        try {
            stores.columns().transaction(() -> {
                for (EntityTable<?> table : tables.values()) {
                    for (String name : table.tables()) {
                        append(table, name);
                    }
                }
                stores.times().append(batch.stream().map(ColumnRebuild::entry).toList());
            });
            if (stores.times().full()) {
                stores.times().spill();
            }
        } catch (SQLException e) {
            throw new StorageException("rebuild columns", e);
        }
        rows += batch.size();
        batch.clear();
    }

    private void append(EntityTable<?> table, String name) throws SQLException {
        try (ColumnWriter to = new ColumnWriter(stores.columns().writer(), name)) {
            for (Row<?> row : batch) {
                if (row.table() == table && tableOf(row).equals(name)) {
                    append(row, to);
                }
            }
        }
    }

    private static <T> void append(Row<T> row, ColumnWriter to) throws SQLException {
        row.table().append(to, row.stored().row(), row.stored().payload());
    }

    private static String tableOf(Row<?> row) {
        boolean open = row.stored().row() instanceof Observation observation && OpenRows.isOpen(observation);
        return open ? ObservationTable.HOT : row.table().table();
    }

    private static <T> IdTimes.Entry entry(Row<T> row) {
        long time = Times.micros(row.table().time(row.stored().row()));
        return new IdTimes.Entry(IdTimes.hash(row.table().kind(), row.key()), IdTimes.Span.at(time));
    }
}
