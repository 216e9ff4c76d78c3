package dev.sonde.runtime;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Stack traces as text, bounded. */
final class Stacks {

    private static final int MAX_CHARS = 16_384;

    private Stacks() {}

    static String of(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        String whole = text.toString();
        return whole.length() <= MAX_CHARS ? whole : whole.substring(0, MAX_CHARS) + "…";
    }
}
