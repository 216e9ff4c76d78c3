package dev.sonde.server.storage.duckdb;

import dev.sonde.server.query.Field;
import dev.sonde.server.query.Filter;
import dev.sonde.server.query.Granularity;
import dev.sonde.server.query.MetricsQuery;
import dev.sonde.server.query.MetricsQuery.Aggregation;
import dev.sonde.server.query.MetricsQuery.Dimension;
import dev.sonde.server.query.MetricsQuery.Metric;
import dev.sonde.server.query.MetricsQuery.Sort;
import dev.sonde.server.storage.duckdb.MetricsFields.Join;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Compiles a question for figures: an inner statement selects rows with their dimensions and measures ({@code t}, {@code
 * d0}…, {@code m0}…), an outer one groups them. Names from the question never become text. For one thread.
 */
final class MetricsSql {

    private final MetricsQuery query;
    private final MetricsFields fields;
    private final List<FieldSql> dimensions = new ArrayList<>();
    private final Sql rows;

    MetricsSql(MetricsQuery query) {
        this.query = query;
        this.fields = new MetricsFields(query.view());
        for (Dimension dimension : query.dimensions()) {
            dimensions.add(fields.of(Field.of(dimension.column())));
        }
        this.rows = rows();
    }

    /** What the dimensions are, in order. */
    List<FieldSql.Type> dimensionTypes() {
        return dimensions.stream().map(FieldSql::type).toList();
    }

    /** Groups: time, dimensions, then metrics, a histogram as how many values it has. */
    Sql groups() {
        StringJoiner selected = new StringJoiner(", ");
        keys().forEach(key -> selected.add(key.equals("t") ? "epoch_us(t)" : key));
        for (int i = 0; i < query.metrics().size(); i++) {
            selected.add(figure(query.metrics().get(i).aggregation(), "m" + i) + " AS a" + i);
        }
        return Sql.of("SELECT " + selected + " FROM (")
                .add(rows)
                .add(")" + grouped(keys()) + order() + " LIMIT ")
                .number(query.limit());
    }

    /** Parts of one histogram: time, dimensions, least and greatest value, number of the part, values in it. */
    Sql histogram(int metric) {
        String value = "m" + metric;
        StringJoiner same = new StringJoiner(" AND ");
        same.add("true");
        StringJoiner own = new StringJoiner(", ");
        for (String key : keys()) {
            same.add("x." + key + " IS NOT DISTINCT FROM b." + key);
            own.add("x." + key);
        }
        String keys = keys().isEmpty() ? "" : String.join(", ", keys()) + ", ";
        String selected = keys().isEmpty() ? "" : own.toString().replace("x.t", "epoch_us(x.t)") + ", ";
        List<String> all =
                new ArrayList<>(keys().stream().map(key -> "x." + key).toList());
        all.addAll(List.of("lo", "hi", "part"));
        return Sql.of("WITH x AS (")
                .add(rows)
                .add("), b AS (SELECT " + keys + "min(" + value + ")::DOUBLE AS lo, max(" + value
                        + ")::DOUBLE AS hi FROM x WHERE " + value + " IS NOT NULL" + grouped(keys()) + ") SELECT "
                        + selected + "lo, hi, CASE WHEN hi = lo THEN 0 ELSE least(")
                .number(query.bins() - 1L)
                .add(", coalesce(TRY_CAST(floor((" + value + " - lo) / (hi - lo) * ")
                .number(query.bins())
                .add(") AS INTEGER), 0)) END AS part, count(*) FROM x JOIN b ON " + same + " WHERE " + value
                        + " IS NOT NULL" + grouped(all));
    }

    private List<String> keys() {
        List<String> keys = new ArrayList<>();
        if (query.granularity() != null) {
            keys.add("t");
        }
        for (int i = 0; i < dimensions.size(); i++) {
            keys.add("d" + i);
        }
        return keys;
    }

    private static String grouped(List<String> keys) {
        return keys.isEmpty() ? "" : " GROUP BY " + String.join(", ", keys);
    }

    private String order() {
        StringJoiner order = new StringJoiner(", ", " ORDER BY ", "");
        order.setEmptyValue("");
        for (Sort sort : query.order()) {
            order.add(alias(sort.name()) + (sort.descending() ? " DESC" : " ASC") + " NULLS LAST");
        }
        if (query.order().isEmpty()) {
            if (query.granularity() != null) {
                order.add("t");
            }
            order.add("a0 DESC NULLS LAST");
        }
        keys().forEach(key -> order.add(key + " NULLS LAST"));
        return order.toString();
    }

    private String alias(String name) {
        if (name.equals(MetricsQuery.TIME)) {
            return "t";
        }
        for (int i = 0; i < query.dimensions().size(); i++) {
            if (query.dimensions().get(i).name().equals(name)) {
                return "d" + i;
            }
        }
        for (int i = 0; i < query.metrics().size(); i++) {
            if (query.metrics().get(i).name().equals(name)) {
                return "a" + i;
            }
        }
        throw new IllegalArgumentException("cannot order by " + name);
    }

    /** A sum of nothing is 0 where there are no rows, and unknown where there are. */
    private static String figure(Aggregation aggregation, String measure) {
        return switch (aggregation) {
            case SUM -> "CASE WHEN count(*) = 0 THEN 0 ELSE sum(" + measure + ") END";
            case AVG -> "avg(" + measure + ")";
            case COUNT, HISTOGRAM -> "count(" + measure + ")";
            case MAX -> "max(" + measure + ")";
            case MIN -> "min(" + measure + ")";
            case P50 -> quantile(measure, "0.5");
            case P75 -> quantile(measure, "0.75");
            case P90 -> quantile(measure, "0.9");
            case P95 -> quantile(measure, "0.95");
            case P99 -> quantile(measure, "0.99");
            case UNIQ -> "count(DISTINCT " + measure + ")";
        };
    }

    private static String quantile(String measure, String part) {
        return "quantile_cont(" + measure + "::DOUBLE, " + part + ")";
    }

    private Sql rows() {
        Sql selected = new Sql();
        Granularity granularity = query.granularity();
        if (granularity != null) {
            selected.add("date_trunc('" + granularity.name().toLowerCase(java.util.Locale.ROOT) + "', r."
                    + fields.time() + ") AS t, ");
        }
        for (int i = 0; i < dimensions.size(); i++) {
            selected.add(dimensions.get(i).expression()).add(" AS d" + i + ", ");
        }
        List<Metric> metrics = query.metrics();
        for (int i = 0; i < metrics.size(); i++) {
            selected.add(i == 0 ? "" : ", ")
                    .add(fields.measure(metrics.get(i).measure()))
                    .add(" AS m" + i);
        }
        // fields are asked before the joins that they need are written
        Sql where = query.filter().equals(Filter.ALL) ? Sql.of("true") : new ConditionSql(fields).of(query.filter());
        return Sql.of("SELECT ")
                .add(selected)
                .add(" FROM ")
                .add(source())
                .add(" WHERE ")
                .add(where);
    }

    private Sql source() {
        Set<Join> joins = fields.joins();
        Sql sql = switch (query.view()) {
            case TRACES -> ranged("SELECT * FROM traces");
            case OBSERVATIONS ->
                ranged("SELECT * FROM obs").add(" UNION ALL BY NAME ").add(ranged("SELECT * FROM obs_hot"));
            case SCORES_NUMERIC -> ranged("SELECT * FROM scores").add(" AND data_type IN ('NUMERIC', 'BOOLEAN')");
            case SCORES_BOOLEAN -> ranged("SELECT * FROM scores").add(" AND data_type = 'BOOLEAN'");
            case SCORES_CATEGORICAL -> ranged("SELECT * FROM scores").add(" AND data_type = 'CATEGORICAL'");
        };
        if (joins.contains(Join.COSTS)) {
            sql = entries("cost", sql);
        } else if (joins.contains(Join.USAGES)) {
            sql = entries("usage", sql);
        }
        sql = Sql.of("(").add(sql).add(") r");
        if (joins.contains(Join.TRACE)) {
            sql.add(
                            " LEFT JOIN (SELECT id, name, user_id, session_id, release, version, tags FROM traces WHERE project = ")
                    .value(query.projectId())
                    .add(") t ON t.id = r.trace_id");
        }
        if (joins.contains(Join.OBSERVATION)) {
            sql.add(" LEFT JOIN (").add(judged("obs")).add(" UNION ALL ").add(judged(ObservationTable.HOT));
            sql.add(") o ON o.id = r.observation_id");
        }
        if (joins.contains(Join.SCORES)) {
            String of = query.view() == dev.sonde.server.query.MetricsView.TRACES ? "trace_id" : "observation_id";
            sql.add(" LEFT JOIN (SELECT " + of + " AS id, count(*) AS n FROM scores WHERE project = ")
                    .value(query.projectId())
                    .add(" GROUP BY " + of + ") s ON s.id = r.id");
        }
        return sql;
    }

    private Sql judged(String table) {
        return Sql.of("SELECT id, name, model, prompt_name, prompt_version FROM " + table + " WHERE project = ")
                .value(query.projectId());
    }

    /** One row for each type; the total is none, unless nothing else is known. */
    private static Sql entries(String column, Sql rows) {
        return Sql.of("FROM (SELECT *, unnest(map_entries(" + column + ")) AS entry FROM (")
                .add(rows)
                .add(")) WHERE entry.key <> 'total' OR cardinality(" + column + ") = 1");
    }

    private Sql ranged(String select) {
        Sql sql = Sql.of(select + " WHERE project = ").value(query.projectId());
        FilterSql.addRange(sql, fields.time(), query.range());
        return sql;
    }
}
