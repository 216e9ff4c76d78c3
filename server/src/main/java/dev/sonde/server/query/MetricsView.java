package dev.sonde.server.query;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What figures are asked about, with the names that Langfuse's metrics have for its columns and measures. */
public enum MetricsView {
    TRACES("traces"),
    OBSERVATIONS("observations"),
    /** Flags among them, as 0 and 1. */
    SCORES_NUMERIC("scores-numeric"),
    SCORES_BOOLEAN("scores-boolean"),
    SCORES_CATEGORICAL("scores-categorical");

    /** Columns that have a value of their own on nearly every row. */
    private static final Set<Column> MANY_VALUED = EnumSet.of(
            Column.ID,
            Column.TRACE_ID,
            Column.USER_ID,
            Column.SESSION_ID,
            Column.PARENT_ID,
            Column.OBSERVATION_ID,
            Column.DATASET_RUN_ID);

    private static final Map<String, Column> OF_TRACES = Map.of(
            "id", Column.ID,
            "name", Column.NAME,
            "tags", Column.TAGS,
            "userId", Column.USER_ID,
            "sessionId", Column.SESSION_ID,
            "release", Column.RELEASE,
            "version", Column.VERSION,
            "environment", Column.ENVIRONMENT,
            "timestampMonth", Column.MONTH);

    private static final Map<String, Column> OF_OBSERVATIONS = Map.ofEntries(
            Map.entry("id", Column.ID),
            Map.entry("traceId", Column.TRACE_ID),
            Map.entry("traceName", Column.TRACE_NAME),
            Map.entry("environment", Column.ENVIRONMENT),
            Map.entry("parentObservationId", Column.PARENT_ID),
            Map.entry("type", Column.TYPE),
            Map.entry("name", Column.NAME),
            Map.entry("level", Column.LEVEL),
            Map.entry("version", Column.VERSION),
            Map.entry("tags", Column.TAGS),
            Map.entry("providedModelName", Column.MODEL),
            Map.entry("promptName", Column.PROMPT_NAME),
            Map.entry("promptVersion", Column.PROMPT_VERSION),
            Map.entry("userId", Column.USER_ID),
            Map.entry("sessionId", Column.SESSION_ID),
            Map.entry("traceRelease", Column.TRACE_RELEASE),
            Map.entry("traceVersion", Column.TRACE_VERSION),
            Map.entry("startTimeMonth", Column.MONTH));

    private static final Map<String, Column> OF_OBSERVATIONS_LATER = Map.of(
            "release", Column.RELEASE,
            "isRootObservation", Column.IS_ROOT,
            "costType", Column.COST_TYPE,
            "usageType", Column.USAGE_TYPE);

    private static final Map<String, Column> OF_SCORES = Map.ofEntries(
            Map.entry("id", Column.ID),
            Map.entry("environment", Column.ENVIRONMENT),
            Map.entry("name", Column.NAME),
            Map.entry("source", Column.SOURCE),
            Map.entry("dataType", Column.DATA_TYPE),
            Map.entry("traceId", Column.TRACE_ID),
            Map.entry("configId", Column.CONFIG_ID),
            Map.entry("timestampMonth", Column.MONTH),
            Map.entry("timestampDay", Column.DAY),
            Map.entry("observationId", Column.OBSERVATION_ID),
            Map.entry("traceName", Column.TRACE_NAME),
            Map.entry("tags", Column.TAGS),
            Map.entry("userId", Column.USER_ID),
            Map.entry("sessionId", Column.SESSION_ID),
            Map.entry("traceRelease", Column.TRACE_RELEASE),
            Map.entry("traceVersion", Column.TRACE_VERSION),
            Map.entry("observationName", Column.OBSERVATION_NAME),
            Map.entry("observationModelName", Column.OBSERVATION_MODEL),
            Map.entry("observationPromptName", Column.OBSERVATION_PROMPT_NAME),
            Map.entry("observationPromptVersion", Column.OBSERVATION_PROMPT_VERSION));

    private static final Map<String, Measure> TRACE_MEASURES = Map.of(
            "count", Measure.COUNT,
            "observationsCount", Measure.OBSERVATIONS,
            "scoresCount", Measure.SCORES,
            "uniqueUserIds", Measure.USER,
            "uniqueSessionIds", Measure.SESSION,
            "latency", Measure.LATENCY,
            "totalTokens", Measure.TOTAL_USAGE,
            "totalCost", Measure.TOTAL_COST);

    private static final Map<String, Measure> OBSERVATION_MEASURES = Map.ofEntries(
            Map.entry("count", Measure.COUNT),
            Map.entry("latency", Measure.LATENCY),
            Map.entry("streamingLatency", Measure.STREAMING_LATENCY),
            Map.entry("inputTokens", Measure.INPUT_USAGE),
            Map.entry("outputTokens", Measure.OUTPUT_USAGE),
            Map.entry("totalTokens", Measure.TOTAL_USAGE),
            Map.entry("outputTokensPerSecond", Measure.OUTPUT_PER_SECOND),
            Map.entry("tokensPerSecond", Measure.TOTAL_PER_SECOND),
            Map.entry("inputCost", Measure.INPUT_COST),
            Map.entry("outputCost", Measure.OUTPUT_COST),
            Map.entry("totalCost", Measure.TOTAL_COST),
            Map.entry("timeToFirstToken", Measure.TIME_TO_FIRST_TOKEN),
            Map.entry("countScores", Measure.SCORES));

    private static final Map<String, Measure> OBSERVATION_MEASURES_LATER = Map.of(
            "traceId", Measure.TRACE,
            "uniqueUserIds", Measure.USER,
            "uniqueSessionIds", Measure.SESSION,
            "costByType", Measure.COST_OF_TYPE,
            "usageByType", Measure.USAGE_OF_TYPE);

    private final String word;

    MetricsView(String word) {
        this.word = word;
    }

    /** Its name in questions. */
    public String word() {
        return word;
    }

    /** Whether its rows are scores. */
    public boolean ofScores() {
        return this != TRACES && this != OBSERVATIONS;
    }

    /** The name of the column with the time that a question's range is of. */
    String timeName() {
        return this == OBSERVATIONS ? "startTime" : "timestamp";
    }

    /**
     * Columns by name.
     *
     * @param later whether those are among them that came with the second generation
     */
    public Map<String, Column> dimensions(boolean later) {
        return switch (this) {
            case TRACES -> OF_TRACES;
            case OBSERVATIONS -> later ? joined(OF_OBSERVATIONS, OF_OBSERVATIONS_LATER) : OF_OBSERVATIONS;
            case SCORES_NUMERIC -> scores("value", Column.VALUE, later);
            case SCORES_BOOLEAN -> scores("booleanValue", Column.FLAG_VALUE, later);
            case SCORES_CATEGORICAL -> scores("stringValue", Column.STRING_VALUE, later);
        };
    }

    /** Measures by name; as {@link #dimensions}. */
    public Map<String, Measure> measures(boolean later) {
        return switch (this) {
            case TRACES -> TRACE_MEASURES;
            case OBSERVATIONS ->
                later ? joined(OBSERVATION_MEASURES, OBSERVATION_MEASURES_LATER) : OBSERVATION_MEASURES;
            case SCORES_NUMERIC, SCORES_BOOLEAN -> Map.of("count", Measure.COUNT, "value", Measure.VALUE);
            case SCORES_CATEGORICAL -> Map.of("count", Measure.COUNT);
        };
    }

    /** What filters may name, in lower case: every column, the time, and metadata. */
    Map<String, Column> filterable(boolean later) {
        Map<String, Column> all = new HashMap<>();
        dimensions(later).forEach((name, column) -> all.put(name.toLowerCase(Locale.ROOT), column));
        all.put(timeName().toLowerCase(Locale.ROOT), Column.TIMESTAMP);
        all.put("metadata", Column.METADATA);
        return all;
    }

    /** Whether grouping by a column makes nearly as many groups as there are rows. */
    static boolean isManyValued(Column column) {
        return MANY_VALUED.contains(column);
    }

    private static Map<String, Column> scores(String value, Column column, boolean later) {
        Map<String, Column> all = joined(OF_SCORES, Map.of(value, column));
        return later ? joined(all, Map.of("datasetRunId", Column.DATASET_RUN_ID)) : all;
    }

    private static <T> Map<String, T> joined(Map<String, T> some, Map<String, T> more) {
        Map<String, T> all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }
}
