package dev.sonde.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sonde.server.query.EventQuery;
import dev.sonde.server.query.LangfuseFilters;
import dev.sonde.server.query.Order;
import dev.sonde.server.query.TimeRange;
import dev.sonde.server.storage.Storage;

/** {@code GET /api/public/observations} and {@code /observations/{observationId}}. */
final class ObservationsResource {

    private final Storage storage;
    private final ModelPrices prices;

    ObservationsResource(Storage storage, ModelPrices prices) {
        this.storage = storage;
        this.prices = prices;
    }

    JsonNode list(Call call, Caller caller) {
        Page page = Page.of(call);
        EventQuery query = new EventQuery(
                caller.project().id(),
                LangfuseFilters.observations(call::query, call::queryList),
                new TimeRange(call.queryTime("fromStartTime"), call.queryTime("toStartTime")),
                Order.NEWEST_FIRST,
                page.slice(),
                true);
        return page.answer(
                TraceJson.array(storage.observations().find(query), prices::observation),
                storage.observations().count(query));
    }

    JsonNode get(Call call, Caller caller) {
        String id = call.path("observationId");
        return storage.observations()
                .find(caller.project().id(), id)
                .map(prices::observation)
                .orElseThrow(() -> HttpProblem.notFound("Observation " + id + " not found within authorized project"));
    }
}
