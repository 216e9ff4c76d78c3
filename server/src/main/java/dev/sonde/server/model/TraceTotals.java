package dev.sonde.server.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sums over the observations of one trace, and its scores by name.
 *
 * @param start earliest observation start, null while there is none
 * @param end latest observation end, or latest start where nothing ended
 * @param level the worst level among the observations, null while there is none
 * @param cost USD, null while no observation has a known cost
 * @param scores latest numeric value by score name (booleans as 0 or 1)
 * @param categories latest label by score name, of categorical scores
 */
public record TraceTotals(
        int observations,
        int errors,
        int warnings,
        @Nullable Instant start,
        @Nullable Instant end,
        @Nullable Level level,
        long inputUsage,
        long outputUsage,
        long totalUsage,
        @Nullable BigDecimal cost,
        Map<String, Double> scores,
        Map<String, String> categories) {

    /** A trace without observations and scores. */
    public static final TraceTotals NONE =
            new TraceTotals(0, 0, 0, null, null, null, 0, 0, 0, null, Map.of(), Map.of());

    public TraceTotals {
        scores = Map.copyOf(scores);
        categories = Map.copyOf(categories);
    }
}
