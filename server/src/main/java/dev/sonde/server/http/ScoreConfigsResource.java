package dev.sonde.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import dev.sonde.server.model.ScoreConfig;
import dev.sonde.server.scores.ScoreConfigBody;
import dev.sonde.server.storage.ScoreConfigStore;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/** {@code /api/public/score-configs} and {@code /score-configs/{configId}}. */
final class ScoreConfigsResource {

    private final ScoreConfigStore store;
    private final Clock clock;

    ScoreConfigsResource(ScoreConfigStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    JsonNode list(Call call, Caller caller) {
        Page page = Page.of(call);
        String project = caller.project().id();
        return page.answer(
                TraceJson.array(store.list(project, page.slice()), ScoreConfigsResource::json), store.count(project));
    }

    JsonNode get(Call call, Caller caller) {
        String id = call.path("configId");
        return json(store.find(caller.project().id(), id).orElseThrow(() -> notFound(id)));
    }

    HttpResponse create(Call call, Caller caller) {
        ScoreConfig config = ScoreConfigBody.create(
                caller.project().id(), call.json(), clock.instant().truncatedTo(ChronoUnit.MICROS));
        store.create(config);
        return Json.ok(json(config));
    }

    HttpResponse change(Call call, Caller caller) {
        String id = call.path("configId");
        JsonNode body = call.json();
        return Json.ok(json(store.update(
                        caller.project().id(),
                        id,
                        before -> ScoreConfigBody.change(
                                before, body, clock.instant().truncatedTo(ChronoUnit.MICROS)))
                .orElseThrow(() -> notFound(id))));
    }

    private static HttpProblem notFound(String id) {
        return HttpProblem.notFound("Score config " + id + " not found within authorized project");
    }

    private static ObjectNode json(ScoreConfig config) {
        ObjectNode json = Json.object();
        json.put("id", config.id());
        json.put("projectId", config.projectId());
        json.put("name", config.name());
        json.put("dataType", config.dataType().name());
        json.put("isArchived", config.archived());
        json.put("minValue", config.minValue());
        json.put("maxValue", config.maxValue());
        json.set("categories", config.categories().isEmpty() ? null : Json.tree(config.categories()));
        json.put("description", config.description());
        json.put("createdAt", Json.time(config.createdAt()));
        json.put("updatedAt", Json.time(config.updatedAt()));
        return json;
    }
}
