package dev.sonde.server.datasets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sonde.server.model.DatasetItem;
import dev.sonde.server.model.DatasetRun;
import dev.sonde.server.model.DatasetRunItem;
import dev.sonde.server.model.Observation;
import dev.sonde.server.storage.DatasetRunStore;
import dev.sonde.server.storage.DatasetStore;
import dev.sonde.server.storage.ObservationReader;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Says which trace came of which item: the first item of a run makes the run. Thread-safe. */
public final class DatasetRuns {

    private static final Set<String> KNOWN = Set.of(
            "runName",
            "runDescription",
            "metadata",
            "datasetItemId",
            "traceId",
            "observationId",
            "datasetVersion",
            "createdAt");
    private static final int MOST_NAME_CHARS = 1_000;
    private static final int MOST_TEXT_CHARS = 100_000;

    private final DatasetStore datasets;
    private final DatasetRunStore runs;
    private final ObservationReader observations;
    private final Clock clock;

    public DatasetRuns(DatasetStore datasets, DatasetRunStore runs, ObservationReader observations, Clock clock) {
        this.datasets = datasets;
        this.runs = runs;
        this.observations = observations;
        this.clock = clock;
    }

    /**
     * Adds to a run. The trace need not be there yet; where only an observation is named, that one has to.
     *
     * @throws IllegalArgumentException naming the field and its rule
     * @throws NoSuchElementException when there is no such item, or no such observation to take the trace from
     */
    public DatasetRunItem add(String projectId, JsonNode body) {
        Fields fields = new Fields(body);
        fields.only(KNOWN);
        String runName = fields.text("runName", MOST_NAME_CHARS);
        String itemId = fields.text("datasetItemId", MOST_NAME_CHARS);
        String description = fields.textOrNull("runDescription", MOST_TEXT_CHARS);
        String observationId = fields.textOrNull("observationId", MOST_NAME_CHARS);
        String given = fields.textOrNull("traceId", MOST_NAME_CHARS);
        Instant version = fields.time("datasetVersion");
        Instant createdAt = fields.time("createdAt");
        Fields.require(
                isGiven(given) || isGiven(observationId),
                "traceId",
                "expected a traceId, or at least an observationId");
        DatasetItem item = item(projectId, itemId, version)
                .filter(found -> found.status() == DatasetItem.Status.ACTIVE)
                .orElseThrow(() -> new NoSuchElementException("Dataset item not found or not active"));
        String traceId = given != null && isGiven(given) ? given : traceOf(projectId, String.valueOf(observationId));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant created = createdAt == null ? now : createdAt.truncatedTo(ChronoUnit.MILLIS);
        DatasetRun run = new DatasetRun(
                UUID.randomUUID().toString(),
                projectId,
                item.datasetId(),
                item.datasetName(),
                runName,
                description,
                metadata(body.path("metadata"), body.path("datasetVersion"), version),
                created,
                created);
        return runs.add(
                run,
                new DatasetRunItem(
                        UUID.randomUUID().toString(),
                        projectId,
                        run.id(),
                        runName,
                        itemId,
                        traceId,
                        isGiven(observationId) ? observationId : null,
                        created,
                        now));
    }

    private Optional<DatasetItem> item(String projectId, String id, @Nullable Instant version) {
        return version == null ? datasets.findItem(projectId, id) : datasets.findItem(projectId, id, version);
    }

    private String traceOf(String projectId, String observationId) {
        return observations
                .find(projectId, observationId)
                .map(Observation::traceId)
                .orElseThrow(() -> new NoSuchElementException("Observation not found: " + observationId));
    }

    /** An object, whatever was given, and the version of the dataset in it. */
    private static @Nullable String metadata(JsonNode given, JsonNode givenVersion, @Nullable Instant version) {
        boolean none = given.isMissingNode() || given.isNull();
        if (none && version == null) {
            return null;
        }
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        if (given instanceof ObjectNode object) {
            metadata.setAll(object);
        } else if (!none) {
            metadata.set("metadata", given);
        }
        if (version != null) {
            metadata.set("dataset_version", givenVersion);
        }
        return new Fields(JsonNodeFactory.instance.objectNode().set("metadata", metadata)).json("metadata");
    }

    private static boolean isGiven(@Nullable String text) {
        return text != null && !text.isEmpty();
    }
}
