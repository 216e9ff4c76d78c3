package dev.sonde.server.storage.duckdb;

import dev.sonde.server.model.EntityKey;
import dev.sonde.server.model.Payload;
import dev.sonde.server.model.Score;
import dev.sonde.server.storage.payload.PayloadRecord;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Scores in {@code scores}; they have no payload. */
final class ScoreTable implements EntityTable<Score> {

    @Override
    public PayloadRecord.Kind kind() {
        return PayloadRecord.Kind.SCORE;
    }

    @Override
    public Class<Score> type() {
        return Score.class;
    }

    @Override
    public String table() {
        return "scores";
    }

    @Override
    public String timeColumn() {
        return "timestamp";
    }

    @Override
    public String columns() {
        return "project, id, epoch_us(timestamp), name, trace_id, observation_id, session_id, dataset_run_id,"
                + " data_type, value, string_value, source, comment, author_user_id, config_id, queue_id,"
                + " execution_trace_id, metadata, environment, epoch_us(created_at), epoch_us(updated_at)";
    }

    @Override
    public EntityKey key(Score row) {
        return row.key();
    }

    @Override
    public Instant time(Score row) {
        return row.timestamp();
    }

    @Override
    public Payload payload(Score row) {
        return Payload.NONE;
    }

    @Override
    public Score withPayload(Score row, Payload payload) {
        return row;
    }

    @Override
    public void append(ColumnWriter to, Score s, @Nullable Long payload) throws SQLException {
        Score.Target target = s.target();
        Score.Details details = s.details();
        to.begin()
                .text(s.projectId())
                .text(s.id())
                .time(s.timestamp())
                .text(s.name())
                .text(target.traceId())
                .text(target.observationId())
                .text(target.sessionId())
                .text(target.datasetRunId())
                .constant(s.dataType())
                .decimal(s.value())
                .text(s.stringValue())
                .constant(s.source())
                .text(details.comment())
                .text(details.authorUserId())
                .text(details.configId())
                .text(details.queueId())
                .text(details.executionTraceId())
                .map(details.metadata())
                .text(s.environment())
                .time(s.createdAt())
                .time(s.updatedAt())
                .end();
    }

    @Override
    public Stored<Score> read(ColumnReader from) throws SQLException {
        String project = from.text();
        String id = from.text();
        Instant timestamp = from.time();
        String name = from.text();
        Score.Target target =
                new Score.Target(from.nullableText(), from.nullableText(), from.nullableText(), from.nullableText());
        Score.DataType dataType = from.constant(Score.DataType.class);
        double value = from.decimal();
        String stringValue = from.nullableText();
        Score.Source source = from.constant(Score.Source.class);
        Score.Details details = details(from);
        return new Stored<>(
                new Score(
                        project,
                        id,
                        name,
                        target,
                        dataType,
                        value,
                        stringValue,
                        source,
                        details,
                        timestamp,
                        from.text(),
                        from.time(),
                        from.time()),
                null);
    }

    private static Score.Details details(ColumnReader from) throws SQLException {
        String comment = from.nullableText();
        String author = from.nullableText();
        String config = from.nullableText();
        String queue = from.nullableText();
        String executionTrace = from.nullableText();
        Map<String, String> metadata = from.textMap();
        return new Score.Details(comment, author, config, queue, executionTrace, metadata);
    }
}
