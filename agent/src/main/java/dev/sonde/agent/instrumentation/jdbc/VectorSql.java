package dev.sonde.agent.instrumentation.jdbc;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One statement that searches by nearness.
 *
 * @param text the SQL, each vector in it replaced by its dimension
 * @param table where it searches; null where that is no table
 * @param limit how many rows at most; null where the SQL does not say
 * @param limitParameter position of the parameter that says so, from 1; 0 for none
 */
record VectorSql(
        String text, @Nullable String table, @Nullable Long limit, int limitParameter) {
    /** Longer ones are not looked at. In characters. */
    private static final int LONGEST = 1 << 20;

    private static final Set<String> OPERATORS = Set.of("<->", "<#>", "<=>", "<+>", "<~>", "<%>");
    private static final String OPERATOR_CHARACTERS = "+-*/<>=~!@#%^&|`";

    private static final Pattern VECTOR = Pattern.compile("\\s*\\[[-+0-9.eE,\\s]*]\\s*");
    private static final Pattern SPARSE = Pattern.compile("\\s*\\{[-+0-9.eE,:\\s]*}\\s*(?:/\\s*\\d+)?\\s*");
    private static final Pattern BITS = Pattern.compile("[01]{8,}");
    private static final Pattern ARRAY = Pattern.compile("\\[[-+0-9.eE\\s]*(?:,[-+0-9.eE\\s]*)+]");

    /** What the SQL says; null unless it searches by nearness. */
    static @Nullable VectorSql of(String sql) {
        if (sql.length() > LONGEST || OPERATORS.stream().noneMatch(sql::contains)) {
            return null;
        }
        Reading reading = new Reading(sql);
        reading.read();
        return reading.isSearch()
                ? new VectorSql(reading.shown.toString(), reading.table, reading.limit, reading.limitParameter)
                : null;
    }

    /** Goes through the SQL once. */
    private static final class Reading {
        private final String sql;
        private final StringBuilder shown = new StringBuilder();
        private int at;
        private int depth;
        private int parameters;
        private @Nullable String first;
        private boolean nearness;
        /** The last word outside of quotes, in capitals. */
        private String word = "";

        private @Nullable String table;
        /** Where the next part of its name would begin; negative where there can be none. */
        private int tableEnd = -1;

        private @Nullable Long limit;
        private int limitParameter;

        Reading(String sql) {
            this.sql = sql;
        }

        boolean isSearch() {
            return nearness && ("SELECT".equals(first) || "WITH".equals(first));
        }

        void read() {
            while (at < sql.length()) {
                char c = sql.charAt(at);
                if (c == '\'') {
                    literal();
                } else if (c == '"') {
                    name();
                } else if (Character.isJavaIdentifierStart(c)) {
                    wordOrBody();
                } else if (Character.isDigit(c)) {
                    number();
                } else if (sql.startsWith("--", at) || sql.startsWith("/*", at)) {
                    keep(commentEnd());
                } else if (OPERATOR_CHARACTERS.indexOf(c) >= 0) {
                    operator();
                } else {
                    other(c);
                }
            }
        }

        private void literal() {
            boolean escapes = at > 0 && (sql.charAt(at - 1) == 'E' || sql.charAt(at - 1) == 'e');
            int end = at + 1;
            while (end < sql.length()) {
                char c = sql.charAt(end++);
                if (c == '\\' && escapes) {
                    end++;
                } else if (c == '\'') {
                    if (end < sql.length() && sql.charAt(end) == '\'') {
                        end++;
                    } else {
                        break;
                    }
                }
            }
            end = Math.min(end, sql.length());
            String inner = sql.substring(at + 1, Math.max(at + 1, end - 1));
            if (VECTOR.matcher(inner).matches() || SPARSE.matcher(inner).matches()) {
                shown.append("'[").append(numbers(inner)).append(" numbers]'");
            } else if (BITS.matcher(inner).matches()) {
                shown.append("'[").append(inner.length()).append(" bits]'");
            } else {
                shown.append(sql, at, end);
            }
            at = end;
            word = "";
        }

        private void name() {
            int close = sql.indexOf('"', at + 1);
            int end = close < 0 ? sql.length() : close + 1;
            named(sql.substring(at, end).replace("\"", ""), end);
            keep(end);
        }

        /** A word, or text between dollars, which begins like one. */
        private void wordOrBody() {
            if (sql.charAt(at) == '$') {
                dollar();
                return;
            }
            int end = at;
            while (end < sql.length() && Character.isJavaIdentifierPart(sql.charAt(end))) {
                end++;
            }
            String text = sql.substring(at, end);
            first = first == null ? text.toUpperCase(Locale.ROOT) : first;
            named(text, end);
            keep(end);
        }

        private void dollar() {
            int end = at + 1;
            while (end < sql.length() && Character.isDigit(sql.charAt(end))) {
                end++;
            }
            if (end > at + 1) {
                parameter(Integer.parseInt(sql, at + 1, Math.min(end, at + 9), 10));
                keep(end);
                return;
            }
            int open = sql.indexOf('$', at + 1);
            int close = open < 0 ? -1 : sql.indexOf(sql.substring(at, open + 1), open + 1);
            keep(close < 0 ? at + 1 : close + open + 1 - at);
            word = "";
        }

        /** An identifier or keyword. The parts of a qualified name are one. */
        private void named(String text, int end) {
            if (word.equals("FROM") && depth == 0 && table == null) {
                table = text;
                tableEnd = end;
            } else if (tableEnd == at) {
                table = table + "." + text;
                tableEnd = end;
            }
            word = text.toUpperCase(Locale.ROOT);
        }

        private void number() {
            int end = at;
            while (end < sql.length() && (Character.isLetterOrDigit(sql.charAt(end)) || sql.charAt(end) == '.')) {
                end++;
            }
            String text = sql.substring(at, end);
            if (isLimit() && text.length() < 19 && text.chars().allMatch(Character::isDigit)) {
                limit = Long.valueOf(text);
                limitParameter = 0;
            }
            keep(end);
            word = "";
        }

        private boolean isLimit() {
            return depth == 0 && (word.equals("LIMIT") || word.equals("FIRST") || word.equals("NEXT"));
        }

        private void parameter(int position) {
            if (isLimit()) {
                limitParameter = position;
                limit = null;
            }
            word = "";
        }

        private int commentEnd() {
            if (sql.startsWith("--", at)) {
                int end = sql.indexOf('\n', at);
                return end < 0 ? sql.length() : end;
            }
            int open = 0;
            int end = at;
            while (end < sql.length()) {
                if (sql.startsWith("/*", end)) {
                    open++;
                    end += 2;
                } else if (sql.startsWith("*/", end)) {
                    open--;
                    end += 2;
                    if (open == 0) {
                        return end;
                    }
                } else {
                    end++;
                }
            }
            return sql.length();
        }

        private void operator() {
            int end = at;
            while (end < sql.length()
                    && OPERATOR_CHARACTERS.indexOf(sql.charAt(end)) >= 0
                    && (end == at || !(sql.startsWith("--", end) || sql.startsWith("/*", end)))) {
                end++;
            }
            String text = sql.substring(at, end);
            nearness |= OPERATORS.contains(text)
                    || (text.length() == 4 && text.endsWith("-") && OPERATORS.contains(text.substring(0, 3)));
            keep(end);
            word = "";
        }

        private void other(char c) {
            if (c == '[') {
                Matcher array = ARRAY.matcher(sql).region(at, sql.length());
                if (array.lookingAt()) {
                    shown.append('[').append(numbers(array.group())).append(" numbers]");
                    at = array.end();
                    return;
                }
            }
            if (c == '?') {
                if (sql.startsWith("??", at)) { // an operator of PostgreSQL
                    keep(at + 2);
                    return;
                }
                parameters++;
                parameter(parameters);
            } else if (c == '(') {
                depth++;
                word = "";
            } else if (c == ')') {
                depth--;
                word = "";
            } else if (!Character.isWhitespace(c)) {
                tableEnd = c == '.' && tableEnd == at ? at + 1 : -1;
                word = "";
            }
            keep(at + 1);
        }

        private void keep(int end) {
            shown.append(sql, at, end);
            at = end;
        }

        private static long numbers(String list) {
            return list.chars().filter(c -> c == ',').count() + 1;
        }
    }
}
