package dev.sonde.server.storage.duckdb;

import dev.sonde.server.model.EntityKey;
import dev.sonde.server.model.Observation;
import dev.sonde.server.model.Trace;
import dev.sonde.server.model.TraceTotals;
import dev.sonde.server.query.EventQuery;
import dev.sonde.server.storage.ObservationReader;
import dev.sonde.server.storage.duckdb.FieldSql.Subject;
import java.time.Instant;
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
        this.listing = new Listing<>(Subject.OBSERVATIONS, store, stores.columns(), search);
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
        return store.find(new EntityKey(projectId, observationId));
    }

    @Override
    public List<Observation> ofTrace(String projectId, String traceId, boolean withPayload) {
        Sql where = Sql.of(" WHERE project = ")
                .value(projectId)
                .add(bounds(new EntityKey(projectId, traceId)))
                .add(" AND trace_id = ")
                .value(traceId);
        List<Stored<Observation>> rows = store.list("read observations of a trace", store.select(where));
        rows.sort(BY_START);
        return withPayload
                ? store.withText(rows)
                : rows.stream().map(Stored::row).toList();
    }

    /** All observations of a trace start between its begin and its end, which stand on its row. */
    private Sql bounds(EntityKey trace) {
        Sql sql = new Sql();
        for (Stored<Trace> stored : traces.stored(trace)) {
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
