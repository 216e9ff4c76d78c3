package dev.sonde.server.http;

import dev.sonde.server.model.Score;
import dev.sonde.server.query.Column;
import dev.sonde.server.query.Field;
import dev.sonde.server.query.Filter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The parameters by which {@code /v3/scores} is filtered: lists separated by commas, and rules on what goes together. */
final class ScoresV3Filter {

    private static final Set<String> KNOWN = Set.of(
            "limit",
            "cursor",
            "fields",
            "id",
            "name",
            "source",
            "dataType",
            "environment",
            "configId",
            "queueId",
            "authorUserId",
            "value",
            "valueMin",
            "valueMax",
            "traceId",
            "sessionId",
            "observationId",
            "experimentId",
            "fromTimestamp",
            "toTimestamp");

    private final Call call;
    private final List<Filter> parts = new ArrayList<>();

    ScoresV3Filter(Call call) {
        this.call = call;
    }

    /** The filter; a parameter that is unknown or breaks its rule is a problem. */
    Filter filter() {
        Set<String> unknown = new TreeSet<>(call.queryNames());
        unknown.removeAll(KNOWN);
        require(unknown.isEmpty(), unknown + ": unknown parameters");
        any(Column.ID, call.queryList("id"));
        any(Column.NAME, call.queryList("name"));
        any(Column.ENVIRONMENT, call.queryList("environment"));
        any(Column.CONFIG_ID, call.queryList("configId"));
        any(Column.QUEUE_ID, call.queryList("queueId"));
        any(Column.AUTHOR_USER_ID, call.queryList("authorUserId"));
        any(Column.SOURCE, constants("source", Score.Source.values()));
        List<String> types = constants("dataType", Score.DataType.values());
        any(Column.DATA_TYPE, types);
        target();
        value(types.size() == 1 ? types.get(0) : "");
        return new Filter.And(parts);
    }

    private void target() {
        List<String> traces = call.queryList("traceId");
        List<String> sessions = call.queryList("sessionId");
        List<String> experiments = call.queryList("experimentId");
        List<String> observations = call.queryList("observationId");
        long kinds = List.of(traces, sessions, experiments).stream()
                .filter(list -> !list.isEmpty())
                .count();
        require(kinds <= 1, "traceId, sessionId, experimentId: expected one of them at most");
        require(observations.isEmpty() || !traces.isEmpty(), "observationId: needs traceId beside it");
        any(Column.TRACE_ID, traces);
        any(Column.SESSION_ID, sessions);
        any(Column.DATASET_RUN_ID, experiments);
        any(Column.OBSERVATION_ID, observations);
    }

    private void value(String type) {
        List<String> values = call.queryList("value");
        if (!values.isEmpty()) {
            parts.add(
                    switch (type) {
                        case "NUMERIC" ->
                            new Filter.Or(values.stream()
                                    .map(value -> equal(number("value", value)))
                                    .toList());
                        case "BOOLEAN" ->
                            new Filter.Or(values.stream()
                                    .map(value -> equal(truth(value)))
                                    .toList());
                        case "CATEGORICAL" ->
                            new Filter.OneOf(Field.of(Column.STRING_VALUE), Filter.SetMatch.ANY_OF, values);
                        default ->
                            throw HttpProblem.invalid(
                                    "value: needs one dataType beside it: NUMERIC, BOOLEAN or CATEGORICAL");
                    });
        }
        bound("valueMin", type, Filter.Comparison.GREATER_OR_EQUAL);
        bound("valueMax", type, Filter.Comparison.LESS_OR_EQUAL);
    }

    private void bound(String parameter, String type, Filter.Comparison comparison) {
        @Nullable String value = call.query(parameter);
        if (value != null) {
            require(type.equals("NUMERIC"), parameter + ": needs the dataType NUMERIC beside it");
            parts.add(new Filter.NumberIs(Field.of(Column.VALUE), comparison, number(parameter, value)));
        }
    }

    private void any(Column column, List<String> values) {
        if (!values.isEmpty()) {
            parts.add(new Filter.OneOf(Field.of(column), Filter.SetMatch.ANY_OF, values));
        }
    }

    private List<String> constants(String parameter, Enum<?>[] known) {
        List<String> names = Arrays.stream(known).map(Enum::name).toList();
        List<String> asked = call.queryList(parameter).stream()
                .map(value -> value.toUpperCase(Locale.ROOT))
                .toList();
        require(names.containsAll(asked), parameter + ": " + asked + " (expected: some of " + names + ")");
        return asked;
    }

    private static Filter equal(BigDecimal number) {
        return new Filter.NumberIs(Field.of(Column.VALUE), Filter.Comparison.EQUAL, number);
    }

    private static BigDecimal truth(String value) {
        require(value.equals("true") || value.equals("false"), "value: expected true or false");
        return value.equals("true") ? BigDecimal.ONE : BigDecimal.ZERO;
    }

    private static BigDecimal number(String parameter, String value) {
        try {
            double number = Double.parseDouble(value);
            require(Double.isFinite(number), parameter + ": expected a finite number");
            return BigDecimal.valueOf(number);
        } catch (NumberFormatException e) {
            throw HttpProblem.invalid(parameter + ": not a number");
        }
    }

    private static void require(boolean held, String rule) {
        if (!held) {
            throw HttpProblem.invalid(rule);
        }
    }
}
