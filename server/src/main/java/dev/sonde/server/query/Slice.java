package dev.sonde.server.query;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which part of an ordered answer is wanted: rows after {@code offset}, or after {@code after} where a cursor is given.
 *
 * @param limit at least 1
 * @param offset rows to leave out, 0 with a cursor
 * @param after the last row of the page before, in descending order of time then id; null for the first page
 */
public record Slice(int limit, int offset, @Nullable Position after) {

    /** A place in a list ordered by time and id, both descending. */
    public record Position(Instant time, String id) {}

    public Slice {
        if (limit < 1 || offset < 0) {
            throw new IllegalArgumentException("limit " + limit + ", offset " + offset);
        }
    }

    /** The first rows. */
    public static Slice first(int limit) {
        return new Slice(limit, 0, null);
    }
}
