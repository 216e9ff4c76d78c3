package dev.sonde.server.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for figures: rows of one kind are selected, grouped by their dimensions and by time, and each metric brings one
 * measure of a group's rows together.
 *
 * @param dimensions without any, all rows are one group
 * @param metrics at least one
 * @param granularity null where time does not matter
 * @param order empty for the usual one: by time, else by the first metric, greatest first
 * @param bins of histograms
 * @param limit groups answered at most
 */
public record MetricsQuery(
        String projectId,
        MetricsView view,
        List<Dimension> dimensions,
        List<Metric> metrics,
        Filter filter,
        TimeRange range,
        @Nullable Granularity granularity,
        List<Sort> order,
        int bins,
        int limit) {

    /** The name of the time in answers and orders. */
    public static final String TIME = "time_dimension";

    public MetricsQuery {
        dimensions = List.copyOf(dimensions);
        metrics = List.copyOf(metrics);
        order = List.copyOf(order);
    }

    /** A column by the name it has in the answer. */
    public record Dimension(String name, Column column) {}

    /** A measure and how it is brought together, with the name it has in the answer. */
    public record Metric(String name, Measure measure, Aggregation aggregation) {}

    /**
     * One key of an order; unknown values come last.
     *
     * @param name {@link #TIME}, or that of a dimension or metric of the question
     */
    public record Sort(String name, boolean descending) {}

    /** How the measures of many rows become one figure. */
    public enum Aggregation {
        SUM,
        AVG,
        /** Rows that have a value. */
        COUNT,
        MAX,
        MIN,
        P50,
        P75,
        P90,
        P95,
        P99,
        /** How many different values there are. */
        UNIQ,
        /** How many values there are in each of some parts of equal width between the least and the greatest. */
        HISTOGRAM
    }
}
