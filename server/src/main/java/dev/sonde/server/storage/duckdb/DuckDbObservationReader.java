package dev.sonde.server.storage.duckdb;

import dev.sonde.server.model.EntityKey;
import dev.sonde.server.model.Observation;
import dev.sonde.server.model.Trace;
import dev.sonde.server.model.TraceTotals;
import dev.sonde.server.query.EventQuery;
import dev.sonde.server.storage.ObservationReader;
import dev.sonde.server.storage.duckdb.FieldSql.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads {@code obs} and {@code obs_hot}. */
final class DuckDbObservationReader implements ObservationReader {

    private static final Comparator<Stored<Observation>> BY_START = Comparator.comparing(
                    (Stored<Observation> stored) -> stored.row().startTime())
            .thenComparing(stored -> stored.row().id());

    private final EntityStore<Observation> store;
    private final EntityStore<Trace> traces;
    private final Listing<Observation> listing;

    DuckDbObservationReader(Stores stores, PayloadSearch search) {
        this.store = stores.observations();
        this.traces = stores.traces();
        this.listing = new Listing<>(
                Subject.OBSERVATIONS, List.of("obs", ObservationTable.HOT), store, stores.columns(), search);
    }

    @Override
    public List<Observation> find(EventQuery query) {
        return listing.find(query);
    }

    @Override
    public long count(EventQuery query) {
        return listing.count(query);
    }

    @Override
    public Optional<Observation> find(String projectId, String observationId) {
        EntityKey key = new EntityKey(projectId, observationId);
        Sql open = Sql.of("SELECT " + store.table().columns() + " FROM obs_hot WHERE project = ")
                .value(projectId)
                .add(" AND id = ")
                .value(observationId);
        // An observation moves from the open table to the other one, never back: look there last.
        return store.withText(store.list("read open observation", open)).stream()
                .findFirst()
                .or(() -> store.find(key));
    }

    @Override
    public List<Observation> ofTrace(String projectId, String traceId, boolean withPayload) {
        List<Stored<Observation>> rows = new ArrayList<>();
        Sql bounds = bounds(new EntityKey(projectId, traceId));
        Sql sql = new Sql();
        for (String table : List.of("obs", ObservationTable.HOT)) {
            sql.add(sql.text().isEmpty() ? "" : " UNION ALL ")
                    .add("SELECT " + store.table().columns() + " FROM " + table + " WHERE project = ")
                    .value(projectId)
                    .add(bounds)
                    .add(" AND trace_id = ")
                    .value(traceId);
        }
        rows.addAll(store.list("read observations of a trace", sql));
        rows.sort(BY_START);
        return withPayload
                ? store.withText(rows)
                : rows.stream().map(Stored::row).toList();
    }

    /** All observations of a trace start between its begin and its end, which stand on its row. */
    private Sql bounds(EntityKey trace) {
        Sql sql = new Sql();
        for (Stored<Trace> stored : traces.resting(List.of(trace))) {
            TraceTotals totals = stored.row().totals();
            Instant start = totals.start();
            Instant end = totals.end();
            if (start != null && end != null) {
                sql.add(" AND start_time >= ")
                        .time(Times.micros(start))
                        .add(" AND start_time <= ")
                        .time(Times.micros(end));
            }
        }
        return sql;
    }
}
