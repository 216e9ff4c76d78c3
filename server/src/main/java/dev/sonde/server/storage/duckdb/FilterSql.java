package dev.sonde.server.storage.duckdb;

import dev.sonde.server.query.EventQuery;
import dev.sonde.server.query.Field;
import dev.sonde.server.query.Filter;
import dev.sonde.server.query.TimeRange;
import dev.sonde.server.storage.duckdb.FieldSql.Subject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compiles a question about rows of one table: what they are selected by, wherever that stands. */
final class FilterSql implements ConditionSql.Fields {

    private final Subject subject;
    private final EventQuery query;
    private final PayloadSearch search;

    FilterSql(Subject subject, EventQuery query, PayloadSearch search) {
        this.subject = subject;
        this.query = query;
        this.search = search;
    }

    /** Project, time range and filter of the question, after {@code WHERE}. */
    Sql where() {
        Sql sql = Sql.of("project = ").value(query.projectId());
        String time = subject == Subject.OBSERVATIONS ? "start_time" : "timestamp";
        addRange(sql, time, query.range());
        if (!query.filter().equals(Filter.ALL)) {
            sql.add(" AND ").add(new ConditionSql(this).of(query.filter()));
        }
        return sql;
    }

    static void addRange(Sql sql, String column, TimeRange range) {
        if (range.from() != null) {
            sql.add(" AND " + column + " >= ").time(Times.bound(range.from()));
        }
        if (range.to() != null) {
            sql.add(" AND " + column + " < ").time(Times.bound(range.to()));
        }
    }

    @Override
    public FieldSql of(Field field) {
        return FieldSql.of(subject, field);
    }

    @Override
    public Sql at(Field field, Sql condition) {
        return switch (of(field).place()) {
            case ROW, PAYLOAD -> condition;
            case OBSERVATIONS_OF_TRACE -> anyObservation(condition);
            case TRACE_OF_OBSERVATION -> traceOf(condition, query.range().to());
            case TRACE_OF_SCORE -> traceOf(condition, null);
            case SCORES_OF_OBSERVATION -> scoreOf(field, condition);
        };
    }

    /** No observation starts before its trace, so the range's begin holds for both. */
    private Sql anyObservation(Sql condition) {
        TimeRange range = new TimeRange(query.range().from(), null);
        Sql sql = Sql.of("id IN (");
        for (String table : List.of("obs", ObservationTable.HOT)) {
            sql.add(table.equals("obs") ? "" : " UNION ALL ")
                    .add("SELECT trace_id FROM " + table + " WHERE project = ")
                    .value(query.projectId());
            addRange(sql, "start_time", range);
            sql.add(" AND ").add(condition);
        }
        return sql.add(")");
    }

    /**
     * @param before when the trace has begun at the latest, exclusive; null when it may begin after what is listed
     */
    private Sql traceOf(Sql condition, @Nullable Instant before) {
        Sql sql = Sql.of("trace_id IN (SELECT id FROM traces WHERE project = ").value(query.projectId());
        addRange(sql, "timestamp", new TimeRange(null, before));
        return sql.add(" AND ").add(condition).add(")");
    }

    private Sql scoreOf(Field field, Sql condition) {
        return Sql.of("id IN (SELECT observation_id FROM scores WHERE observation_id IS NOT NULL AND project = ")
                .value(query.projectId())
                .add(" AND name = ")
                .value(field.key() == null ? "" : field.key())
                .add(" AND ")
                .add(condition)
                .add(")");
    }

    @Override
    public Sql inPayload(PayloadSearch.Matcher matcher) {
        List<Long> found = search.find(query.projectId(), query.range(), matcher);
        Sql own = Sql.of("payload").inNumbers(found);
        return subject == Subject.TRACES
                ? Sql.of("(").add(own).add(" OR ").add(anyObservation(own)).add(")")
                : own;
    }
}
