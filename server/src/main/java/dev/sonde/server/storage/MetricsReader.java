package dev.sonde.server.storage;

import dev.sonde.server.query.MetricsQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads figures. A question that compares a field with a value of another kind, or asks for a field or measure that its
 * view does not have, is an {@link IllegalArgumentException}.
 */
public interface MetricsReader {

    /**
     * One group.
     *
     * @param start of its span of time, null where the question has no granularity
     * @param dimensions in the question's order: text, number, flag or list of texts; null where rows have none
     * @param metrics in the question's order: a number, or a list of {@link Bin}; null where nothing is known
     */
    record Group(@Nullable Instant start, List<@Nullable Object> dimensions, List<@Nullable Object> metrics) {

        public Group {
            dimensions = Collections.unmodifiableList(new ArrayList<>(dimensions));
            metrics = Collections.unmodifiableList(new ArrayList<>(metrics));
        }
    }

    /**
     * One part of a histogram.
     *
     * @param from inclusive
     * @param to exclusive, but for the last part
     */
    record Bin(double from, double to, long count) {}

    /** The groups in the order asked for, groups without rows left out; without dimensions and time always one. */
    List<Group> read(MetricsQuery query);
}
