package dev.sonde.server.storage.duckdb;

import dev.sonde.server.query.Column;
import dev.sonde.server.query.Field;

/**
 * Where a field stands and what it is there.
 *
 * @param place the table it is read from
 * @param type how it is compared
 * @param expression its value in that table
 */
record FieldSql(Place place, Type type, Sql expression) {

    /** What is being listed. */
    enum Subject {
        TRACES,
        OBSERVATIONS,
        SCORES
    }

    /** The row itself, or rows that belong to it. */
    enum Place {
        ROW,
        OBSERVATIONS_OF_TRACE,
        TRACE_OF_OBSERVATION,
        TRACE_OF_SCORE,
        SCORES_OF_OBSERVATION,
        PAYLOAD
    }

    /** Durations are in microseconds here and in seconds in filters. */
    enum Type {
        TEXT,
        NUMBER,
        COUNT,
        DURATION,
        TIME,
        FLAG,
        TEXTS
    }

    static FieldSql of(Subject subject, Field field) {
        Column column = field.column();
        if (subject == Subject.SCORES && column != Column.METADATA) {
            return ofScore(column);
        }
        String key = field.key() == null ? "" : field.key();
        return switch (column) {
            case INPUT, OUTPUT, TEXT -> new FieldSql(Place.PAYLOAD, Type.TEXT, Sql.of("payload"));
            case METADATA -> row(Type.TEXT, Sql.of("metadata[").value(key).add("]"));
            case SCORE ->
                subject == Subject.TRACES
                        ? row(Type.NUMBER, Sql.of("scores[").value(key).add("]"))
                        : new FieldSql(Place.SCORES_OF_OBSERVATION, Type.NUMBER, Sql.of("value"));
            case SCORE_CATEGORY ->
                subject == Subject.TRACES
                        ? row(Type.TEXT, Sql.of("categories[").value(key).add("]"))
                        : new FieldSql(Place.SCORES_OF_OBSERVATION, Type.TEXT, Sql.of("string_value"));
            default -> subject == Subject.TRACES ? ofTrace(column) : ofObservation(column);
        };
    }

    private static FieldSql ofTrace(Column column) {
        return switch (column) {
            case TRACE_ID -> row(Type.TEXT, "id");
            case TRACE_NAME -> row(Type.TEXT, "name");
            case TYPE,
                    PARENT_ID,
                    MODEL,
                    STATUS_MESSAGE,
                    PROMPT_NAME,
                    PROMPT_VERSION,
                    TIME_TO_FIRST_TOKEN_SECONDS,
                    OUTPUT_PER_SECOND,
                    INPUT_COST,
                    OUTPUT_COST -> ofObservation(column).at(Place.OBSERVATIONS_OF_TRACE);
            default -> traceColumn(column);
        };
    }

    private static FieldSql ofObservation(Column column) {
        return switch (column) {
            case TIMESTAMP -> row(Type.TIME, "start_time");
            case TYPE -> row(Type.TEXT, "type");
            case TRACE_ID -> row(Type.TEXT, "trace_id");
            case PARENT_ID -> row(Type.TEXT, "parent_id");
            case MODEL -> row(Type.TEXT, "model");
            case STATUS_MESSAGE -> row(Type.TEXT, "status_message");
            case PROMPT_NAME -> row(Type.TEXT, "prompt_name");
            case PROMPT_VERSION -> row(Type.NUMBER, "prompt_version");
            case TIME_TO_FIRST_TOKEN_SECONDS ->
                row(Type.DURATION, "(epoch_us(completion_start_time) - epoch_us(start_time))");
            case IS_ROOT -> row(Type.FLAG, "(parent_id IS NULL OR app_root)");
            case OUTPUT_PER_SECOND ->
                row(Type.NUMBER, "(output_usage * 1e6 / nullif(epoch_us(end_time) - epoch_us(start_time), 0)::DOUBLE)");
            case INPUT_COST -> row(Type.NUMBER, costOf("input"));
            case OUTPUT_COST -> row(Type.NUMBER, costOf("output"));
            case TRACE_NAME -> row(Type.TEXT, "name").at(Place.TRACE_OF_OBSERVATION);
            case USER_ID, SESSION_ID, RELEASE, TAGS, BOOKMARKED, PUBLIC, OBSERVATION_COUNT, ERROR_COUNT ->
                traceColumn(column).at(Place.TRACE_OF_OBSERVATION);
            default -> traceColumn(column);
        };
    }

    private static FieldSql ofScore(Column column) {
        return switch (column) {
            case ID -> row(Type.TEXT, "id");
            case NAME -> row(Type.TEXT, "name");
            case TIMESTAMP -> row(Type.TIME, "timestamp");
            case ENVIRONMENT -> row(Type.TEXT, "environment");
            case TRACE_ID -> row(Type.TEXT, "trace_id");
            case OBSERVATION_ID -> row(Type.TEXT, "observation_id");
            case SESSION_ID -> row(Type.TEXT, "session_id");
            case DATASET_RUN_ID -> row(Type.TEXT, "dataset_run_id");
            case VALUE -> row(Type.NUMBER, "value");
            case STRING_VALUE -> row(Type.TEXT, "string_value");
            case DATA_TYPE -> row(Type.TEXT, "data_type");
            case SOURCE -> row(Type.TEXT, "source");
            case COMMENT -> row(Type.TEXT, "comment");
            case CONFIG_ID -> row(Type.TEXT, "config_id");
            case QUEUE_ID -> row(Type.TEXT, "queue_id");
            case AUTHOR_USER_ID -> row(Type.TEXT, "author_user_id");
            case TRACE_NAME -> row(Type.TEXT, "name").at(Place.TRACE_OF_SCORE);
            case USER_ID, TAGS, RELEASE, VERSION -> traceColumn(column).at(Place.TRACE_OF_SCORE);
            default -> throw new IllegalArgumentException(column + " cannot be asked for here");
        };
    }

    private static FieldSql traceColumn(Column column) {
        return switch (column) {
            case ID -> row(Type.TEXT, "id");
            case NAME -> row(Type.TEXT, "name");
            case TIMESTAMP -> row(Type.TIME, "timestamp");
            case USER_ID -> row(Type.TEXT, "user_id");
            case SESSION_ID -> row(Type.TEXT, "session_id");
            case ENVIRONMENT -> row(Type.TEXT, "environment");
            case RELEASE -> row(Type.TEXT, "release");
            case VERSION -> row(Type.TEXT, "version");
            case TAGS -> row(Type.TEXTS, "tags");
            case BOOKMARKED -> row(Type.FLAG, "bookmarked");
            case PUBLIC -> row(Type.FLAG, "public");
            case LEVEL -> row(Type.TEXT, "level");
            case LATENCY_SECONDS -> row(Type.DURATION, "(epoch_us(end_time) - epoch_us(start_time))");
            case INPUT_USAGE -> row(Type.COUNT, "input_usage");
            case OUTPUT_USAGE -> row(Type.COUNT, "output_usage");
            case TOTAL_USAGE -> row(Type.COUNT, "total_usage");
            case TOTAL_COST -> row(Type.NUMBER, "total_cost");
            case OBSERVATION_COUNT -> row(Type.COUNT, "observations");
            case ERROR_COUNT -> row(Type.COUNT, "errors");
            case END_TIME -> row(Type.TIME, "end_time");
            default -> throw new IllegalArgumentException(column + " cannot be asked for here");
        };
    }

    /** USD for all usage types whose name contains a word; null where there is none. */
    static String costOf(String word) {
        return "list_sum(list_transform(list_filter(map_entries(cost), lambda e: contains(e.key, '" + word
                + "')), lambda e: e.value))";
    }

    /** What rows are sorted by: levels by severity, everything else by value. */
    static Sql order(Subject subject, Field field) {
        FieldSql sql = of(subject, field);
        if (sql.place != Place.ROW || sql.type == Type.TEXTS) {
            throw new IllegalArgumentException("cannot order by " + field.column());
        }
        return field.column() == Column.LEVEL
                ? Sql.of("list_position(['DEBUG', 'DEFAULT', 'WARNING', 'ERROR'], level)")
                : sql.expression;
    }

    private FieldSql at(Place other) {
        return new FieldSql(other, type, expression);
    }

    private static FieldSql row(Type type, String expression) {
        return row(type, Sql.of(expression));
    }

    private static FieldSql row(Type type, Sql expression) {
        return new FieldSql(Place.ROW, type, expression);
    }
}
