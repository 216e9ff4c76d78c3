package dev.sonde.server.query;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A span of start times.
 *
 * @param from inclusive, null for no bound
 * @param to exclusive, null for no bound
 */
public record TimeRange(@Nullable Instant from, @Nullable Instant to) {

    /** All time. */
    public static final TimeRange ALL = new TimeRange(null, null);
}
