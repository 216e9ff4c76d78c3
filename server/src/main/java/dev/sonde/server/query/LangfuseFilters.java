package dev.sonde.server.query;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the simple query parameters of Langfuse's lists; the JSON filter overrides them column by column. */
public final class LangfuseFilters {

    private static final Map<String, Column> TRACE_ORDERS = new TreeMap<>(Map.ofEntries(
            Map.entry("timestamp", Column.TIMESTAMP),
            Map.entry("id", Column.ID),
            Map.entry("name", Column.NAME),
            Map.entry("userid", Column.USER_ID),
            Map.entry("sessionid", Column.SESSION_ID),
            Map.entry("release", Column.RELEASE),
            Map.entry("version", Column.VERSION),
            Map.entry("public", Column.PUBLIC),
            Map.entry("bookmarked", Column.BOOKMARKED),
            Map.entry("latency", Column.LATENCY_SECONDS),
            Map.entry("totalcost", Column.TOTAL_COST)));

    private LangfuseFilters() {}

    /** The filter of a list of traces. */
    public static Filter traces(Function<String, @Nullable String> one, Function<String, List<String>> many) {
        Simple simple = new Simple(one, many, one.apply("filter"));
        simple.equal("userId", Column.USER_ID);
        simple.equal("name", Column.NAME);
        simple.equal("sessionId", Column.SESSION_ID);
        simple.equal("version", Column.VERSION);
        simple.equal("release", Column.RELEASE);
        simple.set("tags", Column.TAGS, Filter.SetMatch.ALL_OF);
        simple.set("environment", Column.ENVIRONMENT, Filter.SetMatch.ANY_OF);
        return simple.filter();
    }

    /** The filter of a list of observations. */
    public static Filter observations(Function<String, @Nullable String> one, Function<String, List<String>> many) {
        Simple simple = new Simple(one, many, one.apply("filter"));
        simple.equal("name", Column.NAME);
        simple.equal("userId", Column.USER_ID);
        simple.equal("type", Column.TYPE);
        simple.equal("traceId", Column.TRACE_ID);
        simple.equal("level", Column.LEVEL);
        simple.equal("parentObservationId", Column.PARENT_ID);
        simple.equal("version", Column.VERSION);
        simple.set("environment", Column.ENVIRONMENT, Filter.SetMatch.ANY_OF);
        return simple.filter();
    }

    /**
     * The filter of a list of observations, second generation.
     *
     * @param withoutParent whether only those without a parent are wanted
     * @param root whether only roots are wanted, or none; null for both
     * @throws IllegalArgumentException naming the parameter and its rule
     */
    public static Filter observationsV2(
            Function<String, @Nullable String> one,
            Function<String, List<String>> many,
            boolean withoutParent,
            @Nullable Boolean root) {
        Simple simple = new Simple(one, many, one.apply("filter"));
        simple.equal("name", Column.NAME);
        simple.equal("userId", Column.USER_ID);
        simple.equal("sessionId", Column.SESSION_ID);
        simple.equal("type", Column.TYPE);
        simple.equal("traceId", Column.TRACE_ID);
        simple.equal("level", Column.LEVEL);
        simple.equal("parentObservationId", Column.PARENT_ID);
        simple.equal("version", Column.VERSION);
        simple.set("environment", Column.ENVIRONMENT, Filter.SetMatch.ANY_OF);
        if (withoutParent) {
            simple.add(Column.PARENT_ID, new Filter.Present(Field.of(Column.PARENT_ID), false));
        }
        if (root != null) {
            simple.add(Column.IS_ROOT, new Filter.FlagIs(Field.of(Column.IS_ROOT), root));
        }
        simple.requireWordsForText();
        return simple.filter();
    }

    /**
     * The filter of a list of scores.
     *
     * @throws IllegalArgumentException naming the parameter and its rule
     */
    public static Filter scores(Function<String, @Nullable String> one, Function<String, List<String>> many) {
        Simple simple = new Simple(one, many, one.apply("filter"));
        simple.equal("name", Column.NAME);
        simple.equal("userId", Column.USER_ID);
        simple.equal("traceId", Column.TRACE_ID);
        simple.equal("sessionId", Column.SESSION_ID);
        simple.equal("datasetRunId", Column.DATASET_RUN_ID);
        simple.equal("configId", Column.CONFIG_ID);
        simple.equal("queueId", Column.QUEUE_ID);
        simple.equal("source", Column.SOURCE);
        simple.equal("dataType", Column.DATA_TYPE);
        simple.set("environment", Column.ENVIRONMENT, Filter.SetMatch.ANY_OF);
        simple.set("scoreIds", Column.ID, Filter.SetMatch.ANY_OF);
        simple.set("observationId", Column.OBSERVATION_ID, Filter.SetMatch.ANY_OF);
        simple.set("traceTags", Column.TAGS, Filter.SetMatch.ALL_OF);
        simple.compared("operator", "value", Column.VALUE);
        return simple.filter();
    }

    /**
     * {@code field.asc} or {@code field.desc}; null means newest first.
     *
     * @throws IllegalArgumentException when the field or the direction is unknown
     */
    public static Order order(@Nullable String orderBy) {
        if (orderBy == null) {
            return Order.NEWEST_FIRST;
        }
        int dot = orderBy.lastIndexOf('.');
        String name = dot < 0 ? orderBy : orderBy.substring(0, dot);
        String direction = dot < 0 ? "asc" : orderBy.substring(dot + 1).toLowerCase(Locale.ROOT);
        Column column = TRACE_ORDERS.get(name.toLowerCase(Locale.ROOT));
        if (column == null || !(direction.equals("asc") || direction.equals("desc"))) {
            throw new IllegalArgumentException("orderBy: " + orderBy + " (expected: one of " + TRACE_ORDERS.keySet()
                    + " followed by .asc or .desc)");
        }
        return new Order(Field.of(column), direction.equals("desc"));
    }

    /** Parameters being gathered. */
    private static final class Simple {
        private final Function<String, @Nullable String> one;
        private final Function<String, List<String>> many;
        private final JsonFilters.Parsed advanced;
        private final List<Filter> parts = new ArrayList<>();

        Simple(Function<String, @Nullable String> one, Function<String, List<String>> many, @Nullable String json) {
            this.one = one;
            this.many = many;
            this.advanced = json == null ? JsonFilters.NONE : JsonFilters.parse(json);
        }

        void equal(String parameter, Column column) {
            String value = one.apply(parameter);
            if (value != null && !advanced.columns().contains(column)) {
                parts.add(new Filter.TextIs(Field.of(column), Filter.TextMatch.EQUAL, value, false));
            }
        }

        void add(Column column, Filter filter) {
            if (!advanced.columns().contains(column)) {
                parts.add(filter);
            }
        }

        /** Who searches text must say, at least once, what it is or contains: everything else reads all of it. */
        void requireWordsForText() {
            boolean searches = advanced.columns().contains(Column.INPUT)
                    || advanced.columns().contains(Column.OUTPUT);
            if (searches && advanced.filters().stream().noneMatch(Simple::saysWords)) {
                throw new IllegalArgumentException(
                        "filter: input and output need at least one condition with the operator = or matches");
            }
        }

        private static boolean saysWords(Filter filter) {
            return filter instanceof Filter.TextIs is
                    && (is.field().column() == Column.INPUT || is.field().column() == Column.OUTPUT)
                    && (is.match() == Filter.TextMatch.EQUAL || is.ignoreCase());
        }

        void set(String parameter, Column column, Filter.SetMatch match) {
            List<String> values = many.apply(parameter);
            if (!values.isEmpty() && !advanced.columns().contains(column)) {
                parts.add(new Filter.OneOf(Field.of(column), match, values));
            }
        }

        /** An operator and a number: both or none. */
        void compared(String operatorParameter, String parameter, Column column) {
            String operator = one.apply(operatorParameter);
            String value = one.apply(parameter);
            if ((operator == null) != (value == null)) {
                throw new IllegalArgumentException((operator == null ? operatorParameter : parameter)
                        + ": is required beside " + (operator == null ? parameter : operatorParameter));
            }
            if (operator != null && value != null && !advanced.columns().contains(column)) {
                parts.add(new Filter.NumberIs(
                        Field.of(column), comparison(operatorParameter, operator), number(parameter, value)));
            }
        }

        private static Filter.Comparison comparison(String parameter, String operator) {
            return switch (operator) {
                case "=" -> Filter.Comparison.EQUAL;
                case "!=" -> Filter.Comparison.NOT_EQUAL;
                case "<" -> Filter.Comparison.LESS;
                case "<=" -> Filter.Comparison.LESS_OR_EQUAL;
                case ">" -> Filter.Comparison.GREATER;
                case ">=" -> Filter.Comparison.GREATER_OR_EQUAL;
                default ->
                    throw new IllegalArgumentException(
                            parameter + ": " + operator + " (expected: one of < > <= >= = !=)");
            };
        }

        private static BigDecimal number(String parameter, String value) {
            try {
                double number = Double.parseDouble(value);
                if (Double.isFinite(number)) {
                    return BigDecimal.valueOf(number);
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(parameter + ": not a number", e);
            }
            throw new IllegalArgumentException(parameter + ": not a finite number");
        }

        Filter filter() {
            parts.addAll(advanced.filters());
            return parts.size() == 1 ? parts.get(0) : new Filter.And(parts);
        }
    }
}
