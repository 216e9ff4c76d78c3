package dev.sonde.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sonde.server.model.Trace;
import dev.sonde.server.query.Column;
import dev.sonde.server.query.EventQuery;
import dev.sonde.server.query.Field;
import dev.sonde.server.query.Filter;
import dev.sonde.server.query.Order;
import dev.sonde.server.query.Slice;
import dev.sonde.server.query.TimeRange;
import dev.sonde.server.storage.GroupReader;
import dev.sonde.server.storage.GroupReader.Group;
import dev.sonde.server.storage.GroupReader.Kind;
import dev.sonde.server.storage.Storage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sessions, users and traces by time, for the web pages. */
final class UiGroupsResource {

    private static final Map<String, GroupReader.Figure> SORTS = Map.of(
            "first", GroupReader.Figure.FIRST_SEEN,
            "last", GroupReader.Figure.LAST_SEEN,
            "traces", GroupReader.Figure.TRACES,
            "failed", GroupReader.Figure.FAILED,
            "tokens", GroupReader.Figure.USAGE,
            "cost", GroupReader.Figure.COST,
            "duration", GroupReader.Figure.DURATION);

    /** Of an input or output that is longer, a turn has the beginning; its trace has the whole. */
    private static final int LONGEST_SAID = 20_000;

    private static final int MOST_BUCKETS = 1_000;

    private static final int MOST_SCORES = 200;

    private static final Order OLDEST_FIRST = new Order(Field.of(Column.TIMESTAMP), false);

    private final Storage storage;
    private final UiQueries queries;

    UiGroupsResource(Storage storage, UiQueries queries) {
        this.storage = storage;
        this.queries = queries;
    }

    /** Sessions with what was said first and last. */
    JsonNode sessions(Call call) {
        return list(call, Kind.SESSION);
    }

    JsonNode users(Call call) {
        return list(call, Kind.USER);
    }

    JsonNode countSessions(Call call) {
        return count(call, Kind.SESSION);
    }

    JsonNode countUsers(Call call) {
        return count(call, Kind.USER);
    }

    /** One session as a row of the list, with its own scores. */
    JsonNode session(Call call) {
        String id = call.path("sessionId");
        ObjectNode json = one(call, Kind.SESSION, Column.SESSION_ID, id);
        EventQuery scores = new EventQuery(
                call.path("project"),
                is(Column.SESSION_ID, id),
                TimeRange.ALL,
                Order.NEWEST_FIRST,
                Slice.first(MOST_SCORES),
                false);
        json.set("scores", UiJson.scores(storage.scores().find(scores)));
        return json;
    }

    JsonNode user(Call call) {
        return one(call, Kind.USER, Column.USER_ID, call.path("userId"));
    }

    /** The traces of a session, oldest first, with what they were asked and what they answered. */
    JsonNode turns(Call call) {
        int limit = call.queryInt("limit", 50, 1, 200);
        Slice slice = UiQueries.slice(call.query("cursor"), limit + 1);
        Filter filter = is(Column.SESSION_ID, call.path("sessionId"));
        List<Trace> traces = storage.traces().find(queries.of(call, filter, OLDEST_FIRST, slice, true));
        ObjectNode json = Json.object();
        json.set("rows", TraceJson.array(traces.subList(0, Math.min(limit, traces.size())), UiGroupsResource::turn));
        return json.put("cursor", traces.size() <= limit ? null : UiQueries.offset(slice, limit));
    }

    /** The selected traces in spans of {@code seconds}, aligned to 1970. */
    JsonNode series(Call call) {
        Duration width = Duration.ofSeconds(call.queryInt("seconds", 3_600, 1, Integer.MAX_VALUE));
        EventQuery query = queries.of(call, Order.NEWEST_FIRST, Slice.first(MOST_BUCKETS + 1), false);
        List<GroupReader.Bucket> buckets = storage.groups().series(query, width);
        if (buckets.size() > MOST_BUCKETS) {
            throw HttpProblem.invalid(
                    "seconds: too short, makes more than " + MOST_BUCKETS + " spans of the time asked for");
        }
        ObjectNode json = Json.object();
        json.set(
                "buckets",
                TraceJson.array(
                        buckets,
                        bucket -> Json.object()
                                .put("start", Json.time(bucket.start()))
                                .put("traces", bucket.traces())
                                .put("failed", bucket.failed())
                                .put("totalUsage", bucket.totalUsage())
                                .put("cost", bucket.cost())));
        return json;
    }

    private JsonNode list(Call call, Kind kind) {
        int limit = call.queryInt("limit", 50, 1, 200);
        Slice slice = UiQueries.slice(call.query("cursor"), limit + 1);
        EventQuery query = queries.of(call, Order.NEWEST_FIRST, slice, false);
        List<Group> groups = storage.groups().find(query, kind, sort(call.query("order")));
        List<Group> page = groups.subList(0, Math.min(limit, groups.size()));
        ArrayNode rows = TraceJson.array(page, UiGroupsResource::row);
        if (kind == Kind.SESSION) {
            addWords(query.projectId(), page, rows);
        }
        ObjectNode json = Json.object();
        json.set("rows", rows);
        return json.put("cursor", groups.size() <= limit ? null : UiQueries.offset(slice, limit));
    }

    private JsonNode count(Call call, Kind kind) {
        EventQuery query = queries.of(call, Order.NEWEST_FIRST, Slice.first(1), false);
        return Json.object().put("count", storage.groups().count(query, kind));
    }

    private ObjectNode one(Call call, Kind kind, Column column, String id) {
        EventQuery query = queries.of(call, is(column, id), Order.NEWEST_FIRST, Slice.first(1), false);
        Group group = storage.groups().find(query, kind, sort(null)).stream()
                .findFirst()
                .orElseThrow(() -> HttpProblem.notFound("No trace of this project and time names " + id));
        ObjectNode json = Json.object();
        json.set(kind == Kind.SESSION ? "session" : "user", row(group));
        return json;
    }

    /** The first input and the last output of each session, read together. */
    private void addWords(String project, List<Group> groups, ArrayNode rows) {
        List<String> ids = new ArrayList<>();
        groups.forEach(group -> ids.addAll(List.of(group.firstTraceId(), group.lastTraceId())));
        if (ids.isEmpty()) {
            return;
        }
        Filter filter = new Filter.OneOf(Field.of(Column.ID), Filter.SetMatch.ANY_OF, ids);
        EventQuery query =
                new EventQuery(project, filter, TimeRange.ALL, Order.NEWEST_FIRST, Slice.first(ids.size()), true);
        Map<String, Trace> traces =
                storage.traces().find(query).stream().collect(Collectors.toMap(Trace::id, Function.identity()));
        for (int i = 0; i < groups.size(); i++) {
            Trace first = traces.get(groups.get(i).firstTraceId());
            Trace last = traces.get(groups.get(i).lastTraceId());
            ((ObjectNode) rows.get(i))
                    .put(
                            "firstInput",
                            first == null ? null : Previews.of(first.payload().input()))
                    .put(
                            "lastOutput",
                            last == null ? null : Previews.of(last.payload().output()));
        }
    }

    private static ObjectNode row(Group group) {
        ObjectNode json = Json.object()
                .put("id", group.id())
                .put("traces", group.traces())
                .put("failed", group.failed())
                .put("firstSeen", Json.time(group.firstSeen()))
                .put("lastSeen", Json.time(group.lastSeen()))
                .put(
                        "durationMs",
                        Duration.between(group.firstSeen(), group.lastEnd()).toMillis())
                .put("inputUsage", group.inputUsage())
                .put("outputUsage", group.outputUsage())
                .put("totalUsage", group.totalUsage())
                .put("cost", group.cost())
                .put("users", group.users())
                .put("sessions", group.sessions());
        json.set("userIds", Json.tree(group.userIds()));
        json.set("scores", Json.tree(new TreeMap<>(group.scores())));
        return json;
    }

    private static ObjectNode turn(Trace trace) {
        ObjectNode json = UiJson.row(trace);
        said(json, "input", trace.payload().input());
        said(json, "output", trace.payload().output());
        return json;
    }

    private static void said(ObjectNode json, String field, @Nullable String text) {
        String whole = text == null ? "" : text;
        json.put(field, text == null ? null : whole.substring(0, Math.min(whole.length(), LONGEST_SAID)));
        json.put(field + "Length", whole.length());
    }

    private static Filter is(Column column, String value) {
        return new Filter.TextIs(Field.of(column), Filter.TextMatch.EQUAL, value, false);
    }

    /** {@code cost.desc} and the like; without any, what was active last. */
    private static GroupReader.Sort sort(@Nullable String order) {
        if (order == null) {
            return new GroupReader.Sort(GroupReader.Figure.LAST_SEEN, true);
        }
        String[] parts = order.split("\\.", 2);
        GroupReader.Figure figure = SORTS.get(parts[0]);
        boolean directed = parts.length == 1 || parts[1].equals("asc") || parts[1].equals("desc");
        if (figure == null || !directed) {
            throw HttpProblem.invalid("order: " + order + " (expected: one of " + SORTS.keySet() + ", .asc or .desc)");
        }
        return new GroupReader.Sort(figure, parts.length == 1 || parts[1].equals("desc"));
    }
}
