package dev.sonde.server.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Reads times as people and clients write them: ISO 8601 with an offset, of the years that have four digits. */
public final class IsoTime {

    private static final int LAST_YEAR = 9999;

    private IsoTime() {}

    /**
     * The time, as exact as it was written.
     *
     * @throws DateTimeException when it is none, or one that no store can keep
     */
    public static Instant parse(String text) {
        OffsetDateTime time = OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
        if (time.getYear() < 1 || time.getYear() > LAST_YEAR) {
            throw new DateTimeException("expected a time of the years 1 to 9999");
        }
        return time.toInstant();
    }
}
