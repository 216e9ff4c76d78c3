package dev.sonde.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import dev.sonde.server.ingest.Deletions;
import dev.sonde.server.model.Observation;
import dev.sonde.server.model.Score;
import dev.sonde.server.model.Trace;
import dev.sonde.server.query.EventQuery;
import dev.sonde.server.query.LangfuseFilters;
import dev.sonde.server.query.TimeRange;
import dev.sonde.server.storage.ObservationReader;
import dev.sonde.server.storage.ScoreReader;
import dev.sonde.server.storage.Storage;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code GET /api/public/traces} and {@code /traces/{traceId}}. */
final class TracesResource {

    private static final int MOST_DELETED = 1_000;
    private static final Set<String> GROUPS = Set.of("core", "io", "scores", "observations", "metrics");

    private final Storage storage;
    private final ModelPrices prices;
    private final Deletions deletions;

    TracesResource(Storage storage, ModelPrices prices, Deletions deletions) {
        this.deletions = deletions;
        this.storage = storage;
        this.prices = prices;
    }

    JsonNode list(Call call, Caller caller) {
        Set<String> groups = groups(call);
        Page page = Page.of(call);
        EventQuery query = new EventQuery(
                caller.project().id(),
                LangfuseFilters.traces(call::query, call::queryList),
                new TimeRange(call.queryTime("fromTimestamp"), call.queryTime("toTimestamp")),
                LangfuseFilters.order(call.query("orderBy")),
                page.slice(),
                groups.contains("io"));
        List<Trace> traces = storage.traces().find(query);
        Map<String, List<Score>> scores = groups.contains("scores") ? scoresOf(caller, traces) : Map.of();
        return page.answer(
                TraceJson.array(traces, trace -> listed(trace, groups, scores.getOrDefault(trace.id(), List.of()))),
                storage.traces().count(query));
    }

    JsonNode get(Call call, Caller caller) {
        String id = call.path("traceId");
        Set<String> groups = groups(call);
        Trace trace = storage.traces()
                .find(caller.project().id(), id)
                .orElseThrow(() -> HttpProblem.notFound("Trace " + id + " not found within authorized project"));
        boolean withPayload = groups.contains("io");
        ObjectNode json = withMetrics(TraceJson.trace(trace, withPayload), trace, groups);
        if (!withPayload) {
            json.set("metadata", Json.object());
        }
        ObservationReader observations = storage.observations();
        List<Observation> all =
                groups.contains("observations") ? observations.ofTrace(trace.projectId(), id, true) : List.of();
        json.set("observations", TraceJson.array(all, prices::observationOrZero));
        List<Score> scores =
                groups.contains("scores") ? storage.scores().ofTraces(trace.projectId(), List.of(id)) : List.of();
        json.set("scores", TraceJson.array(scores, TraceJson::score));
        return json;
    }

    HttpResponse delete(Call call, Caller caller) {
        return deleted(caller, Set.of(call.path("traceId")), "Trace deleted successfully");
    }

    HttpResponse deleteMany(Call call, Caller caller) {
        JsonNode body = call.json();
        body.fieldNames().forEachRemaining(name -> require(name.equals("traceIds"), name + ": is not known"));
        JsonNode said = body.path("traceIds");
        require(
                said.isArray() && !said.isEmpty() && said.size() <= MOST_DELETED,
                "traceIds: expected an array of 1 to " + MOST_DELETED + " ids");
        Set<String> ids = new HashSet<>();
        for (JsonNode id : said) {
            require(id.isTextual() && !id.asText().isEmpty(), "traceIds: expected texts");
            ids.add(id.asText());
        }
        return deleted(caller, ids, "Traces deleted successfully");
    }

    /** What is not there is deleted too: who asks twice is told the same. */
    private HttpResponse deleted(Caller caller, Set<String> ids, String message) {
        return HttpResponse.of(deletions
                .traces(caller.project().id(), ids)
                .thenApply(done -> Json.ok(Json.object().put("message", message))));
    }

    private static void require(boolean held, String rule) {
        if (!held) {
            throw HttpProblem.invalid(rule);
        }
    }

    private ObjectNode listed(Trace trace, Set<String> groups, List<Score> scores) {
        ObjectNode json = withMetrics(TraceJson.trace(trace, groups.contains("io")), trace, groups);
        List<String> ids = groups.contains("observations")
                ? storage.observations().ofTrace(trace.projectId(), trace.id(), false).stream()
                        .map(Observation::id)
                        .toList()
                : List.of();
        json.set("observations", Json.tree(ids));
        json.set("scores", Json.tree(scores.stream().map(Score::id).toList()));
        return json;
    }

    private Map<String, List<Score>> scoresOf(Caller caller, List<Trace> traces) {
        ScoreReader reader = storage.scores();
        return reader
                .ofTraces(caller.project().id(), traces.stream().map(Trace::id).toList())
                .stream()
                .filter(score -> score.target().traceId() != null)
                .collect(Collectors.groupingBy(
                        score -> String.valueOf(score.target().traceId())));
    }

    /** Excluded metrics are -1, not absent: clients require the fields. */
    private static ObjectNode withMetrics(ObjectNode json, Trace trace, Set<String> groups) {
        boolean wanted = groups.contains("metrics");
        json.put("htmlPath", TraceJson.htmlPath(trace));
        json.put("latency", wanted ? TraceJson.latencySeconds(trace) : -1);
        var cost = trace.totals().cost();
        if (!wanted) {
            return json.put("totalCost", -1);
        }
        return cost == null ? json.put("totalCost", 0) : json.put("totalCost", cost);
    }

    private static Set<String> groups(Call call) {
        Set<String> groups = new HashSet<>(call.queryList("fields"));
        groups.retainAll(GROUPS);
        return groups.isEmpty() ? GROUPS : groups;
    }
}
