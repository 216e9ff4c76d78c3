package dev.sonde.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sonde.server.query.Column;
import dev.sonde.server.query.Field;
import dev.sonde.server.query.Filter;
import dev.sonde.server.query.Granularity;
import dev.sonde.server.query.Measure;
import dev.sonde.server.query.MetricsQuery;
import dev.sonde.server.query.MetricsQuery.Aggregation;
import dev.sonde.server.query.MetricsQuery.Dimension;
import dev.sonde.server.query.MetricsQuery.Metric;
import dev.sonde.server.query.MetricsView;
import dev.sonde.server.query.TimeRange;
import dev.sonde.server.storage.MetricsReader;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/public/metrics/daily}: traces by the day they began, observations by theirs and by model. */
final class DailyMetricsResource {

    private static final int DATE_LENGTH = "2026-01-31".length();
    private static final int MOST_GROUPS = 100_000;

    private static final Metric COUNT = new Metric("count", Measure.COUNT, Aggregation.COUNT);
    private static final List<Metric> OF_MODELS = List.of(
            COUNT,
            new Metric("input", Measure.INPUT_USAGE, Aggregation.SUM),
            new Metric("output", Measure.OUTPUT_USAGE, Aggregation.SUM),
            new Metric("total", Measure.TOTAL_USAGE, Aggregation.SUM),
            new Metric("traces", Measure.TRACE, Aggregation.UNIQ),
            new Metric("cost", Measure.TOTAL_COST, Aggregation.SUM));

    private final MetricsReader reader;

    DailyMetricsResource(MetricsReader reader) {
        this.reader = reader;
    }

    /** What is known of one day. */
    private static final class Day {
        private long traces;
        private long observations;
        private BigDecimal cost = BigDecimal.ZERO;
        private final ArrayNode usage = Json.array();
    }

    JsonNode list(Call call, Caller caller) {
        Page page = Page.of(call);
        Map<Instant, Day> days = new TreeMap<>(Comparator.reverseOrder());
        reader.read(query(call, caller, MetricsView.TRACES, Column.NAME, List.of(), List.of(COUNT)))
                .forEach(group -> day(days, group).traces = number(group, 0).longValue());
        List<Dimension> models = List.of(new Dimension("model", Column.MODEL));
        reader.read(query(call, caller, MetricsView.OBSERVATIONS, Column.TRACE_NAME, models, OF_MODELS))
                .forEach(group -> add(day(days, group), group));
        List<Instant> shown = days.keySet().stream()
                .skip(page.slice().offset())
                .limit(page.limit())
                .toList();
        return page.answer(
                TraceJson.array(shown, start -> json(start, Objects.requireNonNull(days.get(start)))), days.size());
    }

    private static MetricsQuery query(
            Call call,
            Caller caller,
            MetricsView view,
            Column traceName,
            List<Dimension> dimensions,
            List<Metric> metrics) {
        List<Filter> parts = new ArrayList<>();
        equal(parts, traceName, call.query("traceName"));
        equal(parts, Column.USER_ID, call.query("userId"));
        set(parts, Column.TAGS, Filter.SetMatch.ALL_OF, call.queryList("tags"));
        set(parts, Column.ENVIRONMENT, Filter.SetMatch.ANY_OF, call.queryList("environment"));
        return new MetricsQuery(
                caller.project().id(),
                view,
                dimensions,
                metrics,
                new Filter.And(parts),
                new TimeRange(call.queryTime("fromTimestamp"), call.queryTime("toTimestamp")),
                Granularity.DAY,
                List.of(),
                1,
                MOST_GROUPS);
    }

    private static void equal(List<Filter> parts, Column column, @Nullable String value) {
        if (value != null) {
            parts.add(new Filter.TextIs(Field.of(column), Filter.TextMatch.EQUAL, value, false));
        }
    }

    private static void set(List<Filter> parts, Column column, Filter.SetMatch match, List<String> values) {
        if (!values.isEmpty()) {
            parts.add(new Filter.OneOf(Field.of(column), match, values));
        }
    }

    private static Day day(Map<Instant, Day> days, MetricsReader.Group group) {
        return days.computeIfAbsent(Objects.requireNonNull(group.start()), k -> new Day());
    }

    private static void add(Day day, MetricsReader.Group group) {
        Number cost = number(group, 5);
        day.observations += number(group, 0).longValue();
        day.cost = day.cost.add(new BigDecimal(cost.toString()));
        ObjectNode usage = Json.object();
        usage.set("model", Json.treeOrNull(group.dimensions().get(0)));
        usage.set("inputUsage", Json.tree(number(group, 1)));
        usage.set("outputUsage", Json.tree(number(group, 2)));
        usage.set("totalUsage", Json.tree(number(group, 3)));
        usage.set("countObservations", Json.tree(number(group, 0)));
        usage.set("countTraces", Json.tree(number(group, 4)));
        usage.set("totalCost", Json.tree(cost));
        day.usage.add(usage);
    }

    private static Number number(MetricsReader.Group group, int metric) {
        return group.metrics().get(metric) instanceof Number number ? number : 0;
    }

    private static ObjectNode json(Instant start, Day day) {
        return Json.object()
                .put("date", Json.time(start).substring(0, DATE_LENGTH))
                .put("countTraces", day.traces)
                .put("countObservations", day.observations)
                .put("totalCost", day.cost)
                .set("usage", day.usage);
    }
}
