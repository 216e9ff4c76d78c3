package dev.sonde.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sonde.server.model.Trace;
import dev.sonde.server.query.Column;
import dev.sonde.server.query.EventQuery;
import dev.sonde.server.query.Field;
import dev.sonde.server.query.Filter;
import dev.sonde.server.query.Order;
import dev.sonde.server.query.Slice;
import dev.sonde.server.query.TimeRange;
import dev.sonde.server.storage.SessionReader;
import dev.sonde.server.storage.Storage;
import java.util.Comparator;
import java.util.List;

/** {@code GET /api/public/sessions} and {@code /sessions/{sessionId}}. */
final class SessionsResource {

    /** A session is answered whole; more traces than this are no conversation. */
    private static final int MOST_TRACES = 10_000;

    private final Storage storage;

    SessionsResource(Storage storage) {
        this.storage = storage;
    }

    JsonNode list(Call call, Caller caller) {
        Page page = Page.of(call);
        TimeRange created = new TimeRange(call.queryTime("fromTimestamp"), call.queryTime("toTimestamp"));
        List<String> environments = call.queryList("environment");
        SessionReader sessions = storage.sessions();
        String project = caller.project().id();
        return page.answer(
                TraceJson.array(sessions.find(project, created, environments, page.slice()), SessionsResource::session),
                sessions.count(project, created, environments));
    }

    JsonNode get(Call call, Caller caller) {
        String id = call.path("sessionId");
        Filter filter = new Filter.TextIs(Field.of(Column.SESSION_ID), Filter.TextMatch.EQUAL, id, false);
        List<Trace> traces = storage.traces()
                .find(new EventQuery(
                        caller.project().id(),
                        filter,
                        TimeRange.ALL,
                        Order.NEWEST_FIRST,
                        Slice.first(MOST_TRACES),
                        true));
        Trace first = traces.stream()
                .min(Comparator.comparing(Trace::createdAt))
                .orElseThrow(() -> HttpProblem.notFound("Session " + id + " not found within authorized project"));
        ObjectNode json =
                session(new SessionReader.Session(id, first.projectId(), first.createdAt(), first.environment()));
        json.set("traces", TraceJson.array(traces, trace -> TraceJson.trace(trace, true)));
        return json;
    }

    private static ObjectNode session(SessionReader.Session session) {
        return Json.object()
                .put("id", session.id())
                .put("createdAt", Json.time(session.createdAt()))
                .put("projectId", session.projectId())
                .put("environment", session.environment());
    }
}
