package dev.sonde.server.storage.duckdb;

import dev.sonde.server.model.EntityKey;
import dev.sonde.server.model.Level;
import dev.sonde.server.model.ModelUse;
import dev.sonde.server.model.Observation;
import dev.sonde.server.model.ObservationType;
import dev.sonde.server.model.Payload;
import dev.sonde.server.model.PromptLink;
import dev.sonde.server.model.TraceContext;
import dev.sonde.server.storage.payload.PayloadRecord;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Observations in {@code obs}, and in {@code obs_hot} while they are open. */
final class ObservationTable implements EntityTable<Observation> {

    static final String HOT = "obs_hot";

    @Override
    public PayloadRecord.Kind kind() {
        return PayloadRecord.Kind.OBSERVATION;
    }

    @Override
    public Class<Observation> type() {
        return Observation.class;
    }

    @Override
    public String table() {
        return "obs";
    }

    @Override
    public List<String> tables() {
        return List.of("obs", HOT);
    }

    @Override
    public String timeColumn() {
        return "start_time";
    }

    @Override
    public String columns() {
        return "project, id, trace_id, parent_id, type, name, epoch_us(start_time), epoch_us(end_time),"
                + " epoch_us(completion_start_time), level, status_message, version, environment, model, model_id,"
                + " pricing_tier, parameters, usage, cost, cost_provided, prompt_id, prompt_name, prompt_version,"
                + " trace_name, user_id, session_id, release, tags, app_root, epoch_us(created_at), epoch_us(updated_at), payload";
    }

    @Override
    public EntityKey key(Observation row) {
        return row.key();
    }

    @Override
    public Instant time(Observation row) {
        return row.startTime();
    }

    @Override
    public Payload payload(Observation row) {
        return row.payload();
    }

    @Override
    public Observation withPayload(Observation o, Payload payload) {
        return new Observation(
                o.projectId(),
                o.id(),
                o.traceId(),
                o.parentId(),
                o.type(),
                o.name(),
                o.startTime(),
                o.endTime(),
                o.completionStartTime(),
                o.level(),
                o.statusMessage(),
                o.version(),
                o.environment(),
                o.model(),
                o.prompt(),
                o.context(),
                payload,
                o.createdAt(),
                o.updatedAt());
    }

    @Override
    public void append(ColumnWriter to, Observation o, @Nullable Long payload) throws SQLException {
        ModelUse model = o.model();
        PromptLink prompt = o.prompt();
        TraceContext context = o.context();
        to.begin()
                .text(o.projectId())
                .text(o.id())
                .text(o.traceId())
                .text(o.parentId())
                .constant(o.type())
                .text(o.name())
                .time(o.startTime())
                .time(o.endTime())
                .time(o.completionStartTime())
                .constant(o.level())
                .text(o.statusMessage())
                .text(o.version())
                .text(o.environment())
                .text(model.providedModel())
                .text(model.modelId())
                .text(model.pricingTierName())
                .text(model.parametersJson())
                .map(model.usage())
                .moneyMap(model.cost())
                .flag(model.costProvided())
                .number(model.usageOf("input"))
                .number(model.usageOf("output"))
                .number(model.totalUsage())
                .money(model.totalCost())
                .text(prompt == null ? null : prompt.id())
                .text(prompt == null ? null : prompt.name())
                .integer(prompt == null ? null : (Integer) prompt.version())
                .text(context.traceName())
                .text(context.userId())
                .text(context.sessionId())
                .text(context.release())
                .texts(context.tags())
                .map(EntityTable.filterable(o.payload().metadata()))
                .time(o.createdAt())
                .time(o.updatedAt())
                .number(payload)
                .flag(context.appRoot())
                .end();
    }

    @Override
    public Stored<Observation> read(ColumnReader from) throws SQLException {
        String project = from.text();
        String id = from.text();
        String traceId = from.text();
        String parentId = from.nullableText();
        ObservationType type = from.constant(ObservationType.class);
        String name = from.nullableText();
        Instant startTime = from.time();
        Instant endTime = from.nullableTime();
        Instant completionStartTime = from.nullableTime();
        Level level = from.constant(Level.class);
        String statusMessage = from.nullableText();
        String version = from.nullableText();
        String environment = from.text();
        ModelUse model = model(from);
        PromptLink prompt = prompt(from);
        TraceContext context = context(from);
        Observation row = new Observation(
                project,
                id,
                traceId,
                parentId,
                type,
                name,
                startTime,
                endTime,
                completionStartTime,
                level,
                statusMessage,
                version,
                environment,
                model,
                prompt,
                context,
                Payload.NONE,
                from.time(),
                from.time());
        return new Stored<>(row, from.nullableNumber());
    }

    private static ModelUse model(ColumnReader from) throws SQLException {
        String model = from.nullableText();
        String modelId = from.nullableText();
        String tier = from.nullableText();
        String parameters = from.nullableText();
        Map<String, Long> usage = from.numberMap();
        Map<String, BigDecimal> cost = from.moneyMap();
        return new ModelUse(model, modelId, tier, parameters, usage, cost, from.flag());
    }

    private static @Nullable PromptLink prompt(ColumnReader from) throws SQLException {
        String id = from.nullableText();
        String name = from.nullableText();
        Integer version = from.nullableInteger();
        return name == null || version == null ? null : new PromptLink(id, name, version);
    }

    private static TraceContext context(ColumnReader from) throws SQLException {
        String name = from.nullableText();
        String user = from.nullableText();
        String session = from.nullableText();
        String release = from.nullableText();
        List<String> tags = from.texts();
        return new TraceContext(name, user, session, release, tags, from.flag());
    }
}
