package dev.sonde.server.storage.duckdb;

import dev.sonde.server.query.Slice;
import dev.sonde.server.query.TimeRange;
import dev.sonde.server.storage.SessionReader;
import java.util.List;

/** Reads sessions from {@code traces}: a session was created with its first trace and has that one's environment. */
final class DuckDbSessionReader implements SessionReader {

    private final Columns columns;

    DuckDbSessionReader(Stores stores) {
        this.columns = stores.columns();
    }

    @Override
    public List<Session> find(String projectId, TimeRange created, List<String> environments, Slice slice) {
        Sql sql = Sql.of("SELECT id, epoch_us(created), environment FROM ")
                .add(sessions(projectId, created, environments));
        Slice.Position after = slice.after();
        if (after != null) {
            long micros = Times.bound(after.time());
            sql.add(" AND (created < ")
                    .time(micros)
                    .add(" OR (created = ")
                    .time(micros)
                    .add(" AND id < ")
                    .value(after.id())
                    .add("))");
        }
        sql.add(" ORDER BY created DESC, id DESC LIMIT ")
                .number(slice.limit())
                .add(" OFFSET ")
                .number(slice.offset());
        return columns.list(
                "list sessions", sql, from -> new Session(from.text(), projectId, from.time(), from.text()));
    }

    @Override
    public long count(String projectId, TimeRange created, List<String> environments) {
        return columns.number(
                "count sessions", Sql.of("SELECT count(*) FROM ").add(sessions(projectId, created, environments)));
    }

    private static Sql sessions(String projectId, TimeRange created, List<String> environments) {
        Sql sql = Sql.of("(SELECT session_id AS id, min(created_at) AS created,"
                        + " arg_min(environment, (created_at, id)) AS environment"
                        + " FROM traces WHERE session_id IS NOT NULL AND project = ")
                .value(projectId)
                .add(" GROUP BY session_id) WHERE true");
        if (created.from() != null) {
            sql.add(" AND created >= ").time(Times.bound(created.from()));
        }
        if (created.to() != null) {
            sql.add(" AND created < ").time(Times.bound(created.to()));
        }
        if (!environments.isEmpty()) {
            sql.add(" AND environment").in(environments);
        }
        return sql;
    }
}
