package dev.sonde.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.linecorp.armeria.common.HttpResponse;
import dev.sonde.server.datasets.Datasets;
import dev.sonde.server.model.Dataset;
import dev.sonde.server.storage.DatasetStore;
import dev.sonde.server.storage.DatasetStore.ItemQuery;
import java.time.Instant;

/** {@code /api/public/dataset-items}. */
final class DatasetItemsResource {

    private final DatasetStore store;
    private final Datasets datasets;

    DatasetItemsResource(DatasetStore store, Datasets datasets) {
        this.store = store;
        this.datasets = datasets;
    }

    JsonNode list(Call call, Caller caller) {
        Page page = Page.of(call);
        String project = caller.project().id();
        String name = call.query("datasetName");
        Instant version = call.queryTime("version");
        if (version != null && name == null) {
            throw HttpProblem.invalid("version: needs a datasetName");
        }
        String datasetId = name == null
                ? null
                : store.find(project, name)
                        .map(Dataset::id)
                        .orElseThrow(() -> HttpProblem.notFound("Dataset not found"));
        ItemQuery query = new ItemQuery(
                project, datasetId, call.query("sourceTraceId"), call.query("sourceObservationId"), version, true);
        ArrayNode data = Json.array();
        store.items(query, page.slice()).forEach(item -> data.add(DatasetJson.item(item)));
        return page.answer(data, store.countItems(query));
    }

    JsonNode get(Call call, Caller caller) {
        return store.findItem(caller.project().id(), call.path("id"))
                .map(DatasetJson::item)
                .orElseThrow(() -> HttpProblem.notFound("Dataset item not found"));
    }

    HttpResponse save(Call call, Caller caller) {
        return Json.ok(datasets.saveItem(caller.project().id(), call.json())
                .map(DatasetJson::item)
                .orElseThrow(() -> HttpProblem.notFound("Dataset not found")));
    }

    HttpResponse delete(Call call, Caller caller) {
        if (!datasets.deleteItem(caller.project().id(), call.path("id"))) {
            throw HttpProblem.notFound("Dataset item not found");
        }
        return Json.ok(Json.object().put("message", "Dataset item successfully deleted"));
    }
}
