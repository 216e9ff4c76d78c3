package dev.sonde.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sonde.server.model.Dataset;
import dev.sonde.server.model.DatasetItem;
import dev.sonde.server.model.DatasetRun;
import dev.sonde.server.model.DatasetRunItem;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Datasets, items and runs as the public interface shows them. */
final class DatasetJson {

    private DatasetJson() {}

    static ObjectNode dataset(Dataset dataset) {
        ObjectNode json = Json.object()
                .put("id", dataset.id())
                .put("name", dataset.name())
                .put("description", dataset.description());
        json.set("metadata", parsed(dataset.metadata()));
        json.set("inputSchema", parsed(dataset.inputSchema()));
        json.set("expectedOutputSchema", parsed(dataset.expectedOutputSchema()));
        return json.put("projectId", dataset.projectId())
                .put("createdAt", Json.time(dataset.createdAt()))
                .put("updatedAt", Json.time(dataset.updatedAt()));
    }

    static ObjectNode item(DatasetItem item) {
        ObjectNode json =
                Json.object().put("id", item.id()).put("status", item.status().name());
        json.set("input", parsed(item.input()));
        json.set("expectedOutput", parsed(item.expectedOutput()));
        json.set("metadata", parsed(item.metadata()));
        json.put("sourceTraceId", item.sourceTraceId())
                .put("sourceObservationId", item.sourceObservationId())
                .put("datasetId", item.datasetId())
                .put("datasetName", item.datasetName())
                .put("createdAt", Json.time(item.createdAt()))
                .put("updatedAt", Json.time(item.updatedAt()))
                .putArray("mediaReferences"); // clients fail where it is absent
        return json;
    }

    static ObjectNode run(DatasetRun run) {
        ObjectNode json =
                Json.object().put("id", run.id()).put("name", run.name()).put("description", run.description());
        json.set("metadata", parsed(run.metadata()));
        return json.put("datasetId", run.datasetId())
                .put("datasetName", run.datasetName())
                .put("createdAt", Json.time(run.createdAt()))
                .put("updatedAt", Json.time(run.updatedAt()));
    }

    static ObjectNode runItem(DatasetRunItem item) {
        return Json.object()
                .put("id", item.id())
                .put("datasetRunId", item.runId())
                .put("datasetRunName", item.runName())
                .put("datasetItemId", item.itemId())
                .put("traceId", item.traceId())
                .put("observationId", item.observationId())
                .put("createdAt", Json.time(item.createdAt()))
                .put("updatedAt", Json.time(item.updatedAt()));
    }

    private static @Nullable JsonNode parsed(@Nullable String stored) {
        return stored == null ? null : Json.parse(stored.getBytes(StandardCharsets.UTF_8));
    }
}
