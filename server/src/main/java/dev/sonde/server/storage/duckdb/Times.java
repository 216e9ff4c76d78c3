package dev.sonde.server.storage.duckdb;

import dev.sonde.server.storage.StorageException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as the columns keep them: microseconds since 1970, UTC. */
final class Times {

    /** About 290,000 years around 1970, the reach of a microsecond count and of DuckDB's timestamps. */
    private static final Instant LAST = Instant.EPOCH.plus(Long.MAX_VALUE / 2, ChronoUnit.MICROS);

    private static final Instant FIRST = Instant.EPOCH.minus(Long.MAX_VALUE / 2, ChronoUnit.MICROS);

    private Times() {}

    /** A time to be stored. */
    static long micros(Instant time) {
        if (time.isBefore(FIRST) || time.isAfter(LAST)) {
            throw new StorageException("write events: a time is too far from 1970 to be stored");
        }
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
    }

    /** A bound of a question; one out of reach means the last time that can be stored. */
    static long bound(Instant time) {
        return micros(time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time);
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
    }

    /** A literal, which the optimiser compares with row group statistics; a bound parameter would be too late for it. */
    static String literal(long micros) {
        return "make_timestamp(" + micros + ")";
    }
}
