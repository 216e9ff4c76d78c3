package dev.sonde.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import dev.sonde.server.datasets.DatasetRuns;
import dev.sonde.server.http.PathNames.Reading;
import dev.sonde.server.model.Dataset;
import dev.sonde.server.model.DatasetRun;
import dev.sonde.server.query.Slice;
import dev.sonde.server.storage.DatasetRunStore;
import dev.sonde.server.storage.DatasetStore;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** {@code /api/public/dataset-run-items} and everything under {@code /api/public/datasets/}, one dataset's runs. */
final class DatasetRunsResource {

    /** The largest run that is answered in one piece. */
    private static final int MOST_ITEMS = 100_000;

    private final DatasetStore datasets;
    private final DatasetRunStore store;
    private final DatasetRuns runs;
    private final DatasetsResource whole;
    private final String prefix;

    /** @param prefix what stands before a dataset's name in a path */
    DatasetRunsResource(
            DatasetStore datasets, DatasetRunStore store, DatasetRuns runs, DatasetsResource whole, String prefix) {
        this.datasets = datasets;
        this.store = store;
        this.runs = runs;
        this.whole = whole;
        this.prefix = prefix;
    }

    HttpResponse add(Call call, Caller caller) {
        try {
            return Json.ok(DatasetJson.runItem(runs.add(caller.project().id(), call.json())));
        } catch (NoSuchElementException e) {
            throw HttpProblem.notFound(String.valueOf(e.getMessage()));
        }
    }

    JsonNode listItems(Call call, Caller caller) {
        Page page = Page.of(call);
        String project = caller.project().id();
        DatasetRun run = store.find(project, required(call, "datasetId"), required(call, "runName"))
                .orElseThrow(() -> HttpProblem.notFound("Dataset run not found"));
        return page.answer(items(run, page.slice()), store.countItems(project, run.id()));
    }

    /** A dataset, its runs or one of them: names may contain slashes, so the path is taken apart here. */
    JsonNode get(Call call, Caller caller) {
        List<Reading> readings = readings(call);
        if (readings.isEmpty()) {
            return whole.withItems(caller, call.path("path"));
        }
        for (Reading reading : readings) {
            Optional<Dataset> dataset = datasets.find(caller.project().id(), reading.dataset());
            if (dataset.isPresent() && reading.run().isEmpty()) {
                return list(call, dataset.get());
            }
            Optional<DatasetRun> run = find(caller, List.of(reading));
            if (run.isPresent()) {
                return withItems(run.get());
            }
        }
        throw HttpProblem.notFound(readings.get(0).run().isPresent() ? "Dataset run not found" : "Dataset not found");
    }

    HttpResponse delete(Call call, Caller caller) {
        List<Reading> readings = readings(call);
        if (readings.stream().noneMatch(reading -> reading.run().isPresent())) {
            throw HttpProblem.methodNotAllowed();
        }
        DatasetRun run = find(caller, readings).orElseThrow(() -> HttpProblem.notFound("Dataset run not found"));
        store.delete(run.projectId(), run.datasetId(), run.name());
        return Json.ok(Json.object().put("message", "Dataset run successfully deleted"));
    }

    private JsonNode list(Call call, Dataset dataset) {
        Page page = Page.of(call);
        ArrayNode data = Json.array();
        store.list(dataset.projectId(), dataset.id(), page.slice()).forEach(run -> data.add(DatasetJson.run(run)));
        return page.answer(data, store.count(dataset.projectId(), dataset.id()));
    }

    private ObjectNode withItems(DatasetRun run) {
        ObjectNode json = DatasetJson.run(run);
        json.set("datasetRunItems", items(run, Slice.first(MOST_ITEMS)));
        return json;
    }

    private Optional<DatasetRun> find(Caller caller, List<Reading> readings) {
        String project = caller.project().id();
        return readings.stream()
                .flatMap(reading -> reading.run().stream()
                        .flatMap(name -> datasets
                                .find(project, reading.dataset())
                                .flatMap(dataset -> store.find(project, dataset.id(), name))
                                .stream()))
                .findFirst();
    }

    private List<Reading> readings(Call call) {
        return PathNames.runs(call.request().path(), prefix);
    }

    private ArrayNode items(DatasetRun run, Slice slice) {
        ArrayNode items = Json.array();
        store.items(run.projectId(), run.id(), slice).forEach(item -> items.add(DatasetJson.runItem(item)));
        return items;
    }

    private static String required(Call call, String name) {
        String value = call.query(name);
        if (value == null) {
            throw HttpProblem.invalid(name + ": missing");
        }
        return value;
    }
}
