package dev.sonde.server.ingest;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The one form environments are stored in. Nothing is an error: what does not fit is {@code default}. */
public final class Environments {

    /** Where nobody said. */
    public static final String DEFAULT = "default";

    private static final int LONGEST = 40;
    private static final Pattern RESERVED = Pattern.compile("^(?:langfuse[-_]*)+");
    private static final Pattern VALID = Pattern.compile("[a-z0-9_-]+");

    private Environments() {}

    /** Lower case, without the reserved prefix, at most {@value #LONGEST} characters. */
    public static String normal(@Nullable String said) {
        if (said == null) {
            return DEFAULT;
        }
        String name = RESERVED.matcher(said.toLowerCase(Locale.ROOT)).replaceFirst("");
        name = name.length() > LONGEST ? name.substring(0, LONGEST) : name;
        return VALID.matcher(name).matches() ? name : DEFAULT;
    }
}
