package dev.sonde.server.query;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the keys of the filter language mean, and how their values are read. */
final class FilterTerms {

    private static final Map<String, Column> KEYS = new TreeMap<>(Map.ofEntries(
            Map.entry("id", Column.ID),
            Map.entry("name", Column.NAME),
            Map.entry("user", Column.USER_ID),
            Map.entry("userid", Column.USER_ID),
            Map.entry("session", Column.SESSION_ID),
            Map.entry("sessionid", Column.SESSION_ID),
            Map.entry("tag", Column.TAGS),
            Map.entry("tags", Column.TAGS),
            Map.entry("env", Column.ENVIRONMENT),
            Map.entry("environment", Column.ENVIRONMENT),
            Map.entry("level", Column.LEVEL),
            Map.entry("release", Column.RELEASE),
            Map.entry("version", Column.VERSION),
            Map.entry("model", Column.MODEL),
            Map.entry("type", Column.TYPE),
            Map.entry("status", Column.STATUS_MESSAGE),
            Map.entry("prompt", Column.PROMPT_NAME),
            Map.entry("latency", Column.LATENCY_SECONDS),
            Map.entry("ttft", Column.TIME_TO_FIRST_TOKEN_SECONDS),
            Map.entry("cost", Column.TOTAL_COST),
            Map.entry("tokens", Column.TOTAL_USAGE),
            Map.entry("inputtokens", Column.INPUT_USAGE),
            Map.entry("outputtokens", Column.OUTPUT_USAGE),
            Map.entry("observations", Column.OBSERVATION_COUNT),
            Map.entry("errors", Column.ERROR_COUNT),
            Map.entry("input", Column.INPUT),
            Map.entry("output", Column.OUTPUT)));

    private final Clock clock;

    FilterTerms(Clock clock) {
        this.clock = clock;
    }

    /**
     * A value as written.
     *
     * @param operator empty, or one of {@code > >= < <= = ~}
     * @param quoted quoted values know no wildcard
     */
    record Value(String operator, String text, boolean quoted, int position, int length) {}

    Filter words(Value value) {
        return new Filter.TextIs(Field.of(Column.TEXT), Filter.TextMatch.CONTAINS, value.text(), true);
    }

    Filter of(String key, int position, List<Value> values) {
        String name = key.toLowerCase(Locale.ROOT);
        if (name.equals("has")) {
            return any(values, value -> new Filter.Present(has(value), true));
        }
        if (name.equals("since")) {
            return new Filter.TimeIs(
                    Field.of(Column.TIMESTAMP),
                    Filter.Comparison.GREATER_OR_EQUAL,
                    clock.instant().minus(duration(values.get(0))));
        }
        Field field = field(key, name, position);
        return any(values, value -> condition(field, value));
    }

    private static Filter any(List<Value> values, java.util.function.Function<Value, Filter> one) {
        return values.size() == 1
                ? one.apply(values.get(0))
                : new Filter.Or(values.stream().map(one).toList());
    }

    private Field field(String key, String name, int position) {
        int dot = key.indexOf('.');
        if (dot > 0 && dot + 1 < key.length()) {
            String rest = key.substring(dot + 1);
            switch (name.substring(0, dot)) {
                case "metadata", "meta" -> {
                    return Field.of(Column.METADATA, rest);
                }
                case "scores", "score" -> {
                    return Field.of(Column.SCORE, rest);
                }
                default -> throw unknown(key, name, position);
            }
        }
        Column column = KEYS.get(name);
        if (column == null) {
            throw unknown(key, name, position);
        }
        return Field.of(column);
    }

    private static Field has(Value value) {
        Column column = KEYS.get(value.text().toLowerCase(Locale.ROOT));
        if (column == null) {
            throw unknown(value.text(), value.text().toLowerCase(Locale.ROOT), value.position());
        }
        return Field.of(column);
    }

    private Filter condition(Field field, Value value) {
        return switch (field.column()) {
            case LATENCY_SECONDS, TIME_TO_FIRST_TOKEN_SECONDS -> number(field, value, seconds(value));
            case TOTAL_COST, TOTAL_USAGE, INPUT_USAGE, OUTPUT_USAGE, OBSERVATION_COUNT, ERROR_COUNT ->
                number(field, value, quantity(value));
            case SCORE -> score(field, value);
            case LEVEL, TYPE ->
                new Filter.TextIs(field, Filter.TextMatch.EQUAL, value.text().toUpperCase(Locale.ROOT), false);
            case TAGS ->
                glob(value)
                        ? text(field, value)
                        : new Filter.OneOf(field, Filter.SetMatch.ANY_OF, List.of(value.text()));
            default -> text(field, value);
        };
    }

    private static Filter text(Field field, Value value) {
        if (value.operator().equals("~") || field.column() == Column.INPUT || field.column() == Column.OUTPUT) {
            return new Filter.TextIs(field, Filter.TextMatch.CONTAINS, value.text(), true);
        }
        Filter.TextMatch match = glob(value) ? Filter.TextMatch.GLOB : Filter.TextMatch.EQUAL;
        return new Filter.TextIs(field, match, value.text(), false);
    }

    private static boolean glob(Value value) {
        return !value.quoted() && !value.operator().equals("=") && value.text().indexOf('*') >= 0;
    }

    /** Scores are numbers; anything else is the label of a categorical score. */
    private static Filter score(Field field, Value value) {
        try {
            return number(field, value, new BigDecimal(value.text()));
        } catch (NumberFormatException e) {
            return text(Field.of(Column.SCORE_CATEGORY, String.valueOf(field.key())), value);
        }
    }

    private static Filter number(Field field, Value value, BigDecimal number) {
        Filter.Comparison comparison = switch (value.operator()) {
            case ">" -> Filter.Comparison.GREATER;
            case ">=" -> Filter.Comparison.GREATER_OR_EQUAL;
            case "<" -> Filter.Comparison.LESS;
            case "<=" -> Filter.Comparison.LESS_OR_EQUAL;
            default -> Filter.Comparison.EQUAL;
        };
        return new Filter.NumberIs(field, comparison, number);
    }

    /** A number, perhaps with a currency sign or a factor: {@code $0.01}, {@code 1.5k}, {@code 2M}. */
    private static BigDecimal quantity(Value value) {
        String text = value.text().startsWith("$") ? value.text().substring(1) : value.text();
        char last = text.isEmpty() ? ' ' : text.charAt(text.length() - 1);
        int zeros = last == 'k' ? 3 : last == 'M' ? 6 : 0;
        return parse(value, zeros == 0 ? text : text.substring(0, text.length() - 1), "a number")
                .scaleByPowerOfTen(zeros);
    }

    /** A duration in seconds; without a unit, seconds. */
    private static BigDecimal seconds(Value value) {
        String text = value.text();
        if (text.endsWith("ms")) {
            return parse(value, text.substring(0, text.length() - 2), "a duration such as 250ms")
                    .movePointLeft(3);
        }
        if (text.endsWith("s")) {
            return parse(value, text.substring(0, text.length() - 1), "a duration such as 2s");
        }
        if (text.endsWith("m")) {
            return parse(value, text.substring(0, text.length() - 1), "a duration such as 1m")
                    .multiply(BigDecimal.valueOf(60));
        }
        return parse(value, text, "a duration such as 2s or 250ms");
    }

    private static Duration duration(Value value) {
        String text = value.text();
        long unit = switch (text.isEmpty() ? ' ' : text.charAt(text.length() - 1)) {
            case 's' -> 1;
            case 'm' -> 60;
            case 'h' -> 3_600;
            case 'd' -> 86_400;
            case 'w' -> 604_800;
            default -> 0;
        };
        String rule = "a time span such as 15m, 24h or 7d";
        if (unit == 0) {
            throw wrong(value, rule);
        }
        BigDecimal number = parse(value, text.substring(0, text.length() - 1), rule);
        return Duration.ofSeconds(number.min(BigDecimal.valueOf(100_000))
                .max(BigDecimal.ZERO)
                .multiply(BigDecimal.valueOf(unit))
                .longValue());
    }

    private static BigDecimal parse(Value value, String number, String rule) {
        if (number.length() > 20) {
            throw wrong(value, rule);
        }
        try {
            return new BigDecimal(number);
        } catch (NumberFormatException e) {
            throw wrong(value, rule);
        }
    }

    private static FilterSyntaxException wrong(Value value, String expected) {
        return new FilterSyntaxException(
                value.text() + " is not " + expected, value.position(), Math.max(1, value.length()), null);
    }

    private static FilterSyntaxException unknown(String key, String name, int position) {
        String nearest = KEYS.keySet().stream()
                .min(java.util.Comparator.comparingInt(known -> distance(known, name)))
                .filter(known -> distance(known, name) <= 2)
                .orElse(null);
        return new FilterSyntaxException("there is no field " + key, position, key.length(), nearest);
    }

    /** Levenshtein distance of two short words. */
    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int cost = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
                int next = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + cost);
                diagonal = row[j];
                row[j] = next;
            }
        }
        return row[right.length()];
    }

    static @Nullable Column column(String key) {
        return KEYS.get(key.toLowerCase(Locale.ROOT));
    }
}
