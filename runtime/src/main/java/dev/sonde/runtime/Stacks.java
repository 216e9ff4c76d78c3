package dev.sonde.runtime;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/** What exceptions say of themselves as text, bounded. Their methods may be overridden and fail; nothing here throws. */
final class Stacks {

    private static final int MAX_CHARS = 16_384;

    private Stacks() {}

    @SuppressWarnings("IllegalCatch") // the application's code
    static String of(Throwable error) {
        try {
            StringWriter text = new StringWriter();
            error.printStackTrace(new PrintWriter(text));
            return within(text.toString());
        } catch (Throwable e) {
            return error.getClass().getName() + " (its stack trace failed with "
                    + e.getClass().getName() + ")";
        }
    }

    /** Null when it has none. */
    @SuppressWarnings("IllegalCatch") // the application's code
    static @Nullable String message(Throwable error) {
        try {
            String message = error.getMessage();
            return message == null ? null : within(message);
        } catch (Throwable e) {
            return "(its message failed with " + e.getClass().getName() + ")";
        }
    }

    private static String within(String text) {
        return text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS) + "…";
    }
}
