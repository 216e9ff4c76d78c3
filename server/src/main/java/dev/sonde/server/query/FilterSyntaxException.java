package dev.sonde.server.query;

import org.jspecify.annotations.Nullable;

/** Filter text that breaks the language, with the place for an underline. */
public final class FilterSyntaxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int position;
    private final int length;
    private final @Nullable String suggestion;

    FilterSyntaxException(String message, int position, int length, @Nullable String suggestion) {
        super(message, null, false, false);
        this.position = position;
        this.length = length;
        this.suggestion = suggestion;
    }

    /** Characters before the wrong part. */
    public int position() {
        return position;
    }

    /** Characters of the wrong part, at least 1. */
    public int length() {
        return length;
    }

    /** What was probably meant, or null. */
    public @Nullable String suggestion() {
        return suggestion;
    }
}
