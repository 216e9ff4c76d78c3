package dev.sonde.server.ingest;

import dev.sonde.server.model.EntityKey;
import dev.sonde.server.model.Level;
import dev.sonde.server.model.ModelUse;
import dev.sonde.server.model.Observation;
import dev.sonde.server.model.ObservationType;
import dev.sonde.server.model.Payload;
import dev.sonde.server.model.Score;
import dev.sonde.server.model.Trace;
import dev.sonde.server.model.TraceContext;
import dev.sonde.server.model.TraceTotals;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Folds fragments of one id onto its stored state. What comes late does not undo what was said after it, as far as
 * {@link Said} remembers, and a fragment that comes twice changes nothing. Within one metadata value, nested keys of
 * values that arrive out of order are merged as if the one that arrived last were one fragment.
 */
final class Merger {

    private static final String DEFAULT_ENVIRONMENT = "default";

    private Merger() {}

    /** The trace after these fragments, ordered by time; totals are as before. */
    static Trace trace(@Nullable Trace before, List<Fragment> fragments, Said said, Instant now) {
        Fragment first = fragments.get(0);
        Values values = new Values(fold(before == null ? new EnumMap<>(Part.class) : parts(before), fragments, said));
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
    static Observation observation(@Nullable Observation before, List<Fragment> fragments, Said said, Instant now) {
        Fragment first = fragments.get(0);
        EntityKey key = first.key();
        Map<Part, @Nullable Object> state = before == null ? new EnumMap<>(Part.class) : parts(before);
        if (said.isUnsaid(Part.USAGE)) {
            state.remove(Part.USAGE); // it was counted from a text that may change now
        }
        Values values = new Values(fold(state, fragments, said));
        Instant end = values.find(Part.END_TIME);
        Instant start = values.get(Part.START_TIME, earliest(first.at(), end, before));
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

    /** The score after these fragments, ordered by time: it keeps when it was first given, to what, and where. */
    static Score score(@Nullable Score before, List<Fragment> fragments, Said said, Instant now) {
        Fragment first = fragments.get(0);
        Values values = new Values(fold(before == null ? new EnumMap<>(Part.class) : parts(before), fragments, said));
        Score latest = Objects.requireNonNull(values.<Score>find(Part.SCORE), "score");
        Score.Target target = values.get(Part.TARGET, latest.target());
        return new Score(
                first.key().projectId(),
                first.key().id(),
                latest.name(),
                target.traceId() == null
                        ? latest.target()
                        : new Score.Target(target.traceId(), latest.target().observationId(), null, null),
                latest.dataType(),
                latest.value(),
                latest.stringValue(),
                latest.source(),
                new Score.Details(
                        values.find(Part.COMMENT),
                        values.find(Part.AUTHOR_ID),
                        values.find(Part.CONFIG_ID),
                        values.find(Part.QUEUE_ID),
                        values.find(Part.EXECUTION_TRACE_ID),
                        values.get(Part.METADATA, Map.<String, String>of())),
                values.get(Part.TIMESTAMP, first.at()),
                values.get(Part.ENVIRONMENT, DEFAULT_ENVIRONMENT),
                before == null ? now : before.createdAt(),
                now);
    }

    /** Where nobody said when it began: the earliest time known of it. */
    private static Instant earliest(Instant at, @Nullable Instant end, @Nullable Observation before) {
        Instant earliest = end != null && end.isBefore(at) ? end : at;
        return before != null && before.startTime().isBefore(earliest) ? before.startTime() : earliest;
    }

    private static Map<Part, @Nullable Object> fold(
            Map<Part, @Nullable Object> state, List<Fragment> fragments, Said said) {
        for (Fragment fragment : fragments) {
            fragment.parts().forEach((part, value) -> {
                if (part == Part.METADATA) {
                    state.put(part, metadata(state.get(part), value, said, fragment.order()));
                } else {
                    state.put(part, merged(part, state.get(part), value, said, fragment.order()));
                }
            });
        }
        return state;
    }

    private static @Nullable Object merged(
            Part part, @Nullable Object before, @Nullable Object value, Said said, long order) {
        Object known = said.isUnsaid(part) ? null : before;
        Object after = said.isLater(part, order) ? part.mergedUnder(known, value) : part.merged(known, value);
        if (part.says(value)) {
            said.note(part, order);
        }
        return after;
    }

    private static Map<String, String> metadata(
            @Nullable Object before, @Nullable Object value, Said said, long order) {
        Map<String, String> all = new LinkedHashMap<>();
        texts(before).forEach(all::put);
        texts(value).forEach((key, text) -> {
            boolean late = said.isLater(key, order);
            all.merge(key, text, (known, more) -> late ? Metadata.merged(more, known) : Metadata.merged(known, more));
            said.note(key, order);
        });
        return all;
    }

    @SuppressWarnings("unchecked") // only METADATA is read so, and only maps of strings are put there
    private static Map<String, String> texts(@Nullable Object value) {
        return value == null ? Map.of() : (Map<String, String>) value;
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
        parts.put(Part.APP_ROOT, o.context().appRoot());
        putPayload(parts, o.payload());
        return parts;
    }

    private static Map<Part, @Nullable Object> parts(Score score) {
        Map<Part, @Nullable Object> parts = new EnumMap<>(Part.class);
        parts.put(Part.SCORE, score);
        parts.put(Part.TARGET, score.target());
        parts.put(Part.TIMESTAMP, score.timestamp());
        parts.put(Part.ENVIRONMENT, score.environment());
        parts.put(Part.COMMENT, score.details().comment());
        parts.put(Part.AUTHOR_ID, score.details().authorUserId());
        parts.put(Part.CONFIG_ID, score.details().configId());
        parts.put(Part.QUEUE_ID, score.details().queueId());
        parts.put(Part.EXECUTION_TRACE_ID, score.details().executionTraceId());
        parts.put(Part.METADATA, score.details().metadata());
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
                    get(Part.TAGS, List.<String>of()),
                    get(Part.APP_ROOT, false));
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
