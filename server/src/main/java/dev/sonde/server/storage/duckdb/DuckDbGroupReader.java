package dev.sonde.server.storage.duckdb;

import dev.sonde.server.query.EventQuery;
import dev.sonde.server.storage.GroupReader;
import dev.sonde.server.storage.duckdb.FieldSql.Subject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads groups from {@code traces}: one scan for the figures, one more for the scores of the groups shown. */
final class DuckDbGroupReader implements GroupReader {

    private static final int NAMED_USERS = 3;

    private final Columns columns;
    private final PayloadSearch search;

    DuckDbGroupReader(Stores stores, PayloadSearch search) {
        this.columns = stores.columns();
        this.search = search;
    }

    @Override
    public List<Group> find(EventQuery query, Kind kind, Sort sort) {
        String direction = sort.descending() ? " DESC" : " ASC";
        String shared = column(kind);
        Sql sql = Sql.of("SELECT " + shared + ", count(*) AS n, count(*) FILTER (WHERE errors > 0) AS failed,"
                        + " epoch_us(min(timestamp)) AS first_seen, epoch_us(max(timestamp)) AS last_seen,"
                        + " epoch_us(max(greatest(timestamp, coalesce(end_time, timestamp)))) AS last_end,"
                        + " sum(input_usage)::BIGINT, sum(output_usage)::BIGINT, sum(total_usage)::BIGINT AS usage,"
                        + " sum(total_cost) AS cost, count(DISTINCT user_id),"
                        + " list_sort(list(DISTINCT user_id) FILTER (WHERE user_id IS NOT NULL))[:" + NAMED_USERS
                        + "], count(DISTINCT session_id), arg_min(id, (timestamp, id)), arg_max(id, (timestamp, id))"
                        + " FROM traces WHERE ")
                .add(where(query, shared))
                .add(" GROUP BY " + shared + " ORDER BY " + expression(sort.figure()) + direction + " NULLS LAST, "
                        + shared + direction + " LIMIT ")
                .number(query.slice().limit())
                .add(" OFFSET ")
                .number(query.slice().offset());
        List<Group> groups = columns.list("list groups", sql, DuckDbGroupReader::group);
        Map<String, Map<String, Double>> scores = scores(query, shared, groups);
        List<Group> whole = new ArrayList<>();
        groups.forEach(group -> whole.add(with(group, scores.getOrDefault(group.id(), Map.of()))));
        return whole;
    }

    @Override
    public long count(EventQuery query, Kind kind) {
        String shared = column(kind);
        return columns.number(
                "count groups",
                Sql.of("SELECT count(DISTINCT " + shared + ") FROM traces WHERE ")
                        .add(where(query, shared)));
    }

    @Override
    public List<Bucket> series(EventQuery query, Duration width) {
        long micros = width.toMillis() * 1_000;
        if (micros <= 0) {
            throw new IllegalArgumentException("width " + width);
        }
        Sql sql = Sql.of("SELECT epoch_us(timestamp) // " + micros + " * " + micros + " AS start, count(*),"
                        + " count(*) FILTER (WHERE errors > 0), sum(total_usage)::BIGINT, sum(total_cost)"
                        + " FROM traces WHERE ")
                .add(new FilterSql(Subject.TRACES, query, search).where())
                .add(" GROUP BY start ORDER BY start LIMIT ")
                .number(query.slice().limit());
        return columns.list(
                "count traces by time",
                sql,
                from -> new Bucket(from.time(), from.number(), from.number(), from.number(), from.nullableMoney()));
    }

    private Sql where(EventQuery query, String shared) {
        return new FilterSql(Subject.TRACES, query, search).where().add(" AND " + shared + " IS NOT NULL");
    }

    private Map<String, Map<String, Double>> scores(EventQuery query, String shared, List<Group> groups) {
        Map<String, Map<String, Double>> means = new HashMap<>();
        if (groups.isEmpty()) {
            return means;
        }
        Sql sql = Sql.of("SELECT shared, name, avg(value) FROM (SELECT " + shared
                        + " AS shared, unnest(map_keys(scores)) AS name, unnest(map_values(scores)) AS value"
                        + " FROM traces WHERE ")
                .add(where(query, shared))
                .add(" AND cardinality(scores) > 0 AND " + shared)
                .in(groups.stream().map(Group::id).toList())
                .add(") GROUP BY shared, name");
        columns.list(
                "average scores of groups",
                sql,
                from -> means.computeIfAbsent(from.text(), k -> new TreeMap<>()).put(from.text(), from.decimal()));
        return means;
    }

    private static Group group(ColumnReader from) throws SQLException {
        return new Group(
                from.text(),
                from.number(),
                from.number(),
                from.time(),
                from.time(),
                from.time(),
                from.number(),
                from.number(),
                from.number(),
                from.nullableMoney(),
                from.number(),
                from.texts(),
                from.number(),
                from.text(),
                from.text(),
                Map.of());
    }

    private static Group with(Group g, Map<String, Double> scores) {
        return new Group(
                g.id(),
                g.traces(),
                g.failed(),
                g.firstSeen(),
                g.lastSeen(),
                g.lastEnd(),
                g.inputUsage(),
                g.outputUsage(),
                g.totalUsage(),
                g.cost(),
                g.users(),
                g.userIds(),
                g.sessions(),
                g.firstTraceId(),
                g.lastTraceId(),
                scores);
    }

    private static String column(Kind kind) {
        return kind == Kind.SESSION ? "session_id" : "user_id";
    }

    private static String expression(Figure figure) {
        return switch (figure) {
            case FIRST_SEEN -> "first_seen";
            case LAST_SEEN -> "last_seen";
            case TRACES -> "n";
            case FAILED -> "failed";
            case USAGE -> "usage";
            case COST -> "cost";
            case DURATION -> "last_end - first_seen";
        };
    }
}
