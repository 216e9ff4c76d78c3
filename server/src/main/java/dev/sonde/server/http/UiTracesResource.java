package dev.sonde.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.sonde.server.accounts.Secrets;
import dev.sonde.server.model.Account;
import dev.sonde.server.model.Observation;
import dev.sonde.server.model.Score;
import dev.sonde.server.model.Trace;
import dev.sonde.server.query.Column;
import dev.sonde.server.query.EventQuery;
import dev.sonde.server.query.Facet;
import dev.sonde.server.query.Filter;
import dev.sonde.server.query.LangfuseFilters;
import dev.sonde.server.query.Order;
import dev.sonde.server.query.Slice;
import dev.sonde.server.query.TimeRange;
import dev.sonde.server.storage.Storage;
import java.util.List;
import java.util.Map;

/** Lists, facets and traces for the web pages. */
final class UiTracesResource {

    private static final Map<String, Column> FACETS = Map.of(
            "name", Column.NAME,
            "user", Column.USER_ID,
            "session", Column.SESSION_ID,
            "tag", Column.TAGS,
            "env", Column.ENVIRONMENT,
            "level", Column.LEVEL,
            "release", Column.RELEASE,
            "version", Column.VERSION);

    private final Storage storage;
    private final BrowserAuthentication browsers;
    private final ModelPrices prices;
    private final UiQueries queries;

    UiTracesResource(Storage storage, BrowserAuthentication browsers, ModelPrices prices, UiQueries queries) {
        this.storage = storage;
        this.browsers = browsers;
        this.prices = prices;
        this.queries = queries;
    }

    JsonNode list(Call call) {
        int limit = call.queryInt("limit", 50, 1, 500);
        Order order = LangfuseFilters.order(call.query("order"));
        Slice slice = UiQueries.slice(call.query("cursor"), limit + 1);
        List<Trace> traces = storage.traces().find(queries.of(call, order, slice, true));
        ArrayNode rows = TraceJson.array(traces.subList(0, Math.min(limit, traces.size())), UiJson::row);
        ObjectNode json = Json.object();
        json.set("rows", rows);
        return json.put(
                "cursor", traces.size() <= limit ? null : UiQueries.cursor(traces.get(limit - 1), order, slice, limit));
    }

    JsonNode count(Call call) {
        return Json.object()
                .put("count", storage.traces().count(queries.of(call, Order.NEWEST_FIRST, Slice.first(1), false)));
    }

    JsonNode facets(Call call) {
        EventQuery query = queries.of(call, Order.NEWEST_FIRST, Slice.first(call.queryInt("limit", 20, 1, 100)), false);
        ObjectNode json = Json.object();
        ObjectNode facets = json.putObject("facets");
        for (String name : call.queryList("fields")) {
            Column column = FACETS.get(name);
            if (column == null) {
                throw HttpProblem.invalid("fields: " + name + " (expected: some of " + FACETS.keySet() + ")");
            }
            List<Facet> found = storage.traces().facet(query, column);
            facets.set(name, Json.tree(found));
        }
        return json;
    }

    /** Where a trace is, for links that do not know its project. */
    JsonNode projectOf(Call call) {
        String id = call.path("traceId");
        return browsers.memberships(call).stream()
                .map(member -> member.project().id())
                .filter(project -> storage.traces().find(project, id).isPresent())
                .findFirst()
                .map(project -> Json.object().put("projectId", project))
                .orElseThrow(() -> HttpProblem.notFound("Trace " + id + " was not received in any project of yours"));
    }

    JsonNode trace(Call call) {
        Account.Membership member = browsers.member(call);
        Trace trace = find(member, call.path("traceId"));
        boolean running = storage.observations().ofTrace(trace.projectId(), trace.id(), false).stream()
                .anyMatch(observation -> observation.endTime() == null);
        ObjectNode json = Json.object();
        json.set(
                "trace",
                UiJson.trace(trace, running, storage.scores().ofTraces(trace.projectId(), List.of(trace.id()))));
        return json;
    }

    HttpResponse skeleton(Call call) {
        Account.Membership member = browsers.member(call);
        Trace trace = find(member, call.path("traceId"));
        String tag = '"'
                + Secrets.hash("", trace.updatedAt() + " " + trace.totals().observations())
                        .substring(0, 16)
                + '"';
        if (tag.equals(call.request().headers().get(HttpHeaderNames.IF_NONE_MATCH))) {
            return HttpResponse.of(ResponseHeaders.builder(HttpStatus.NOT_MODIFIED)
                    .add(HttpHeaderNames.ETAG, tag)
                    .build());
        }
        // metadata is needed for the thread's name
        List<Observation> rows = storage.observations().ofTrace(trace.projectId(), trace.id(), true);
        return HttpResponse.of(
                ResponseHeaders.builder(HttpStatus.OK)
                        .contentType(MediaType.JSON_UTF_8)
                        .add(HttpHeaderNames.ETAG, tag)
                        .add(HttpHeaderNames.CACHE_CONTROL, "private, no-cache")
                        .build(),
                HttpData.wrap(Json.bytes(Skeleton.of(rows))));
    }

    JsonNode observation(Call call) {
        Account.Membership member = browsers.member(call);
        String id = call.path("observationId");
        Observation observation = storage.observations()
                .find(member.project().id(), id)
                .orElseThrow(() -> HttpProblem.notFound("Observation " + id + " was not received in this project"));
        List<Score> scores = storage.scores().ofTraces(observation.projectId(), List.of(observation.traceId())).stream()
                .filter(score -> id.equals(score.target().observationId()))
                .toList();
        ObjectNode json = Json.object();
        json.set(
                "observation",
                UiJson.observation(observation, prices.find(observation).orElse(null), scores));
        return json;
    }

    JsonNode onboarding(Call call) {
        Account.Membership member = browsers.member(call);
        String project = member.project().id();
        boolean received = !storage.traces()
                .find(new EventQuery(project, Filter.ALL, TimeRange.ALL, Order.NEWEST_FIRST, Slice.first(1), false))
                .isEmpty();
        return Json.object()
                .put("host", call.origin())
                .put(
                        "publicKey",
                        storage.control().apiKeys(project).stream()
                                .map(key -> key.publicKey())
                                .findFirst()
                                .orElse(null))
                .put("tracesReceived", received);
    }

    private Trace find(Account.Membership member, String id) {
        return storage.traces()
                .find(member.project().id(), id)
                .orElseThrow(() -> HttpProblem.notFound("Trace " + id + " was not received in this project"));
    }
}
