package dev.sonde.server.ingest;

import dev.sonde.server.model.EntityKey;
import dev.sonde.server.model.Level;
import dev.sonde.server.model.ModelUse;
import dev.sonde.server.model.Observation;
import dev.sonde.server.model.ObservationType;
import dev.sonde.server.model.Payload;
import dev.sonde.server.model.Trace;
import dev.sonde.server.model.TraceContext;
import dev.sonde.server.model.TraceTotals;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Folds fragments of one id onto its stored state. Pure: the same state and fragments give the same result, whatever
 * their order of arrival within a group, and a fragment that comes twice changes nothing.
 */
final class Merger {

    private static final String DEFAULT_ENVIRONMENT = "default";

    private Merger() {}

    /** The trace after these fragments, ordered by time; totals are as before. */
    static Trace trace(@Nullable Trace before, List<Fragment> fragments, Instant now) {
        Fragment first = fragments.get(0);
        Values values = new Values(fold(before == null ? new EnumMap<>(Part.class) : parts(before), fragments));
        return new Trace(
                first.key().projectId(),
                first.key().id(),
                values.get(Part.TIMESTAMP, first.at()),
                values.find(Part.NAME),
                values.find(Part.USER_ID),
                values.find(Part.SESSION_ID),
                values.find(Part.RELEASE),
                values.find(Part.VERSION),
                values.get(Part.ENVIRONMENT, DEFAULT_ENVIRONMENT),
                values.get(Part.TAGS, List.<String>of()),
                values.get(Part.PUBLIC, false),
                before != null && before.bookmarked(),
                values.payload(),
                before == null ? TraceTotals.NONE : before.totals(),
                before == null ? now : before.createdAt(),
                now);
    }

    /** The observation after these fragments, ordered by time; usage and cost are as sent, not priced yet. */
    static Observation observation(@Nullable Observation before, List<Fragment> fragments, Instant now) {
        Fragment first = fragments.get(0);
        EntityKey key = first.key();
        Values values = new Values(fold(before == null ? new EnumMap<>(Part.class) : parts(before), fragments));
        Instant start = values.get(Part.START_TIME, first.at());
        Instant end = values.find(Part.END_TIME);
        return new Observation(
                key.projectId(),
                key.id(),
                values.get(Part.TRACE_ID, key.id()),
                values.find(Part.PARENT_ID),
                values.get(Part.TYPE, ObservationType.SPAN),
                values.find(Part.NAME),
                start,
                end != null && end.isBefore(start) ? start : end,
                values.find(Part.COMPLETION_START_TIME),
                values.get(Part.LEVEL, Level.DEFAULT),
                values.find(Part.STATUS_MESSAGE),
                values.find(Part.VERSION),
                values.get(Part.ENVIRONMENT, DEFAULT_ENVIRONMENT),
                values.model(),
                values.find(Part.PROMPT),
                values.context(),
                values.payload(),
                before == null ? now : before.createdAt(),
                now);
    }

    private static Map<Part, @Nullable Object> fold(Map<Part, @Nullable Object> state, List<Fragment> fragments) {
        for (Fragment fragment : fragments) {
            fragment.parts().forEach((part, said) -> state.put(part, part.merged(state.get(part), said)));
        }
        return state;
    }

    private static Map<Part, @Nullable Object> parts(Trace trace) {
        Map<Part, @Nullable Object> parts = new EnumMap<>(Part.class);
        parts.put(Part.TIMESTAMP, trace.timestamp());
        parts.put(Part.NAME, trace.name());
        parts.put(Part.USER_ID, trace.userId());
        parts.put(Part.SESSION_ID, trace.sessionId());
        parts.put(Part.RELEASE, trace.release());
        parts.put(Part.VERSION, trace.version());
        parts.put(Part.ENVIRONMENT, trace.environment());
        parts.put(Part.TAGS, trace.tags());
        parts.put(Part.PUBLIC, trace.isPublic());
        putPayload(parts, trace.payload());
        return parts;
    }

    private static Map<Part, @Nullable Object> parts(Observation o) {
        Map<Part, @Nullable Object> parts = new EnumMap<>(Part.class);
        parts.put(Part.TRACE_ID, o.traceId());
        parts.put(Part.PARENT_ID, o.parentId());
        parts.put(Part.TYPE, o.type());
        parts.put(Part.NAME, o.name());
        parts.put(Part.START_TIME, o.startTime());
        parts.put(Part.END_TIME, o.endTime());
        parts.put(Part.COMPLETION_START_TIME, o.completionStartTime());
        parts.put(Part.LEVEL, o.level());
        parts.put(Part.STATUS_MESSAGE, o.statusMessage());
        parts.put(Part.VERSION, o.version());
        parts.put(Part.ENVIRONMENT, o.environment());
        parts.put(Part.MODEL, o.model().providedModel());
        parts.put(Part.MODEL_PARAMETERS, o.model().parametersJson());
        parts.put(Part.USAGE, o.model().usage());
        if (o.model().costProvided()) {
            parts.put(Part.COST, o.model().cost());
        }
        parts.put(Part.PROMPT, o.prompt());
        parts.put(Part.TRACE_NAME, o.context().traceName());
        parts.put(Part.USER_ID, o.context().userId());
        parts.put(Part.SESSION_ID, o.context().sessionId());
        parts.put(Part.RELEASE, o.context().release());
        parts.put(Part.TAGS, o.context().tags());
        putPayload(parts, o.payload());
        return parts;
    }

    private static void putPayload(Map<Part, @Nullable Object> parts, Payload payload) {
        parts.put(Part.INPUT, payload.input());
        parts.put(Part.OUTPUT, payload.output());
        parts.put(Part.METADATA, payload.metadata());
    }

    /** Folded parts, read back by type. */
    private record Values(Map<Part, @Nullable Object> parts) {

        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // each part holds the type its comment names
        <T> @Nullable T find(Part part) {
            return (T) parts.get(part);
        }

        <T> T get(Part part, T otherwise) {
            T found = find(part);
            return found == null ? otherwise : found;
        }

        Payload payload() {
            return new Payload(find(Part.INPUT), find(Part.OUTPUT), get(Part.METADATA, Map.<String, String>of()));
        }

        TraceContext context() {
            return new TraceContext(
                    find(Part.TRACE_NAME),
                    find(Part.USER_ID),
                    find(Part.SESSION_ID),
                    find(Part.RELEASE),
                    get(Part.TAGS, List.<String>of()));
        }

        ModelUse model() {
            Map<String, BigDecimal> cost = Part.decimals(parts.get(Part.COST));
            return new ModelUse(
                    find(Part.MODEL),
                    null,
                    null,
                    find(Part.MODEL_PARAMETERS),
                    Objects.requireNonNullElse(this.<Map<String, Long>>find(Part.USAGE), Map.of()),
                    cost,
                    !cost.isEmpty());
        }
    }
}
