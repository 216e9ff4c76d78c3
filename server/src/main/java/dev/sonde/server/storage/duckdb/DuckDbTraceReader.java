package dev.sonde.server.storage.duckdb;

import dev.sonde.server.model.EntityKey;
import dev.sonde.server.model.Trace;
import dev.sonde.server.query.Column;
import dev.sonde.server.query.EventQuery;
import dev.sonde.server.query.Facet;
import dev.sonde.server.query.Field;
import dev.sonde.server.storage.TraceReader;
import dev.sonde.server.storage.duckdb.FieldSql.Subject;
import java.util.List;
import java.util.Optional;

/** Reads {@code traces}. */
final class DuckDbTraceReader implements TraceReader {

    private final Columns columns;
    private final EntityStore<Trace> store;
    private final Listing<Trace> listing;
    private final PayloadSearch search;

    DuckDbTraceReader(Stores stores, PayloadSearch search) {
        this.columns = stores.columns();
        this.store = stores.traces();
        this.search = search;
        this.listing = new Listing<>(Subject.TRACES, store, columns, search);
    }

    @Override
    public List<Trace> find(EventQuery query) {
        return listing.find(query);
    }

    @Override
    public long count(EventQuery query) {
        return listing.count(query);
    }

    @Override
    public Optional<Trace> find(String projectId, String traceId) {
        return store.find(new EntityKey(projectId, traceId));
    }

    @Override
    public List<Facet> facet(EventQuery query, Column column) {
        Sql value = value(column);
        Sql where = new FilterSql(Subject.TRACES, query, search).where();
        Sql sql = Sql.of("SELECT value, count(*) FROM (SELECT ")
                .add(value)
                .add(" AS value FROM traces WHERE ")
                .add(where)
                .add(") WHERE value IS NOT NULL GROUP BY value ORDER BY count(*) DESC, value LIMIT ")
                .number(query.slice().limit());
        return columns.list("count values", sql, from -> new Facet(from.text(), from.number()));
    }

    private static Sql value(Column column) {
        return switch (column) {
            case NAME, USER_ID, SESSION_ID, ENVIRONMENT, RELEASE, VERSION, LEVEL ->
                FieldSql.of(Subject.TRACES, Field.of(column)).expression();
            case TAGS -> Sql.of("unnest(tags)");
            default -> throw new IllegalArgumentException("no facet of " + column);
        };
    }
}
