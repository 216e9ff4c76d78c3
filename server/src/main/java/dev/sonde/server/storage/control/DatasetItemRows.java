package dev.sonde.server.storage.control;

import static dev.sonde.server.storage.control.ControlDatabase.instant;
import static dev.sonde.server.storage.control.ControlDatabase.micros;

import dev.sonde.server.model.DatasetItem;
import dev.sonde.server.query.Slice;
import dev.sonde.server.storage.DatasetStore.ItemQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Rows of items: a version each, of which one at most holds at a time. */
final class DatasetItemRows {

    private static final String FROM = " FROM dataset_item_version v JOIN dataset d ON d.id = v.dataset_id";

    private DatasetItemRows() {}

    static Optional<DatasetItem> find(Handle h, String projectId, String id, @Nullable Instant at) {
        var query = h.createQuery("SELECT v.*, d.name AS dataset_name" + FROM
                        + " WHERE v.project_id = :project AND v.item_id = :id" + held(at))
                .bind("project", projectId)
                .bind("id", id);
        bind(query, "at", at);
        return query.map((row, context) -> item(row)).findOne();
    }

    static List<DatasetItem> list(Handle h, ItemQuery query, Slice slice) {
        return bind(
                        h.createQuery("SELECT v.*, d.name AS dataset_name" + FROM + where(query)
                                + " ORDER BY v.created_at DESC, v.item_id LIMIT :limit OFFSET :offset"),
                        query)
                .bind("limit", slice.limit())
                .bind("offset", slice.offset())
                .map((row, context) -> item(row))
                .list();
    }

    static long count(Handle h, ItemQuery query) {
        return bind(h.createQuery("SELECT count(*)" + FROM + where(query)), query)
                .mapTo(Long.class)
                .one();
    }

    /** Ends the version that holds now, if there is one. */
    static void end(Handle h, String projectId, String id, Instant at) {
        h.createUpdate("UPDATE dataset_item_version SET valid_to = :at"
                        + " WHERE project_id = :project AND item_id = :id AND valid_to IS NULL")
                .bind("at", micros(at))
                .bind("project", projectId)
                .bind("id", id)
                .execute();
    }

    static void insert(Handle h, DatasetItem item, Instant from) {
        h.createUpdate("INSERT INTO dataset_item_version (project_id, item_id, dataset_id, valid_from, status, input,"
                        + " expected_output, metadata, source_trace_id, source_observation_id, created_at) VALUES"
                        + " (:project, :id, :dataset, :from, :status, :input, :expected, :metadata, :trace,"
                        + " :observation, :created)")
                .bind("project", item.projectId())
                .bind("id", item.id())
                .bind("dataset", item.datasetId())
                .bind("from", micros(from))
                .bind("status", item.status().name())
                .bind("input", item.input())
                .bind("expected", item.expectedOutput())
                .bind("metadata", item.metadata())
                .bind("trace", item.sourceTraceId())
                .bind("observation", item.sourceObservationId())
                .bind("created", micros(item.createdAt()))
                .execute();
    }

    private static String held(@Nullable Instant at) {
        return at == null
                ? " AND v.valid_to IS NULL"
                : " AND v.valid_from <= :at AND (v.valid_to IS NULL OR v.valid_to > :at)";
    }

    private static String where(ItemQuery query) {
        return " WHERE v.project_id = :project"
                + (query.datasetId() == null ? "" : " AND v.dataset_id = :dataset")
                + (query.sourceTraceId() == null ? "" : " AND v.source_trace_id = :trace")
                + (query.sourceObservationId() == null ? "" : " AND v.source_observation_id = :observation")
                + (query.activeOnly() ? " AND v.status = 'ACTIVE'" : "")
                + held(query.at());
    }

    private static <S extends SqlStatement<S>> S bind(S statement, ItemQuery query) {
        statement.bind("project", query.projectId());
        bind(statement, "dataset", query.datasetId());
        bind(statement, "trace", query.sourceTraceId());
        bind(statement, "observation", query.sourceObservationId());
        bind(statement, "at", query.at());
        return statement;
    }

    /** Only what the statement asks for may be bound. */
    private static void bind(SqlStatement<?> statement, String name, @Nullable Object value) {
        if (value instanceof Instant time) {
            statement.bind(name, micros(time));
        } else if (value != null) {
            statement.bind(name, value.toString());
        }
    }

    private static DatasetItem item(ResultSet row) throws SQLException {
        return new DatasetItem(
                row.getString("item_id"),
                row.getString("project_id"),
                row.getString("dataset_id"),
                row.getString("dataset_name"),
                DatasetItem.Status.valueOf(row.getString("status")),
                row.getString("input"),
                row.getString("expected_output"),
                row.getString("metadata"),
                row.getString("source_trace_id"),
                row.getString("source_observation_id"),
                instant(row, "created_at"),
                instant(row, "valid_from"));
    }
}
