package dev.sonde.server.storage.duckdb;

import dev.sonde.server.model.EntityKey;
import dev.sonde.server.model.Level;
import dev.sonde.server.model.Payload;
import dev.sonde.server.model.Trace;
import dev.sonde.server.model.TraceTotals;
import dev.sonde.server.storage.payload.PayloadRecord;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Traces with their totals and scores in {@code traces}. */
final class TraceTable implements EntityTable<Trace> {

    @Override
    public PayloadRecord.Kind kind() {
        return PayloadRecord.Kind.TRACE;
    }

    @Override
    public Class<Trace> type() {
        return Trace.class;
    }

    @Override
    public String table() {
        return "traces";
    }

    @Override
    public String timeColumn() {
        return "timestamp";
    }

    @Override
    public String columns() {
        return "project, id, epoch_us(timestamp), name, user_id, session_id, release, version, environment, tags,"
                + " public, bookmarked, observations, errors, warnings, epoch_us(start_time), epoch_us(end_time),"
                + " level, input_usage, output_usage, total_usage, total_cost, scores, categories,"
                + " epoch_us(created_at), epoch_us(updated_at), payload";
    }

    @Override
    public EntityKey key(Trace row) {
        return row.key();
    }

    @Override
    public Instant time(Trace row) {
        return row.timestamp();
    }

    @Override
    public Payload payload(Trace row) {
        return row.payload();
    }

    @Override
    public Trace withPayload(Trace t, Payload payload) {
        return new Trace(
                t.projectId(),
                t.id(),
                t.timestamp(),
                t.name(),
                t.userId(),
                t.sessionId(),
                t.release(),
                t.version(),
                t.environment(),
                t.tags(),
                t.isPublic(),
                t.bookmarked(),
                payload,
                t.totals(),
                t.createdAt(),
                t.updatedAt());
    }

    @Override
    public void append(ColumnWriter to, Trace t, @Nullable Long payload) throws SQLException {
        TraceTotals totals = t.totals();
        to.begin()
                .text(t.projectId())
                .text(t.id())
                .time(t.timestamp())
                .text(t.name())
                .text(t.userId())
                .text(t.sessionId())
                .text(t.release())
                .text(t.version())
                .text(t.environment())
                .texts(t.tags())
                .flag(t.isPublic())
                .flag(t.bookmarked())
                .integer(totals.observations())
                .integer(totals.errors())
                .integer(totals.warnings())
                .time(totals.start())
                .time(totals.end())
                .constant(totals.level())
                .number(totals.inputUsage())
                .number(totals.outputUsage())
                .number(totals.totalUsage())
                .money(totals.cost())
                .map(totals.scores())
                .map(totals.categories())
                .map(EntityTable.filterable(t.payload().metadata()))
                .time(t.createdAt())
                .time(t.updatedAt())
                .number(payload)
                .end();
    }

    @Override
    public Stored<Trace> read(ColumnReader from) throws SQLException {
        String project = from.text();
        String id = from.text();
        Instant timestamp = from.time();
        String name = from.nullableText();
        String userId = from.nullableText();
        String sessionId = from.nullableText();
        String release = from.nullableText();
        String version = from.nullableText();
        String environment = from.text();
        List<String> tags = from.texts();
        boolean isPublic = from.flag();
        boolean bookmarked = from.flag();
        TraceTotals totals = totals(from);
        Trace row = new Trace(
                project,
                id,
                timestamp,
                name,
                userId,
                sessionId,
                release,
                version,
                environment,
                tags,
                isPublic,
                bookmarked,
                Payload.NONE,
                totals,
                from.time(),
                from.time());
        return new Stored<>(row, from.nullableNumber());
    }

    private static TraceTotals totals(ColumnReader from) throws SQLException {
        return new TraceTotals(
                from.integer(),
                from.integer(),
                from.integer(),
                from.nullableTime(),
                from.nullableTime(),
                from.nullableConstant(Level.class),
                from.number(),
                from.number(),
                from.number(),
                from.nullableMoney(),
                from.decimalMap(),
                from.textMap());
    }
}
