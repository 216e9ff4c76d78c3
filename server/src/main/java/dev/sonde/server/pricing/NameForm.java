package dev.sonde.server.pricing;

import com.google.re2j.Pattern;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What names of a model look like, an expression for the whole name. Most are a text with anything before or behind it,
 * and those are compared as text: a name that nobody knows is held against all of them.
 */
final class NameForm {

    private static final String ANYTHING = ".*";

    private final boolean openStart;
    private final boolean openEnd;
    private final String text;
    private final @Nullable Pattern pattern;

    private NameForm(boolean openStart, boolean openEnd, String text, @Nullable Pattern pattern) {
        this.openStart = openStart;
        this.openEnd = openEnd;
        this.text = text;
        this.pattern = pattern;
    }

    static NameForm of(String expression) {
        boolean openStart = expression.startsWith(ANYTHING);
        String rest = openStart ? expression.substring(ANYTHING.length()) : expression;
        boolean openEnd = rest.endsWith(ANYTHING) && !rest.endsWith("\\" + ANYTHING);
        rest = openEnd ? rest.substring(0, rest.length() - ANYTHING.length()) : rest;
        String plain = rest.replaceAll("\\\\([^\\p{Alnum}])", "$1");
        boolean isText =
                rest.replaceAll("\\\\[^\\p{Alnum}]", "").chars().noneMatch(c -> "\\.[]{}()*+?^$|".indexOf(c) >= 0);
        return isText
                ? new NameForm(openStart, openEnd, plain.toLowerCase(Locale.ROOT), null)
                : new NameForm(false, false, expression, Pattern.compile("(?i)" + expression));
    }

    /** Whether a name, in lower case, is of this form. */
    boolean matches(String name) {
        if (pattern != null) {
            return pattern.matches(name);
        } else if (openStart) {
            return openEnd ? name.contains(text) : name.endsWith(text);
        }
        return openEnd ? name.startsWith(text) : name.equals(text);
    }
}
