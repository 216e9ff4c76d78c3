package dev.sonde.server.storage;

import dev.sonde.server.query.EventQuery;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads traces gathered by what they share: their session, their user, or the time they began in. All figures are of the
 * traces that a question selects; a trace without the shared value is in no group.
 */
public interface GroupReader {

    /** What traces share. */
    enum Kind {
        SESSION,
        USER
    }

    /** What groups are ordered by, ties by id in the same direction. */
    enum Figure {
        FIRST_SEEN,
        LAST_SEEN,
        TRACES,
        FAILED,
        USAGE,
        COST,
        /** From the first start to the last end. */
        DURATION
    }

    /** An order of groups; unknown costs come last. */
    record Sort(Figure figure, boolean descending) {}

    /**
     * The traces of one session or user.
     *
     * @param failed traces with at least one error
     * @param firstSeen the earliest timestamp
     * @param lastSeen the latest timestamp
     * @param lastEnd the latest end, or the latest timestamp where nothing ended later
     * @param cost USD, null while no trace has a known cost
     * @param userIds the first few users, sorted; {@code users} says how many there are
     * @param scores mean of the numeric scores by name, over the traces that have one
     */
    record Group(
            String id,
            long traces,
            long failed,
            Instant firstSeen,
            Instant lastSeen,
            Instant lastEnd,
            long inputUsage,
            long outputUsage,
            long totalUsage,
            @Nullable BigDecimal cost,
            long users,
            List<String> userIds,
            long sessions,
            String firstTraceId,
            String lastTraceId,
            Map<String, Double> scores) {

        public Group {
            userIds = List.copyOf(userIds);
            scores = Map.copyOf(scores);
        }
    }

    /**
     * The traces that began in one span of time.
     *
     * @param start a multiple of the width since 1970
     * @param cost USD, null while no trace has a known cost
     */
    record Bucket(
            Instant start,
            long traces,
            long failed,
            long totalUsage,
            @Nullable BigDecimal cost) {}

    /** Groups of the traces a question selects, at most its slice's limit; the question's own order is ignored. */
    List<Group> find(EventQuery query, Kind kind, Sort sort);

    /** How many groups there are in all. */
    long count(EventQuery query, Kind kind);

    /** The traces a question selects by time, oldest first, at most its slice's limit; spans without any are left out. */
    List<Bucket> series(EventQuery query, Duration width);
}
