package dev.sonde.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import dev.sonde.server.datasets.Datasets;
import dev.sonde.server.model.Dataset;
import dev.sonde.server.query.Slice;
import dev.sonde.server.storage.DatasetRunStore;
import dev.sonde.server.storage.DatasetStore;
import dev.sonde.server.storage.DatasetStore.ItemQuery;
import java.util.Optional;

/**
 * {@code /api/public/v2/datasets}; and {@code /api/public/datasets}, where clients of the first generation find items
 * and runs in the dataset itself.
 */
final class DatasetsResource {

    /** What the first generation is told of one dataset: it knows no pages. */
    private static final int MOST_EMBEDDED = 10_000;

    private final DatasetStore store;
    private final DatasetRunStore runs;
    private final Datasets datasets;

    DatasetsResource(DatasetStore store, DatasetRunStore runs, Datasets datasets) {
        this.store = store;
        this.runs = runs;
        this.datasets = datasets;
    }

    JsonNode list(Call call, Caller caller) {
        Page page = Page.of(call);
        ArrayNode data = Json.array();
        store.list(caller.project().id(), page.slice()).forEach(dataset -> data.add(DatasetJson.dataset(dataset)));
        return page.answer(data, store.count(caller.project().id()));
    }

    JsonNode get(Call call, Caller caller) {
        return find(caller, call.path("name"))
                .map(DatasetJson::dataset)
                .orElseThrow(() -> HttpProblem.notFound("Dataset not found"));
    }

    HttpResponse save(Call call, Caller caller) {
        return Json.ok(DatasetJson.dataset(datasets.save(caller.project().id(), call.json())));
    }

    JsonNode listWithIds(Call call, Caller caller) {
        Page page = Page.of(call);
        ArrayNode data = Json.array();
        store.list(caller.project().id(), page.slice()).forEach(dataset -> {
            ObjectNode json = DatasetJson.dataset(dataset);
            ArrayNode ids = json.putArray("items");
            store.items(active(dataset), Slice.first(MOST_EMBEDDED)).forEach(item -> ids.add(item.id()));
            data.add(withRuns(json, dataset));
        });
        return page.answer(data, store.count(caller.project().id()));
    }

    JsonNode withItems(Caller caller, String name) {
        Dataset dataset = find(caller, name).orElseThrow(() -> HttpProblem.notFound("Dataset not found"));
        return withItems(dataset);
    }

    HttpResponse saveWithItems(Call call, Caller caller) {
        return Json.ok(withItems(datasets.save(caller.project().id(), call.json())));
    }

    private ObjectNode withItems(Dataset dataset) {
        ObjectNode json = DatasetJson.dataset(dataset);
        ArrayNode items = json.putArray("items");
        store.items(active(dataset), Slice.first(MOST_EMBEDDED)).forEach(item -> items.add(DatasetJson.item(item)));
        return withRuns(json, dataset);
    }

    private ObjectNode withRuns(ObjectNode json, Dataset dataset) {
        ArrayNode names = json.putArray("runs");
        runs.list(dataset.projectId(), dataset.id(), Slice.first(MOST_EMBEDDED)).forEach(run -> names.add(run.name()));
        return json;
    }

    private Optional<Dataset> find(Caller caller, String name) {
        String project = caller.project().id();
        return store.find(project, name).or(() -> PathNames.decoded(name).flatMap(again -> store.find(project, again)));
    }

    private static ItemQuery active(Dataset dataset) {
        return new ItemQuery(dataset.projectId(), dataset.id(), null, null, null, true);
    }
}
