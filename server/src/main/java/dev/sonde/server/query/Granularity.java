package dev.sonde.server.query;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/** How long the spans are that figures are given for, in UTC; weeks begin on Monday. */
public enum Granularity {
    MINUTE,
    HOUR,
    DAY,
    WEEK,
    MONTH;

    /** The one that suits a range: some tens of spans. */
    public static Granularity of(Duration range) {
        if (range.compareTo(Duration.ofHours(2)) < 0) {
            return MINUTE;
        } else if (range.compareTo(Duration.ofDays(3)) < 0) {
            return HOUR;
        } else if (range.compareTo(Duration.ofDays(60)) < 0) {
            return DAY;
        }
        return range.compareTo(Duration.ofDays(365)) < 0 ? WEEK : MONTH;
    }

    /** When the span begins that holds a time. */
    public Instant start(Instant time) {
        ZonedDateTime utc = time.atZone(ZoneOffset.UTC);
        ZonedDateTime day = utc.truncatedTo(ChronoUnit.DAYS);
        return switch (this) {
            case MINUTE -> time.truncatedTo(ChronoUnit.MINUTES);
            case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
            case DAY -> day.toInstant();
            case WEEK -> day.minusDays(day.getDayOfWeek().getValue() - 1L).toInstant();
            case MONTH -> day.with(TemporalAdjusters.firstDayOfMonth()).toInstant();
        };
    }

    /** When the span ends that begins at {@code start}, and the next begins. */
    public Instant next(Instant start) {
        return switch (this) {
            case MINUTE -> start.plus(1, ChronoUnit.MINUTES);
            case HOUR -> start.plus(1, ChronoUnit.HOURS);
            case DAY -> start.plus(1, ChronoUnit.DAYS);
            case WEEK -> start.plus(7, ChronoUnit.DAYS);
            case MONTH -> start.atZone(ZoneOffset.UTC).plusMonths(1).toInstant();
        };
    }

    /** The length of a span, of a month about. */
    public Duration length() {
        return switch (this) {
            case MINUTE -> Duration.ofMinutes(1);
            case HOUR -> Duration.ofHours(1);
            case DAY -> Duration.ofDays(1);
            case WEEK -> Duration.ofDays(7);
            case MONTH -> Duration.ofDays(30);
        };
    }
}
