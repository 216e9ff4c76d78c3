package dev.sonde.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import dev.sonde.server.ingest.Deletions;
import dev.sonde.server.model.Score;
import dev.sonde.server.model.Trace;
import dev.sonde.server.query.Column;
import dev.sonde.server.query.EventQuery;
import dev.sonde.server.query.Field;
import dev.sonde.server.query.Filter;
import dev.sonde.server.query.JsonFilters;
import dev.sonde.server.query.LangfuseFilters;
import dev.sonde.server.query.Order;
import dev.sonde.server.query.Slice;
import dev.sonde.server.query.TimeRange;
import dev.sonde.server.storage.Storage;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/public/v2/scores} and {@code /v2/scores/{scoreId}}; and without {@code v2} the same for scores of
 * traces alone, as the first generation of clients knows them.
 */
final class ScoresResource {

    private static final Set<String> GROUPS = Set.of("score", "trace");
    private static final Set<Column> OF_TRACE =
            EnumSet.of(Column.USER_ID, Column.TAGS, Column.TRACE_NAME, Column.RELEASE, Column.VERSION);

    /** What the first generation can read: corrections came later, and a trace was required. */
    private static final Filter OF_TRACES = new Filter.And(List.of(
            new Filter.Present(Field.of(Column.TRACE_ID), true),
            new Filter.OneOf(
                    Field.of(Column.DATA_TYPE), Filter.SetMatch.NONE_OF, List.of(Score.DataType.CORRECTION.name()))));

    private final Storage storage;
    private final Deletions deletions;

    ScoresResource(Storage storage, Deletions deletions) {
        this.storage = storage;
        this.deletions = deletions;
    }

    JsonNode list(Call call, Caller caller) {
        boolean withTrace = withTrace(call);
        Page page = Page.of(call);
        EventQuery query = query(call, caller, page, filter(call));
        List<Score> scores = storage.scores().find(query);
        Map<String, Trace> traces = withTrace ? tracesOf(caller, scores) : Map.of();
        return page.answer(
                TraceJson.array(scores, score -> {
                    ObjectNode json = TraceJson.anyScore(score);
                    if (withTrace) {
                        Trace trace = judged(score, traces);
                        json.set("trace", trace == null ? null : trace(trace).put("sessionId", trace.sessionId()));
                    }
                    return json;
                }),
                storage.scores().count(query));
    }

    JsonNode get(Call call, Caller caller) {
        return TraceJson.anyScore(find(call, caller));
    }

    JsonNode listOfTraces(Call call, Caller caller) {
        Page page = Page.of(call);
        EventQuery query = query(call, caller, page, Filter.and(OF_TRACES, filter(call)));
        List<Score> scores = storage.scores().find(query);
        Map<String, Trace> traces = tracesOf(caller, scores);
        return page.answer(
                TraceJson.array(scores, score -> {
                    Trace trace = judged(score, traces);
                    return TraceJson.score(score).set("trace", trace == null ? null : trace(trace));
                }),
                storage.scores().count(query));
    }

    JsonNode getOfTrace(Call call, Caller caller) {
        Score score = find(call, caller);
        if (score.target().traceId() == null || score.dataType() == Score.DataType.CORRECTION) {
            throw notFound(score.id());
        }
        return TraceJson.score(score);
    }

    private Score find(Call call, Caller caller) {
        String id = call.path("scoreId");
        return storage.scores().find(caller.project().id(), id).orElseThrow(() -> notFound(id));
    }

    HttpResponse delete(Call call, Caller caller) {
        return HttpResponse.of(deletions
                .score(caller.project().id(), call.path("scoreId"))
                .thenApply(done -> Json.of(
                        HttpStatus.ACCEPTED, Json.object().put("message", "Score deletion queued successfully"))));
    }

    private static HttpProblem notFound(String id) {
        return HttpProblem.notFound("Score " + id + " not found within authorized project");
    }

    private static EventQuery query(Call call, Caller caller, Page page, Filter filter) {
        return new EventQuery(
                caller.project().id(),
                filter,
                new TimeRange(call.queryTime("fromTimestamp"), call.queryTime("toTimestamp")),
                Order.NEWEST_FIRST,
                page.slice(),
                false);
    }

    private static Filter filter(Call call) {
        requireOneOf("source", call.query("source"), Score.Source.values());
        requireOneOf("dataType", call.query("dataType"), Score.DataType.values());
        return LangfuseFilters.scores(call::query, call::queryList);
    }

    private static void requireOneOf(String parameter, @Nullable String value, Enum<?>[] known) {
        if (value != null && Arrays.stream(known).noneMatch(one -> one.name().equals(value))) {
            throw HttpProblem.invalid(parameter + ": " + value + " (expected: one of " + Arrays.toString(known) + ")");
        }
    }

    /** Whether the traces are wanted; who asks by a trace's field must want them. */
    private static boolean withTrace(Call call) {
        Set<String> groups = new HashSet<>(call.queryList("fields"));
        if (groups.isEmpty()) {
            return true;
        }
        if (!GROUPS.containsAll(groups) || !groups.contains("score")) {
            throw HttpProblem.invalid("fields: expected score, or score and trace");
        }
        String filter = call.query("filter");
        Set<Column> filtered =
                filter == null ? Set.of() : JsonFilters.parse(filter).columns();
        boolean byTrace = call.query("userId") != null
                || !call.queryList("traceTags").isEmpty()
                || filtered.stream().anyMatch(OF_TRACE::contains);
        if (byTrace && !groups.contains("trace")) {
            throw HttpProblem.invalid("fields: expected trace too, for the scores are filtered by their trace");
        }
        return groups.contains("trace");
    }

    private Map<String, Trace> tracesOf(Caller caller, List<Score> scores) {
        List<String> ids = scores.stream()
                .map(score -> score.target().traceId())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        Map<String, Trace> traces = new HashMap<>();
        if (!ids.isEmpty()) {
            Filter filter = new Filter.OneOf(Field.of(Column.ID), Filter.SetMatch.ANY_OF, ids);
            storage.traces()
                    .find(new EventQuery(
                            caller.project().id(),
                            filter,
                            TimeRange.ALL,
                            Order.NEWEST_FIRST,
                            Slice.first(ids.size()),
                            false))
                    .forEach(trace -> traces.put(trace.id(), trace));
        }
        return traces;
    }

    private static @Nullable Trace judged(Score score, Map<String, Trace> traces) {
        String id = score.target().traceId();
        return id == null ? null : traces.get(id);
    }

    private static ObjectNode trace(Trace trace) {
        ObjectNode json = Json.object().put("userId", trace.userId()).put("environment", trace.environment());
        json.set("tags", Json.tree(trace.tags()));
        return json;
    }
}
