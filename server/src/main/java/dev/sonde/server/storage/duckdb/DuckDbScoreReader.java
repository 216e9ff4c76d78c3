package dev.sonde.server.storage.duckdb;

import dev.sonde.server.model.EntityKey;
import dev.sonde.server.model.Score;
import dev.sonde.server.query.EventQuery;
import dev.sonde.server.storage.ScoreReader;
import dev.sonde.server.storage.duckdb.FieldSql.Subject;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reads {@code scores}. */
final class DuckDbScoreReader implements ScoreReader {

    private final EntityStore<Score> store;
    private final Listing<Score> listing;

    DuckDbScoreReader(Stores stores, PayloadSearch search) {
        this.store = stores.scores();
        this.listing = new Listing<>(Subject.SCORES, store, stores.columns(), search);
    }

    @Override
    public List<Score> find(EventQuery query) {
        return listing.find(query);
    }

    @Override
    public long count(EventQuery query) {
        return listing.count(query);
    }

    @Override
    public Optional<Score> find(String projectId, String scoreId) {
        return store.find(new EntityKey(projectId, scoreId));
    }

    @Override
    public List<Score> ofTraces(String projectId, Collection<String> traceIds) {
        if (traceIds.isEmpty()) {
            return List.of();
        }
        Sql sql = Sql.of("SELECT " + store.table().columns() + " FROM scores WHERE project = ")
                .value(projectId)
                .add(" AND trace_id")
                .in(traceIds)
                .add(" ORDER BY timestamp DESC, id DESC");
        return store.list("read scores of traces", sql).stream()
                .map(Stored::row)
                .toList();
    }
}
