package dev.sonde.server.query;

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

        void set(String parameter, Column column, Filter.SetMatch match) {
            List<String> values = many.apply(parameter);
            if (!values.isEmpty() && !advanced.columns().contains(column)) {
                parts.add(new Filter.OneOf(Field.of(column), match, values));
            }
        }

        Filter filter() {
            parts.addAll(advanced.filters());
            return parts.size() == 1 ? parts.get(0) : new Filter.And(parts);
        }
    }
}
