package dev.sonde.server.storage.duckdb;

import dev.sonde.server.query.Column;
import dev.sonde.server.query.Field;
import dev.sonde.server.query.Measure;
import dev.sonde.server.query.MetricsView;
import java.util.EnumSet;
import java.util.Set;

/**
 * Where the fields and measures of a question for figures stand: {@code r} is the row itself, {@code t} its trace, {@code
 * o} the observation that it judges, {@code s} its scores, {@code e} one entry of its costs or usages. Notes which of
 * them are needed. For one question, by one thread.
 */
final class MetricsFields implements ConditionSql.Fields {

    /** What is joined to the rows. */
    enum Join {
        TRACE,
        OBSERVATION,
        SCORES,
        COSTS,
        USAGES
    }

    private final MetricsView view;
    private final Set<Join> joins = EnumSet.noneOf(Join.class);

    MetricsFields(MetricsView view) {
        this.view = view;
    }

    /** What was needed so far. */
    Set<Join> joins() {
        return joins;
    }

    /** The column with the time of a row. */
    String time() {
        return view == MetricsView.OBSERVATIONS ? "start_time" : "timestamp";
    }

    @Override
    public FieldSql of(Field field) {
        Column column = field.column();
        if (column == Column.METADATA) {
            String key = field.key() == null ? "" : field.key();
            return row(FieldSql.Type.TEXT, Sql.of("r.metadata[").value(key).add("]"));
        }
        return switch (column) {
            case ID -> text("r.id");
            case NAME -> text("r.name");
            case ENVIRONMENT -> text("r.environment");
            case TIMESTAMP -> row(FieldSql.Type.TIME, Sql.of("r." + time()));
            case MONTH -> text("strftime(r." + time() + ", '%Y-%m')");
            case DAY -> text("strftime(r." + time() + ", '%Y-%m-%d')");
            case USER_ID -> text(ofContext("user_id"));
            case SESSION_ID -> text(ofContext("session_id"));
            case TRACE_NAME -> text(ofTrace("name"));
            case TRACE_RELEASE, RELEASE -> text(ofContext("release"));
            case TRACE_VERSION -> text(ofTrace("version"));
            case VERSION -> text("r.version");
            case TAGS -> row(FieldSql.Type.TEXTS, Sql.of(view == MetricsView.TRACES ? "r.tags" : ofTrace("tags")));
            default -> view.ofScores() ? ofScore(column) : ofObservation(column);
        };
    }

    private FieldSql ofObservation(Column column) {
        return switch (column) {
            case TRACE_ID -> text("r.trace_id");
            case PARENT_ID -> text("r.parent_id");
            case TYPE -> text("r.type");
            case LEVEL -> text("r.level");
            case MODEL -> text("r.model");
            case PROMPT_NAME -> text("r.prompt_name");
            case PROMPT_VERSION -> row(FieldSql.Type.NUMBER, Sql.of("r.prompt_version"));
            case IS_ROOT -> row(FieldSql.Type.FLAG, Sql.of("(r.parent_id IS NULL OR r.app_root)"));
            case COST_TYPE -> text(ofEntry(Join.COSTS, "key"));
            case USAGE_TYPE -> text(ofEntry(Join.USAGES, "key"));
            default -> throw new IllegalArgumentException(column + " cannot be asked for here");
        };
    }

    private FieldSql ofScore(Column column) {
        return switch (column) {
            case TRACE_ID -> text("r.trace_id");
            case OBSERVATION_ID -> text("r.observation_id");
            case DATASET_RUN_ID -> text("r.dataset_run_id");
            case SOURCE -> text("r.source");
            case DATA_TYPE -> text("r.data_type");
            case CONFIG_ID -> text("r.config_id");
            case STRING_VALUE -> text("r.string_value");
            case VALUE -> row(FieldSql.Type.NUMBER, Sql.of("r.value"));
            case FLAG_VALUE -> row(FieldSql.Type.FLAG, Sql.of("(r.value = 1)"));
            case OBSERVATION_NAME -> text(ofJudged("name"));
            case OBSERVATION_MODEL -> text(ofJudged("model"));
            case OBSERVATION_PROMPT_NAME -> text(ofJudged("prompt_name"));
            case OBSERVATION_PROMPT_VERSION -> row(FieldSql.Type.NUMBER, Sql.of(ofJudged("prompt_version")));
            default -> throw new IllegalArgumentException(column + " cannot be asked for here");
        };
    }

    /** One row's own figure, or name; null where it has none. */
    Sql measure(Measure measure) {
        return Sql.of(
                switch (measure) {
                    case COUNT -> "1";
                    case OBSERVATIONS -> "r.observations";
                    case SCORES -> joined(Join.SCORES, "coalesce(s.n, 0)");
                    case USER -> ofContext("user_id");
                    case SESSION -> ofContext("session_id");
                    case TRACE -> "r.trace_id";
                    case LATENCY -> millis("r.start_time", "r.end_time");
                    case STREAMING_LATENCY -> millis("r.completion_start_time", "r.end_time");
                    case TIME_TO_FIRST_TOKEN -> millis("r.start_time", "r.completion_start_time");
                    case INPUT_USAGE -> "r.input_usage";
                    case OUTPUT_USAGE -> "r.output_usage";
                    case TOTAL_USAGE -> "r.total_usage";
                    case OUTPUT_PER_SECOND -> perSecond("r.output_usage");
                    case TOTAL_PER_SECOND -> perSecond("r.total_usage");
                    case INPUT_COST -> FieldSql.costOf("input");
                    case OUTPUT_COST -> FieldSql.costOf("output");
                    case TOTAL_COST -> "r.total_cost";
                    case COST_OF_TYPE -> ofEntry(Join.COSTS, "value");
                    case USAGE_OF_TYPE -> ofEntry(Join.USAGES, "value");
                    case VALUE -> "r.value";
                });
    }

    private static String millis(String from, String to) {
        return "((epoch_us(" + to + ") - epoch_us(" + from + ")) / 1000.0)::DOUBLE";
    }

    private static String perSecond(String units) {
        return "(" + units + " * 1e6 / nullif(epoch_us(r.end_time) - epoch_us(r.start_time), 0))::DOUBLE";
    }

    /** What an observation may have been told itself, and else its trace was; a trace knows, and a session's score. */
    private String ofContext(String column) {
        if (view == MetricsView.TRACES) {
            return "r." + column;
        }
        boolean own = view == MetricsView.OBSERVATIONS || column.equals("session_id");
        return own ? "coalesce(r." + column + ", " + ofTrace(column) + ")" : ofTrace(column);
    }

    private String ofTrace(String column) {
        return joined(Join.TRACE, "t." + column);
    }

    private String ofJudged(String column) {
        return joined(Join.OBSERVATION, "o." + column);
    }

    private String ofEntry(Join join, String part) {
        return joined(join, "r.entry." + part);
    }

    private String joined(Join join, String expression) {
        joins.add(join);
        return expression;
    }

    private static FieldSql text(String expression) {
        return row(FieldSql.Type.TEXT, Sql.of(expression));
    }

    private static FieldSql row(FieldSql.Type type, Sql expression) {
        return new FieldSql(FieldSql.Place.ROW, type, expression);
    }
}
