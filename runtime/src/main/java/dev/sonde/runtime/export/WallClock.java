package dev.sonde.runtime.export;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Turns {@link System#nanoTime()} into wall time: one anchor at start-up, moved only when the system's clock jumped. */
public final class WallClock {

    private static final long JUMP_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static volatile long anchor = offset();

    private WallClock() {}

    /** Nanoseconds since the epoch. */
    public static long epochNanos(long nanos) {
        return nanos + anchor;
    }

    /** ISO-8601 in UTC. */
    public static String iso(long nanos) {
        long epoch = epochNanos(nanos);
        return Instant.ofEpochSecond(Math.floorDiv(epoch, 1_000_000_000L), Math.floorMod(epoch, 1_000_000_000L))
                .toString();
    }

    /** Moves the anchor when the system's clock was set since; called between batches. */
    static void follow() {
        long now = offset();
        if (Math.abs(now - anchor) > JUMP_NANOS) {
            anchor = now;
        }
    }

    private static long offset() {
        return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - System.nanoTime();
    }
}
