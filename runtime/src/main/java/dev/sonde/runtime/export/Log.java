package dev.sonde.runtime.export;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Lines to standard error, at most one a minute for each site. Never what was observed, never a key. */
public final class Log {

    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final Map<String, Long> LAST = new ConcurrentHashMap<>();

    private Log() {}

    /** Prints the line, unless this site printed one less than a minute ago. */
    public static void warn(String site, String line) {
        long now = System.nanoTime();
        Long last = LAST.get(site);
        if (last == null || now - last > QUIET_NANOS) {
            LAST.put(site, now);
            System.err.println("[sonde] " + line);
        }
    }
}
