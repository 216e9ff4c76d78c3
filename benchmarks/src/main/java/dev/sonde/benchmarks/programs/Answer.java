package dev.sonde.benchmarks.programs;

import java.util.Locale;

/** How a measured program says a figure: a line that nothing else in the process would print. */
public final class Answer {

    /** What such a line begins with; then name, equals sign, number. */
    public static final String PREFIX = "measured ";

    private Answer() {}

    static void say(String name, double value) {
        System.out.printf(Locale.ROOT, "%s%s=%.3f%n", PREFIX, name, value);
    }
}
