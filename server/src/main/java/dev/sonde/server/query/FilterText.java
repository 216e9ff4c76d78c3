package dev.sonde.server.query;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * The filter language of the search bar, of links and of everything that selects data:
 *
 * <pre>
 * level:ERROR  -env:dev  model:(gpt-5 OR claude*)  latency:>2s  cost:>=0.01  metadata.tenant:acme
 * scores.helpful:<0.5  has:user  since:15m  (user:ada OR user:grace)  words  "a phrase"
 * </pre>
 *
 * Terms next to each other must all hold. Bare words are looked for in names, ids and text.
 */
public final class FilterText {

    private static final int LONGEST = 4_000;
    private static final int DEEPEST = 32;

    private final String text;
    private final FilterTerms terms;
    private int at;
    private int depth;

    private FilterText(String text, Clock clock) {
        this.text = text;
        this.terms = new FilterTerms(clock);
    }

    /**
     * Reads filter text; blank text holds for every row.
     *
     * @param clock for relative times
     * @throws FilterSyntaxException with the place and, where it can be guessed, what was meant
     */
    public static Filter parse(String text, Clock clock) {
        if (text.length() > LONGEST) {
            throw new FilterSyntaxException("longer than " + LONGEST + " characters", LONGEST, 1, null);
        }
        FilterText parser = new FilterText(text, clock);
        Filter filter = parser.alternatives();
        parser.skipBlanks();
        if (parser.at < text.length()) {
            throw parser.wrong("unexpected )", parser.at, 1);
        }
        return filter;
    }

    private Filter alternatives() {
        List<Filter> parts = new ArrayList<>();
        parts.add(sequence());
        while (takeWord("OR")) {
            parts.add(sequence());
        }
        return parts.size() == 1 ? parts.get(0) : new Filter.Or(parts);
    }

    private Filter sequence() {
        List<Filter> parts = new ArrayList<>();
        while (true) {
            skipBlanks();
            if (at >= text.length() || text.charAt(at) == ')' || atWord("OR")) {
                break;
            }
            if (!takeWord("AND")) {
                parts.add(term());
            }
        }
        return parts.size() == 1 ? parts.get(0) : new Filter.And(parts);
    }

    private Filter term() {
        if (text.charAt(at) == '-' && at + 1 < text.length() && !Character.isWhitespace(text.charAt(at + 1))) {
            deeper(at++);
            Filter inner = term();
            depth--;
            return new Filter.Not(inner);
        }
        if (text.charAt(at) == '(') {
            int open = at++;
            deeper(open);
            Filter inner = alternatives();
            skipBlanks();
            if (at >= text.length()) {
                throw wrong("this parenthesis is never closed", open, 1);
            }
            at++;
            depth--;
            return inner;
        }
        int start = at;
        String key = key();
        if (key == null) {
            return terms.words(value());
        }
        List<FilterTerms.Value> values = values();
        return terms.of(key, start, values);
    }

    /** Filters are walked by recursion: what comes from a link must not be able to exhaust the stack. */
    private void deeper(int position) {
        if (++depth > DEEPEST) {
            throw wrong("nested too deep", position, 1);
        }
    }

    /** The name before a colon, or null when a word begins here that is no key. */
    private @org.jspecify.annotations.Nullable String key() {
        int end = at;
        while (end < text.length()
                && (Character.isLetterOrDigit(text.charAt(end)) || "._-".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        if (end == at || end >= text.length() || text.charAt(end) != ':') {
            return null;
        }
        String key = text.substring(at, end);
        at = end + 1;
        return key;
    }

    private List<FilterTerms.Value> values() {
        if (at >= text.length() || Character.isWhitespace(text.charAt(at))) {
            throw wrong("a value is missing", Math.max(0, at - 1), 1);
        }
        if (text.charAt(at) != '(') {
            return List.of(value());
        }
        int open = at++;
        List<FilterTerms.Value> values = new ArrayList<>();
        while (true) {
            skipBlanks();
            if (at >= text.length()) {
                throw wrong("this parenthesis is never closed", open, 1);
            }
            if (text.charAt(at) == ')') {
                at++;
                break;
            }
            if (!takeWord("OR") && !takeComma()) {
                values.add(value());
            }
        }
        if (values.isEmpty()) {
            throw wrong("no value between the parentheses", open, at - open);
        }
        return values;
    }

    private FilterTerms.Value value() {
        int start = at;
        String operator = operator();
        if (at < text.length() && text.charAt(at) == '"') {
            return quoted(operator, start);
        }
        int begin = at;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at)) && "(),".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (at == begin) {
            throw wrong("a value is missing", start, Math.max(1, at - start));
        }
        return new FilterTerms.Value(operator, text.substring(begin, at), false, start, at - start);
    }

    private FilterTerms.Value quoted(String operator, int start) {
        StringBuilder value = new StringBuilder();
        int i = at + 1;
        while (i < text.length() && text.charAt(i) != '"') {
            if (text.charAt(i) == '\\' && i + 1 < text.length()) {
                i++;
            }
            value.append(text.charAt(i++));
        }
        if (i >= text.length()) {
            throw wrong("this quote is never closed", at, 1);
        }
        at = i + 1;
        return new FilterTerms.Value(operator, value.toString(), true, start, at - start);
    }

    private String operator() {
        for (String operator : List.of(">=", "<=", ">", "<", "=", "~")) {
            if (text.startsWith(operator, at)) {
                at += operator.length();
                return operator;
            }
        }
        return "";
    }

    private boolean takeWord(String word) {
        skipBlanks();
        if (!atWord(word)) {
            return false;
        }
        at += word.length();
        return true;
    }

    private boolean atWord(String word) {
        int end = at + word.length();
        return text.startsWith(word, at)
                && (end == text.length() || Character.isWhitespace(text.charAt(end)) || text.charAt(end) == '(');
    }

    private boolean takeComma() {
        boolean comma = at < text.length() && text.charAt(at) == ',';
        at += comma ? 1 : 0;
        return comma;
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private FilterSyntaxException wrong(String message, int position, int length) {
        return new FilterSyntaxException(message, position, length, null);
    }
}
