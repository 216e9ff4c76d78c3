package dev.sonde.server.storage.duckdb;

import dev.sonde.server.query.Column;
import dev.sonde.server.query.Filter;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A comparison of text as the payload search makes it, outside SQL. */
record TextPattern(Predicate<String> test) {

    /** Holds for all text. */
    static final TextPattern ANY = new TextPattern(text -> true);

    static TextPattern of(Filter.TextIs is) {
        String value = folded(is.value(), is.ignoreCase());
        // Nobody means a whole input by a bare word.
        boolean anywhere = is.field().column() == Column.TEXT && is.match() != Filter.TextMatch.GLOB;
        Filter.TextMatch match = anywhere ? Filter.TextMatch.CONTAINS : is.match();
        Predicate<String> test = switch (match) {
            case EQUAL -> value::equals;
            case CONTAINS -> text -> text.contains(value);
            case STARTS_WITH -> text -> text.startsWith(value);
            case ENDS_WITH -> text -> text.endsWith(value);
            case GLOB -> glob(value).asMatchPredicate();
        };
        return new TextPattern(text -> test.test(folded(text, is.ignoreCase())));
    }

    /** The pattern applied to input, output or either. */
    PayloadSearch.Matcher on(Column column) {
        return switch (column) {
            case INPUT -> payload -> holds(payload.input());
            case OUTPUT -> payload -> holds(payload.output());
            case TEXT -> payload -> holds(payload.input()) || holds(payload.output());
            default -> throw new IllegalArgumentException(column + " is not in the payload");
        };
    }

    private boolean holds(@Nullable String text) {
        return text != null && test.test(text);
    }

    private static String folded(String text, boolean ignoreCase) {
        return ignoreCase ? text.toLowerCase(Locale.ROOT) : text;
    }

    private static Pattern glob(String value) {
        String regex = Arrays.stream(value.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(regex, Pattern.DOTALL);
    }

    /** A glob as a {@code LIKE} pattern with {@code \} as escape. */
    static String like(String glob) {
        return glob.replace("\\", "\\\\")
                .replace("%", "\\%")
                .replace("_", "\\_")
                .replace('*', '%');
    }
}
