package dev.sonde.server.storage.control;

import static dev.sonde.server.storage.control.ControlDatabase.instant;
import static dev.sonde.server.storage.control.ControlDatabase.micros;

import dev.sonde.server.model.Dataset;
import dev.sonde.server.model.DatasetItem;
import dev.sonde.server.query.Slice;
import dev.sonde.server.storage.DatasetStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Datasets in the control database. */
public final class SqliteDatasetStore implements DatasetStore {

    private final ControlDatabase database;

    public SqliteDatasetStore(ControlDatabase database) {
        this.database = database;
    }

    @Override
    public Optional<Dataset> find(String projectId, String name) {
        return database.ask("find dataset", h -> find(h, projectId, name));
    }

    @Override
    public List<Dataset> list(String projectId, Slice slice) {
        return database.ask(
                "list datasets",
                h -> h.createQuery("SELECT * FROM dataset WHERE project_id = :project"
                                + " ORDER BY created_at DESC, id LIMIT :limit OFFSET :offset")
                        .bind("project", projectId)
                        .bind("limit", slice.limit())
                        .bind("offset", slice.offset())
                        .map((row, context) -> dataset(row))
                        .list());
    }

    @Override
    public long count(String projectId) {
        return database.ask(
                "count datasets",
                h -> h.createQuery("SELECT count(*) FROM dataset WHERE project_id = :project")
                        .bind("project", projectId)
                        .mapTo(Long.class)
                        .one());
    }

    @Override
    public Optional<Dataset> save(Dataset dataset) {
        String sql = dataset.revision() == 0
                ? "INSERT INTO dataset (id, project_id, name, description, metadata, input_schema,"
                        + " expected_output_schema, revision, created_at, updated_at) VALUES (:id, :project, :name,"
                        + " :description, :metadata, :input, :expected, 1, :created, :updated)"
                        + " ON CONFLICT (project_id, name) DO NOTHING"
                : "UPDATE dataset SET description = :description, metadata = :metadata, input_schema = :input,"
                        + " expected_output_schema = :expected, revision = revision + 1, updated_at = :updated"
                        + " WHERE id = :id AND project_id = :project AND name = :name AND revision = :revision"
                        + " AND created_at = :created";
        return database.ask("save dataset", h -> {
            var statement = h.createUpdate(sql)
                    .bind("id", dataset.id())
                    .bind("project", dataset.projectId())
                    .bind("name", dataset.name())
                    .bind("description", dataset.description())
                    .bind("metadata", dataset.metadata())
                    .bind("input", dataset.inputSchema())
                    .bind("expected", dataset.expectedOutputSchema())
                    .bind("created", micros(dataset.createdAt()))
                    .bind("updated", micros(dataset.updatedAt()));
            if (dataset.revision() != 0) {
                statement.bind("revision", dataset.revision());
            }
            return statement.execute() == 0 ? Optional.empty() : find(h, dataset.projectId(), dataset.name());
        });
    }

    @Override
    public Optional<DatasetItem> findItem(String projectId, String id) {
        return database.ask("find dataset item", h -> DatasetItemRows.find(h, projectId, id, null));
    }

    @Override
    public Optional<DatasetItem> findItem(String projectId, String id, Instant at) {
        return database.ask("find dataset item", h -> DatasetItemRows.find(h, projectId, id, at));
    }

    @Override
    public Optional<DatasetItem> saveItem(DatasetItem item, Dataset seen, @Nullable Instant replaces) {
        return database.ask("save dataset item", h -> {
            lock(h, item.projectId(), item.datasetId());
            checkOwner(h, item);
            Dataset now = find(h, item.projectId(), seen.name()).orElse(null);
            Instant latest = DatasetItemRows.find(h, item.projectId(), item.id(), null)
                    .map(DatasetItem::updatedAt)
                    .orElse(null);
            if (now == null
                    || !now.id().equals(item.datasetId())
                    || !Objects.equals(now.inputSchema(), seen.inputSchema())
                    || !Objects.equals(now.expectedOutputSchema(), seen.expectedOutputSchema())
                    || !Objects.equals(latest, replaces)) {
                return Optional.empty();
            }
            claim(h, item);
            Instant from = from(h, item.projectId(), item.id(), item.updatedAt());
            DatasetItemRows.end(h, item.projectId(), item.id(), from);
            DatasetItemRows.insert(h, item, from);
            countChange(h, item.projectId(), item.datasetId());
            return DatasetItemRows.find(h, item.projectId(), item.id(), null);
        });
    }

    @Override
    public boolean deleteItem(String projectId, String id, Instant at) {
        return database.ask("delete dataset item", h -> {
            DatasetItem item = DatasetItemRows.find(h, projectId, id, null).orElse(null);
            if (item == null) {
                return false;
            }
            DatasetItemRows.end(h, projectId, id, from(h, projectId, id, at));
            countChange(h, projectId, item.datasetId());
            return true;
        });
    }

    @Override
    public List<DatasetItem> items(ItemQuery query, Slice slice) {
        return database.ask("list dataset items", h -> DatasetItemRows.list(h, query, slice));
    }

    @Override
    public long countItems(ItemQuery query) {
        return database.ask("count dataset items", h -> DatasetItemRows.count(h, query));
    }

    /** The dataset's row is written first, which makes other writers of its items wait. */
    private static void lock(Handle h, String projectId, String datasetId) {
        h.createUpdate("UPDATE dataset SET revision = revision WHERE id = :id AND project_id = :project")
                .bind("id", datasetId)
                .bind("project", projectId)
                .execute();
    }

    private static void countChange(Handle h, String projectId, String datasetId) {
        h.createUpdate("UPDATE dataset SET revision = revision + 1 WHERE id = :id AND project_id = :project")
                .bind("id", datasetId)
                .bind("project", projectId)
                .execute();
    }

    /** An id belongs to the dataset that used it first. */
    private static void checkOwner(Handle h, DatasetItem item) {
        h.createQuery("SELECT dataset_id FROM dataset_item WHERE project_id = :project AND id = :id")
                .bind("project", item.projectId())
                .bind("id", item.id())
                .mapTo(String.class)
                .findOne()
                .filter(owner -> !owner.equals(item.datasetId()))
                .ifPresent(owner -> {
                    throw new IllegalArgumentException("id: belongs to an item of another dataset");
                });
    }

    private static void claim(Handle h, DatasetItem item) {
        h.createUpdate("INSERT INTO dataset_item (project_id, id, dataset_id) VALUES (:project, :id, :dataset)"
                        + " ON CONFLICT (project_id, id) DO NOTHING")
                .bind("project", item.projectId())
                .bind("id", item.id())
                .bind("dataset", item.datasetId())
                .execute();
    }

    /** When the next version starts: later than the last one started or ended, in whole milliseconds. */
    private static Instant from(Handle h, String projectId, String id, Instant wanted) {
        Instant last = h.createQuery("SELECT max(coalesce(valid_to, valid_from + 1000)) AS earliest"
                        + " FROM dataset_item_version WHERE project_id = :project AND item_id = :id")
                .bind("project", projectId)
                .bind("id", id)
                .map((row, context) -> instant(row, "earliest"))
                .one();
        Instant whole = wanted.truncatedTo(ChronoUnit.MILLIS);
        return whole.isBefore(last) ? last : whole;
    }

    private static Optional<Dataset> find(Handle h, String projectId, String name) {
        return h.createQuery("SELECT * FROM dataset WHERE project_id = :project AND name = :name")
                .bind("project", projectId)
                .bind("name", name)
                .map((row, context) -> dataset(row))
                .findOne();
    }

    private static Dataset dataset(ResultSet row) throws SQLException {
        return new Dataset(
                row.getString("id"),
                row.getString("project_id"),
                row.getString("name"),
                row.getString("description"),
                row.getString("metadata"),
                row.getString("input_schema"),
                row.getString("expected_output_schema"),
                row.getLong("revision"),
                instant(row, "created_at"),
                instant(row, "updated_at"));
    }
}
