package dev.sonde.server.storage.control;

import static dev.sonde.server.storage.control.ControlDatabase.instant;
import static dev.sonde.server.storage.control.ControlDatabase.micros;

import dev.sonde.server.model.DatasetRun;
import dev.sonde.server.model.DatasetRunItem;
import dev.sonde.server.query.Slice;
import dev.sonde.server.storage.DatasetRunStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Runs of datasets in the control database. */
public final class SqliteDatasetRunStore implements DatasetRunStore {

    private static final String RUNS =
            "SELECT r.*, d.name AS dataset_name FROM dataset_run r JOIN dataset d ON d.id = r.dataset_id"
                    + " WHERE r.project_id = :project AND r.dataset_id = :dataset";
    private static final String ITEMS =
            "SELECT i.*, r.name AS run_name FROM dataset_run_item i JOIN dataset_run r ON r.id = i.run_id"
                    + " WHERE i.project_id = :project AND i.run_id = :run";

    private final ControlDatabase database;

    public SqliteDatasetRunStore(ControlDatabase database) {
        this.database = database;
    }

    @Override
    public Optional<DatasetRun> find(String projectId, String datasetId, String name) {
        return database.ask("find dataset run", h -> find(h, projectId, datasetId, name));
    }

    @Override
    public List<DatasetRun> list(String projectId, String datasetId, Slice slice) {
        return database.ask(
                "list dataset runs",
                h -> h.createQuery(RUNS + " ORDER BY r.created_at DESC, r.id LIMIT :limit OFFSET :offset")
                        .bind("project", projectId)
                        .bind("dataset", datasetId)
                        .bind("limit", slice.limit())
                        .bind("offset", slice.offset())
                        .map((row, context) -> run(row))
                        .list());
    }

    @Override
    public long count(String projectId, String datasetId) {
        return database.ask(
                "count dataset runs",
                h -> h.createQuery("SELECT count(*) FROM dataset_run"
                                + " WHERE project_id = :project AND dataset_id = :dataset")
                        .bind("project", projectId)
                        .bind("dataset", datasetId)
                        .mapTo(Long.class)
                        .one());
    }

    @Override
    public DatasetRunItem add(DatasetRun run, DatasetRunItem item) {
        return database.ask("add dataset run item", h -> {
            saveRun(h, run);
            DatasetRun stored = find(h, run.projectId(), run.datasetId(), run.name())
                    .orElseThrow(() -> new IllegalStateException("the run was written a moment ago"));
            return same(h, stored, item).orElseGet(() -> insert(h, stored, item));
        });
    }

    @Override
    public List<DatasetRunItem> items(String projectId, String runId, Slice slice) {
        return database.ask(
                "list dataset run items",
                h -> h.createQuery(ITEMS + " ORDER BY i.created_at DESC, i.id LIMIT :limit OFFSET :offset")
                        .bind("project", projectId)
                        .bind("run", runId)
                        .bind("limit", slice.limit())
                        .bind("offset", slice.offset())
                        .map((row, context) -> item(row))
                        .list());
    }

    @Override
    public long countItems(String projectId, String runId) {
        return database.ask(
                "count dataset run items",
                h -> h.createQuery(
                                "SELECT count(*) FROM dataset_run_item WHERE project_id = :project AND run_id = :run")
                        .bind("project", projectId)
                        .bind("run", runId)
                        .mapTo(Long.class)
                        .one());
    }

    @Override
    public boolean delete(String projectId, String datasetId, String name) {
        return database.ask(
                "delete dataset run",
                h -> h.createUpdate("DELETE FROM dataset_run"
                                        + " WHERE project_id = :project AND dataset_id = :dataset AND name = :name")
                                .bind("project", projectId)
                                .bind("dataset", datasetId)
                                .bind("name", name)
                                .execute()
                        == 1);
    }

    /** The run's row is written in any case, which makes others who add to it wait. */
    private static void saveRun(Handle h, DatasetRun run) {
        h.createUpdate("INSERT INTO dataset_run (id, project_id, dataset_id, name, description, metadata, created_at,"
                        + " updated_at) VALUES (:id, :project, :dataset, :name, :description, :metadata, :created,"
                        + " :updated) ON CONFLICT (dataset_id, name) DO UPDATE SET name = dataset_run.name")
                .bind("id", run.id())
                .bind("project", run.projectId())
                .bind("dataset", run.datasetId())
                .bind("name", run.name())
                .bind("description", run.description())
                .bind("metadata", run.metadata())
                .bind("created", micros(run.createdAt()))
                .bind("updated", micros(run.updatedAt()))
                .execute();
    }

    private static Optional<DatasetRunItem> same(Handle h, DatasetRun run, DatasetRunItem item) {
        return h.createQuery(ITEMS + " AND i.item_id = :item AND i.trace_id = :trace"
                        + " AND coalesce(i.observation_id, '') = :observation")
                .bind("project", run.projectId())
                .bind("run", run.id())
                .bind("item", item.itemId())
                .bind("trace", item.traceId())
                .bind("observation", item.observationId() == null ? "" : item.observationId())
                .map((row, context) -> item(row))
                .findOne();
    }

    private static DatasetRunItem insert(Handle h, DatasetRun run, DatasetRunItem item) {
        h.createUpdate("INSERT INTO dataset_run_item (id, project_id, run_id, item_id, trace_id, observation_id,"
                        + " created_at, updated_at) VALUES (:id, :project, :run, :item, :trace, :observation, :created,"
                        + " :updated)")
                .bind("id", item.id())
                .bind("project", run.projectId())
                .bind("run", run.id())
                .bind("item", item.itemId())
                .bind("trace", item.traceId())
                .bind("observation", item.observationId())
                .bind("created", micros(item.createdAt()))
                .bind("updated", micros(item.updatedAt()))
                .execute();
        return same(h, run, item).orElseThrow(() -> new IllegalStateException("the item was written a moment ago"));
    }

    private static Optional<DatasetRun> find(Handle h, String projectId, String datasetId, String name) {
        return h.createQuery(RUNS + " AND r.name = :name")
                .bind("project", projectId)
                .bind("dataset", datasetId)
                .bind("name", name)
                .map((row, context) -> run(row))
                .findOne();
    }

    private static DatasetRun run(ResultSet row) throws SQLException {
        return new DatasetRun(
                row.getString("id"),
                row.getString("project_id"),
                row.getString("dataset_id"),
                row.getString("dataset_name"),
                row.getString("name"),
                row.getString("description"),
                row.getString("metadata"),
                instant(row, "created_at"),
                instant(row, "updated_at"));
    }

    private static DatasetRunItem item(ResultSet row) throws SQLException {
        return new DatasetRunItem(
                row.getString("id"),
                row.getString("project_id"),
                row.getString("run_id"),
                row.getString("run_name"),
                row.getString("item_id"),
                row.getString("trace_id"),
                row.getString("observation_id"),
                instant(row, "created_at"),
                instant(row, "updated_at"));
    }
}
