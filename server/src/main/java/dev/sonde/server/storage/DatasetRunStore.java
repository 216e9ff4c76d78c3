package dev.sonde.server.storage;

import dev.sonde.server.model.DatasetRun;
import dev.sonde.server.model.DatasetRunItem;
import dev.sonde.server.query.Slice;
import java.util.List;
import java.util.Optional;

/** Runs of datasets and their items. Every method is one transaction, durable when it returns. */
public interface DatasetRunStore {

    Optional<DatasetRun> find(String projectId, String datasetId, String name);

    /** Newest first, then by id. */
    List<DatasetRun> list(String projectId, String datasetId, Slice slice);

    long count(String projectId, String datasetId);

    /**
     * Adds an item to the run of its name, which is stored as given when the dataset has none of that name. An item of
     * the same trace and observation that the run has already is answered instead.
     */
    DatasetRunItem add(DatasetRun run, DatasetRunItem item);

    /** Items of a run, newest first, then by id. */
    List<DatasetRunItem> items(String projectId, String runId, Slice slice);

    long countItems(String projectId, String runId);

    /** Deletes a run with its items. False when there is none. */
    boolean delete(String projectId, String datasetId, String name);
}
