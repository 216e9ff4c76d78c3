package dev.sonde.server.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sonde.server.model.IsoTime;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads Langfuse's JSON filter: an array of conditions that must all hold. */
public final class JsonFilters {

    /** No condition. */
    public static final Parsed NONE = new Parsed(List.of(), Set.of());

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Columns by their ids and by the names the screens show, both in lower case without spaces. */
    private static final Map<String, Column> COLUMNS = Map.ofEntries(
            Map.entry("id", Column.ID),
            Map.entry("name", Column.NAME),
            Map.entry("timestamp", Column.TIMESTAMP),
            Map.entry("starttime", Column.TIMESTAMP),
            Map.entry("endtime", Column.END_TIME),
            Map.entry("userid", Column.USER_ID),
            Map.entry("sessionid", Column.SESSION_ID),
            Map.entry("environment", Column.ENVIRONMENT),
            Map.entry("version", Column.VERSION),
            Map.entry("release", Column.RELEASE),
            Map.entry("tags", Column.TAGS),
            Map.entry("tracetags", Column.TAGS),
            Map.entry("traceenvironment", Column.ENVIRONMENT),
            Map.entry("bookmarked", Column.BOOKMARKED),
            Map.entry("public", Column.PUBLIC),
            Map.entry("metadata", Column.METADATA),
            Map.entry("latency", Column.LATENCY_SECONDS),
            Map.entry("inputtokens", Column.INPUT_USAGE),
            Map.entry("outputtokens", Column.OUTPUT_USAGE),
            Map.entry("totaltokens", Column.TOTAL_USAGE),
            Map.entry("tokens", Column.TOTAL_USAGE),
            Map.entry("totalcost", Column.TOTAL_COST),
            Map.entry("inputcost", Column.INPUT_COST),
            Map.entry("outputcost", Column.OUTPUT_COST),
            Map.entry("tokenspersecond", Column.OUTPUT_PER_SECOND),
            Map.entry("isrootobservation", Column.IS_ROOT),
            Map.entry("level", Column.LEVEL),
            Map.entry("errorcount", Column.ERROR_COUNT),
            Map.entry("scores_avg", Column.SCORE),
            Map.entry("scores", Column.SCORE),
            Map.entry("score_booleans", Column.SCORE),
            Map.entry("score_categories", Column.SCORE_CATEGORY),
            Map.entry("type", Column.TYPE),
            Map.entry("traceid", Column.TRACE_ID),
            Map.entry("tracename", Column.TRACE_NAME),
            Map.entry("statusmessage", Column.STATUS_MESSAGE),
            Map.entry("parentobservationid", Column.PARENT_ID),
            Map.entry("timetofirsttoken", Column.TIME_TO_FIRST_TOKEN_SECONDS),
            Map.entry("model", Column.MODEL),
            Map.entry("providedmodelname", Column.MODEL),
            Map.entry("promptname", Column.PROMPT_NAME),
            Map.entry("promptversion", Column.PROMPT_VERSION),
            Map.entry("input", Column.INPUT),
            Map.entry("output", Column.OUTPUT),
            Map.entry("value", Column.VALUE),
            Map.entry("stringvalue", Column.STRING_VALUE),
            Map.entry("datatype", Column.DATA_TYPE),
            Map.entry("source", Column.SOURCE),
            Map.entry("comment", Column.COMMENT),
            Map.entry("observationid", Column.OBSERVATION_ID),
            Map.entry("datasetrunid", Column.DATASET_RUN_ID),
            Map.entry("configid", Column.CONFIG_ID),
            Map.entry("queueid", Column.QUEUE_ID),
            Map.entry("authoruserid", Column.AUTHOR_USER_ID));

    private JsonFilters() {}

    /** The conditions, and the columns they name. */
    public record Parsed(List<Filter> filters, Set<Column> columns) {
        public Parsed {
            filters = List.copyOf(filters);
            columns = Set.copyOf(columns);
        }
    }

    /**
     * Reads a filter.
     *
     * @throws IllegalArgumentException naming the condition and the rule it breaks
     */
    public static Parsed parse(String json) {
        JsonNode array;
        try {
            array = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Invalid JSON in filter parameter", e);
        }
        if (array == null || !array.isArray()) {
            throw new IllegalArgumentException("filter: expected an array of conditions");
        }
        return parse(array, COLUMNS, "filter");
    }

    /**
     * Reads conditions on the columns of one kind of question.
     *
     * @param known columns by name, in lower case without spaces
     * @param place what the conditions are called where one of them breaks a rule
     */
    static Parsed parse(JsonNode array, Map<String, Column> known, String place) {
        List<Filter> filters = new ArrayList<>();
        Set<Column> columns = EnumSet.noneOf(Column.class);
        int i = 0;
        for (JsonNode condition : array) {
            Reader reader = new Reader(condition, known, place + "[" + i++ + "]");
            columns.add(reader.column());
            filters.add(reader.filter());
        }
        return new Parsed(filters, columns);
    }

    /** One condition being read. */
    private record Reader(JsonNode json, Map<String, Column> known, String place) {

        Column column() {
            String name = json.path("column").asText("").replace(" ", "").toLowerCase(Locale.ROOT);
            Column column = known.get(name);
            if (column == null) {
                throw wrong("column", json.path("column").asText("missing") + " is unknown");
            }
            return column;
        }

        Filter filter() {
            String operator = json.path("operator").asText("");
            JsonNode value = json.path("value");
            return switch (json.path("type").asText("")) {
                case "datetime" -> new Filter.TimeIs(field(), comparison(operator), time(value));
                case "string", "stringObject" -> text(operator, value);
                case "number", "numberObject" -> new Filter.NumberIs(field(), comparison(operator), number(value));
                case "stringOptions", "arrayOptions", "categoryOptions" ->
                    new Filter.OneOf(field(), set(operator), strings(value));
                case "boolean" -> flag(operator, value);
                case "booleanObject" -> booleanScore(operator, value);
                case "null" -> new Filter.Present(field(), presence(operator));
                default -> throw wrong("type", json.path("type").asText("missing") + " is unknown");
            };
        }

        private Field field() {
            Column column = column();
            String key = json.path("key").asText(null);
            boolean keyed = column == Column.METADATA || column == Column.SCORE || column == Column.SCORE_CATEGORY;
            if (keyed && key == null) {
                throw wrong("key", "is required");
            }
            return keyed ? Field.of(column, key) : Field.of(column);
        }

        private Filter text(String operator, JsonNode value) {
            if (!value.isTextual()) {
                throw wrong("value", "expected a string");
            }
            Filter.TextMatch match = switch (operator) {
                case "=" -> Filter.TextMatch.EQUAL;
                case "contains", "does not contain", "matches" -> Filter.TextMatch.CONTAINS;
                case "starts with" -> Filter.TextMatch.STARTS_WITH;
                case "ends with" -> Filter.TextMatch.ENDS_WITH;
                default -> throw wrong("operator", operator + " does not fit strings");
            };
            Filter positive = new Filter.TextIs(field(), match, value.asText(), operator.equals("matches"));
            if (!operator.equals("does not contain")) {
                return positive;
            }
            return json.path("type").asText().equals("stringObject")
                    ? new Filter.And(List.of(new Filter.Present(field(), true), new Filter.Not(positive)))
                    : new Filter.Not(positive);
        }

        private Filter flag(String operator, JsonNode value) {
            if (!value.isBoolean()) {
                throw wrong("value", "expected true or false");
            }
            return new Filter.FlagIs(field(), value.asBoolean() == equality(operator));
        }

        private Filter booleanScore(String operator, JsonNode value) {
            if (!value.isBoolean()) {
                throw wrong("value", "expected true or false");
            }
            Filter equal = new Filter.NumberIs(
                    field(), Filter.Comparison.EQUAL, value.asBoolean() ? BigDecimal.ONE : BigDecimal.ZERO);
            return equality(operator) ? equal : new Filter.Not(equal);
        }

        private boolean presence(String operator) {
            return switch (operator) {
                case "is null" -> false;
                case "is not null" -> true;
                default -> throw wrong("operator", operator + " does not ask for presence");
            };
        }

        private boolean equality(String operator) {
            return switch (operator) {
                case "=" -> true;
                case "<>" -> false;
                default -> throw wrong("operator", operator + " does not fit booleans");
            };
        }

        private Filter.Comparison comparison(String operator) {
            return switch (operator) {
                case "=" -> Filter.Comparison.EQUAL;
                case "<" -> Filter.Comparison.LESS;
                case "<=" -> Filter.Comparison.LESS_OR_EQUAL;
                case ">" -> Filter.Comparison.GREATER;
                case ">=" -> Filter.Comparison.GREATER_OR_EQUAL;
                default -> throw wrong("operator", operator + " does not compare");
            };
        }

        private Filter.SetMatch set(String operator) {
            return switch (operator) {
                case "any of" -> Filter.SetMatch.ANY_OF;
                case "none of" -> Filter.SetMatch.NONE_OF;
                case "all of" -> Filter.SetMatch.ALL_OF;
                default -> throw wrong("operator", operator + " does not fit sets");
            };
        }

        private java.time.Instant time(JsonNode value) {
            try {
                return IsoTime.parse(value.asText());
            } catch (DateTimeException e) {
                throw wrong("value", "expected an ISO-8601 time with an offset");
            }
        }

        private BigDecimal number(JsonNode value) {
            if (!value.isNumber()) {
                throw wrong("value", "expected a number");
            }
            return value.decimalValue();
        }

        private List<String> strings(JsonNode value) {
            List<String> strings = new ArrayList<>();
            if (!value.isArray()) {
                throw wrong("value", "expected an array of strings");
            }
            value.forEach(element -> strings.add(element.asText()));
            return strings;
        }

        private IllegalArgumentException wrong(@Nullable String what, String rule) {
            return new IllegalArgumentException(place + "." + what + ": " + rule);
        }
    }
}
