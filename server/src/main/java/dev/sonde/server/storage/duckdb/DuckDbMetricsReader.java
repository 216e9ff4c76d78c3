package dev.sonde.server.storage.duckdb;

import dev.sonde.server.query.MetricsQuery;
import dev.sonde.server.query.MetricsQuery.Aggregation;
import dev.sonde.server.storage.MetricsReader;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads figures from the columns of traces, observations and scores. */
final class DuckDbMetricsReader implements MetricsReader {

    private final Columns columns;

    DuckDbMetricsReader(Stores stores) {
        this.columns = stores.columns();
    }

    @Override
    public List<Group> read(MetricsQuery query) {
        MetricsSql sql = new MetricsSql(query);
        List<Group> groups = columns.list("read metrics", sql.groups(), from -> {
            Key key = key(query, sql, from);
            List<@Nullable Object> figures = new ArrayList<>();
            for (int i = 0; i < query.metrics().size(); i++) {
                figures.add(from.nullableFigure());
            }
            return new Group(key.start(), key.dimensions(), figures);
        });
        for (int i = 0; i < query.metrics().size(); i++) {
            if (query.metrics().get(i).aggregation() == Aggregation.HISTOGRAM) {
                groups = withHistogram(groups, i, histograms(query, sql, i));
            }
        }
        return groups;
    }

    /** What tells one group from another. */
    private record Key(@Nullable Instant start, List<@Nullable Object> dimensions) {}

    private static Key key(MetricsQuery query, MetricsSql sql, ColumnReader from) throws SQLException {
        Instant start = query.granularity() == null ? null : from.time();
        List<@Nullable Object> dimensions = new ArrayList<>();
        for (FieldSql.Type type : sql.dimensionTypes()) {
            dimensions.add(
                    switch (type) {
                        case TEXTS -> from.texts();
                        case FLAG -> from.nullableFlag();
                        case NUMBER, COUNT, DURATION -> from.nullableFigure();
                        default -> from.nullableText();
                    });
        }
        return new Key(start, dimensions);
    }

    private Map<Key, List<Bin>> histograms(MetricsQuery query, MetricsSql sql, int metric) {
        Map<Key, Histogram> found = new HashMap<>();
        columns.list("read histogram", sql.histogram(metric), from -> {
            Key key = key(query, sql, from);
            double least = from.decimal();
            double greatest = from.decimal();
            found.computeIfAbsent(
                            key, k -> new Histogram(least, greatest, new long[least == greatest ? 1 : query.bins()]))
                    .add(from.integer(), from.number());
            return key;
        });
        Map<Key, List<Bin>> histograms = new HashMap<>();
        found.forEach((key, histogram) -> histograms.put(key, histogram.bins()));
        return histograms;
    }

    @SuppressWarnings("ArrayRecordComponent") // counts being gathered: never compared
    private record Histogram(double least, double greatest, long[] counts) {

        void add(int part, long count) {
            counts[part] += count;
        }

        List<Bin> bins() {
            double width = (greatest - least) / counts.length;
            List<Bin> bins = new ArrayList<>();
            for (int i = 0; i < counts.length; i++) {
                double to = i + 1 == counts.length ? greatest : least + width * (i + 1);
                bins.add(new Bin(least + width * i, to, counts[i]));
            }
            return bins;
        }
    }

    private static List<Group> withHistogram(List<Group> groups, int metric, Map<Key, List<Bin>> histograms) {
        List<Group> whole = new ArrayList<>();
        for (Group group : groups) {
            List<@Nullable Object> figures = new ArrayList<>(group.metrics());
            figures.set(metric, histograms.getOrDefault(new Key(group.start(), group.dimensions()), List.of()));
            whole.add(new Group(group.start(), group.dimensions(), figures));
        }
        return whole;
    }
}
