package dev.sonde.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sonde.server.model.Observation;
import dev.sonde.server.model.Trace;
import dev.sonde.server.query.Column;
import dev.sonde.server.query.EventQuery;
import dev.sonde.server.query.Field;
import dev.sonde.server.query.Filter;
import dev.sonde.server.query.LangfuseFilters;
import dev.sonde.server.query.Order;
import dev.sonde.server.query.Slice;
import dev.sonde.server.query.TimeRange;
import dev.sonde.server.storage.Storage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code GET /api/public/v2/observations}: pages by cursor, fields in groups, texts as they were sent. */
final class ObservationsV2Resource {

    private static final Set<String> USUAL_GROUPS = Set.of("core", "basic");

    private final Storage storage;
    private final ModelPrices prices;

    ObservationsV2Resource(Storage storage, ModelPrices prices) {
        this.storage = storage;
        this.prices = prices;
    }

    JsonNode list(Call call, Caller caller) {
        if (call.queryBoolean("parseIoAsJson", false)) {
            throw HttpProblem.invalid("parseIoAsJson: input and output are answered as text only");
        }
        Set<String> groups = groups(call);
        int limit = call.queryInt("limit", 50, 1, 1_000);
        List<Observation> found = storage.observations()
                .find(new EventQuery(
                        caller.project().id(),
                        filter(call),
                        new TimeRange(call.queryTime("fromStartTime"), call.queryTime("toStartTime")),
                        Order.NEWEST_FIRST,
                        new Slice(limit + 1, 0, Cursors.parse(call.query("cursor"))),
                        groups.contains("io") || groups.contains("metadata")));
        List<Observation> page = found.subList(0, Math.min(limit, found.size()));
        ObjectNode meta = Json.object();
        if (found.size() > limit) {
            Observation last = page.get(limit - 1);
            meta.put("cursor", Cursors.after(last.startTime(), last.id()));
        }
        Map<String, Trace> traces = groups.contains("basic") || groups.contains("trace_context")
                ? tracesOf(caller.project().id(), page)
                : Map.of();
        ObservationV2Json json =
                new ObservationV2Json(groups, Set.copyOf(call.queryList("expandMetadata")), traces, prices);
        ObjectNode answer = Json.object();
        answer.set("data", TraceJson.array(page, json::of));
        answer.set("meta", meta);
        return answer;
    }

    private static Set<String> groups(Call call) {
        Set<String> groups = new HashSet<>(call.queryList("fields"));
        groups.retainAll(ObservationV2Json.GROUPS);
        return groups.isEmpty() ? USUAL_GROUPS : groups;
    }

    /** An empty parent asks for observations without one. */
    private static Filter filter(Call call) {
        boolean withoutParent =
                call.queryNames().contains("parentObservationId") && call.query("parentObservationId") == null;
        String root = call.query("isRootObservation");
        return LangfuseFilters.observationsV2(
                call::query,
                call::queryList,
                withoutParent,
                root == null ? null : (Boolean) call.queryBoolean("isRootObservation", false));
    }

    /** No trace begins after its observations. */
    private Map<String, Trace> tracesOf(String project, List<Observation> page) {
        Map<String, Trace> traces = new HashMap<>();
        if (!page.isEmpty()) {
            List<String> ids =
                    page.stream().map(Observation::traceId).distinct().toList();
            Instant last = page.get(0).startTime().plus(1, ChronoUnit.MICROS);
            storage.traces()
                    .find(new EventQuery(
                            project,
                            new Filter.OneOf(Field.of(Column.ID), Filter.SetMatch.ANY_OF, ids),
                            new TimeRange(null, last),
                            Order.NEWEST_FIRST,
                            Slice.first(ids.size()),
                            false))
                    .forEach(trace -> traces.put(trace.id(), trace));
        }
        return traces;
    }
}
