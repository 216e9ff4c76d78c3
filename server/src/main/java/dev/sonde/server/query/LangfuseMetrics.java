package dev.sonde.server.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sonde.server.model.IsoTime;
import dev.sonde.server.query.MetricsQuery.Aggregation;
import dev.sonde.server.query.MetricsQuery.Dimension;
import dev.sonde.server.query.MetricsQuery.Metric;
import dev.sonde.server.query.MetricsQuery.Sort;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the JSON question of Langfuse's metrics interface. What breaks a rule is named, with the rule. */
public final class LangfuseMetrics {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int USUAL_BINS = 10;
    private static final int MOST_BINS = 100;
    private static final int MOST_ROWS = 1_000;
    private static final int USUAL_ROWS_LATER = 100;

    /** Where the first generation knows no limit. */
    private static final int UNLIMITED_ROWS = 100_000;

    private final String projectId;
    private final JsonNode json;
    private final boolean later;

    private LangfuseMetrics(String projectId, JsonNode json, boolean later) {
        this.projectId = projectId;
        this.json = json;
        this.later = later;
    }

    /**
     * The question in {@code text}.
     *
     * @param later whether it is asked of the second generation of the interface
     * @throws IllegalArgumentException naming the part and its rule
     */
    public static MetricsQuery parse(String projectId, @Nullable String text, boolean later) {
        JsonNode json;
        try {
            json = text == null ? null : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Invalid JSON in query parameter", e);
        }
        if (json == null || !json.isObject()) {
            throw new IllegalArgumentException("query: expected a JSON object");
        }
        return new LangfuseMetrics(projectId, json, later).query();
    }

    private MetricsQuery query() {
        MetricsView view = view();
        Instant from = time("fromTimestamp");
        Instant to = time("toTimestamp");
        require(from.isBefore(to), "fromTimestamp: expected a time before toTimestamp");
        List<Metric> metrics = metrics(view);
        List<Dimension> dimensions = dimensions(view, metrics);
        Granularity granularity = granularity(from, to);
        List<Sort> order = order(dimensions, metrics, granularity);
        JsonNode config = json.path("config");
        int bins = number(config, "bins", USUAL_BINS, MOST_BINS);
        int limit = number(config, "row_limit", later ? USUAL_ROWS_LATER : UNLIMITED_ROWS, MOST_ROWS);
        if (later) {
            refuseManyGroups(dimensions, metrics, granularity, order, config.hasNonNull("row_limit"));
        }
        return new MetricsQuery(
                projectId,
                view,
                dimensions,
                metrics,
                filter(view),
                new TimeRange(from, to),
                granularity,
                order,
                bins,
                limit);
    }

    private MetricsView view() {
        String word = json.path("view").asText("");
        List<String> known = new ArrayList<>();
        for (MetricsView view : MetricsView.values()) {
            if (!later || view != MetricsView.TRACES) {
                if (view.word().equals(word)) {
                    return view;
                }
                known.add(view.word());
            }
        }
        throw wrong("view", word, known);
    }

    private List<Metric> metrics(MetricsView view) {
        List<Metric> metrics = new ArrayList<>();
        Map<String, Measure> known = view.measures(later);
        for (JsonNode said : list("metrics")) {
            String name = said.path("measure").asText("");
            Measure measure = known.get(name);
            if (measure == null) {
                throw wrong("metrics.measure", name, new TreeSet<>(known.keySet()));
            }
            Aggregation aggregation = aggregation(said.path("aggregation").asText(""));
            require(
                    !measure.isText() || aggregation == Aggregation.COUNT || aggregation == Aggregation.UNIQ,
                    "metrics: " + name + " is no number; expected the aggregation count or uniq");
            String alias = aggregation.name().toLowerCase(Locale.ROOT) + "_" + name;
            if (metrics.stream().noneMatch(metric -> metric.name().equals(alias))) {
                metrics.add(new Metric(alias, measure, aggregation));
            }
        }
        require(!metrics.isEmpty(), "metrics: expected at least one");
        return metrics;
    }

    private static Aggregation aggregation(String word) {
        for (Aggregation aggregation : Aggregation.values()) {
            if (aggregation.name().toLowerCase(Locale.ROOT).equals(word)) {
                return aggregation;
            }
        }
        throw wrong(
                "metrics.aggregation",
                word,
                Arrays.stream(Aggregation.values())
                        .map(one -> one.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    /** Those asked for, and the types that measures by type are given for. */
    private List<Dimension> dimensions(MetricsView view, List<Metric> metrics) {
        List<Dimension> dimensions = new ArrayList<>();
        Map<String, Column> known = view.dimensions(later);
        for (JsonNode said : list("dimensions")) {
            String name = said.path("field").asText("");
            Column column = known.get(name);
            if (column == null) {
                throw wrong("dimensions.field", name, new TreeSet<>(known.keySet()));
            }
            add(dimensions, new Dimension(name, column));
        }
        boolean costs = metrics.stream().anyMatch(metric -> metric.measure() == Measure.COST_OF_TYPE);
        boolean usages = metrics.stream().anyMatch(metric -> metric.measure() == Measure.USAGE_OF_TYPE);
        if (costs) {
            add(dimensions, new Dimension("costType", Column.COST_TYPE));
        }
        if (usages) {
            add(dimensions, new Dimension("usageType", Column.USAGE_TYPE));
        }
        long types = dimensions.stream()
                .map(Dimension::column)
                .filter(column -> column == Column.COST_TYPE || column == Column.USAGE_TYPE)
                .count();
        require(types <= 1, "metrics: costs by type and usage by type are two questions");
        return dimensions;
    }

    private static void add(List<Dimension> dimensions, Dimension dimension) {
        if (!dimensions.contains(dimension)) {
            dimensions.add(dimension);
        }
    }

    private @Nullable Granularity granularity(Instant from, Instant to) {
        JsonNode said = json.path("timeDimension");
        if (said.isNull() || said.isMissingNode()) {
            return null;
        }
        String word = said.path("granularity").asText("");
        if (word.equals("auto")) {
            return Granularity.of(Duration.between(from, to));
        }
        for (Granularity granularity : Granularity.values()) {
            if (granularity.name().toLowerCase(Locale.ROOT).equals(word)) {
                return granularity;
            }
        }
        throw wrong("timeDimension.granularity", word, List.of("auto", "minute", "hour", "day", "week", "month"));
    }

    private List<Sort> order(List<Dimension> dimensions, List<Metric> metrics, @Nullable Granularity granularity) {
        List<String> known = new ArrayList<>();
        dimensions.forEach(dimension -> known.add(dimension.name()));
        metrics.forEach(metric -> known.add(metric.name()));
        if (granularity != null) {
            known.add(MetricsQuery.TIME);
        }
        List<Sort> order = new ArrayList<>();
        for (JsonNode said : list("orderBy")) {
            String name = said.path("field").asText("");
            String direction = said.path("direction").asText("");
            if (!known.contains(name)) {
                throw wrong("orderBy.field", name, known);
            }
            if (!direction.equals("asc") && !direction.equals("desc")) {
                throw wrong("orderBy.direction", direction, List.of("asc", "desc"));
            }
            order.add(new Sort(name, direction.equals("desc")));
        }
        return order;
    }

    private Filter filter(MetricsView view) {
        JsonNode said = json.path("filters");
        if (said.isNull() || said.isMissingNode()) {
            return Filter.ALL;
        }
        require(said.isArray(), "filters: expected an array of conditions");
        List<Filter> filters =
                JsonFilters.parse(said, view.filterable(later), "filters").filters();
        filters.forEach(LangfuseMetrics::requireFitting);
        return new Filter.And(filters);
    }

    /** A condition on a column of another kind is a mistake, not a condition that never holds. */
    private static void requireFitting(Filter filter) {
        if (filter instanceof Filter.And and) {
            and.parts().forEach(LangfuseMetrics::requireFitting);
        } else if (filter instanceof Filter.Not not) {
            requireFitting(not.part());
        } else if (filter instanceof Filter.NumberIs is) {
            requireKind(is.field(), isNumber(is.field().column()), "number");
        } else if (filter instanceof Filter.TimeIs is) {
            requireKind(is.field(), is.field().column() == Column.TIMESTAMP, "datetime");
        } else if (filter instanceof Filter.FlagIs is) {
            requireKind(is.field(), isFlag(is.field().column()), "boolean");
        } else if (filter instanceof Filter.TextIs is) {
            requireKind(is.field(), isText(is.field().column()), "string");
        } else if (filter instanceof Filter.OneOf oneOf) {
            requireKind(oneOf.field(), isText(oneOf.field().column()), "stringOptions");
        }
    }

    private static void requireKind(Field field, boolean fits, String type) {
        require(fits, "filters: the type " + type + " does not fit " + field.column());
    }

    private static boolean isNumber(Column column) {
        return column == Column.VALUE
                || column == Column.PROMPT_VERSION
                || column == Column.OBSERVATION_PROMPT_VERSION
                || column == Column.METADATA;
    }

    private static boolean isFlag(Column column) {
        return column == Column.IS_ROOT || column == Column.FLAG_VALUE;
    }

    private static boolean isText(Column column) {
        return column == Column.METADATA || !(isNumber(column) || isFlag(column) || column == Column.TIMESTAMP);
    }

    /** Grouping by what nearly every row has by itself is allowed for the top of a list alone. */
    private static void refuseManyGroups(
            List<Dimension> dimensions,
            List<Metric> metrics,
            @Nullable Granularity granularity,
            List<Sort> order,
            boolean limited) {
        for (Dimension dimension : dimensions) {
            boolean top = granularity == null
                    && limited
                    && order.stream().anyMatch(sort -> sort.descending() && isMetric(metrics, sort.name()));
            require(
                    top || !MetricsView.isManyValued(dimension.column()),
                    "dimensions: " + dimension.name() + " has too many values to group by; filter by it, or ask for the"
                            + " top of a list: config.row_limit, orderBy a metric desc, no timeDimension");
        }
    }

    private static boolean isMetric(List<Metric> metrics, String name) {
        return metrics.stream().anyMatch(metric -> metric.name().equals(name));
    }

    private Instant time(String name) {
        try {
            return IsoTime.parse(json.path(name).asText(""));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(name + ": expected an ISO-8601 time with an offset", e);
        }
    }

    private JsonNode list(String name) {
        JsonNode list = json.path(name);
        if (list.isNull() || list.isMissingNode()) {
            return JSON.createArrayNode();
        }
        require(list.isArray(), name + ": expected an array");
        return list;
    }

    private static int number(JsonNode config, String name, int otherwise, int most) {
        JsonNode said = config.path(name);
        if (said.isNull() || said.isMissingNode()) {
            return otherwise;
        }
        require(
                said.isIntegralNumber() && said.canConvertToInt() && said.asInt() >= 1 && said.asInt() <= most,
                "config." + name + ": " + said + " (expected: 1 to " + most + ")");
        return said.asInt();
    }

    private static IllegalArgumentException wrong(String what, String said, Iterable<String> known) {
        return new IllegalArgumentException(what + ": " + said + " (expected: one of " + known + ")");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
