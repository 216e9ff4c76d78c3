package dev.sonde.server.storage.control;

import static dev.sonde.server.storage.control.ControlDatabase.instant;
import static dev.sonde.server.storage.control.ControlDatabase.micros;

import dev.sonde.server.model.AnnotationItem;
import dev.sonde.server.model.AnnotationQueue;
import dev.sonde.server.model.Subject;
import dev.sonde.server.query.Slice;
import dev.sonde.server.storage.AnnotationQueueStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Annotation queues in the control database. */
public final class SqliteAnnotationQueueStore implements AnnotationQueueStore {

    private static final String ORDER = " ORDER BY created_at DESC, id LIMIT :limit OFFSET :offset";
    private static final String ONE_ITEM = " WHERE project_id = :project AND queue_id = :queue AND id = :id";

    private final ControlDatabase database;

    public SqliteAnnotationQueueStore(ControlDatabase database) {
        this.database = database;
    }

    @Override
    public boolean create(AnnotationQueue queue) {
        return database.ask("create annotation queue", h -> {
            int stored = h.createUpdate("INSERT INTO annotation_queue (id, project_id, name, description, created_at,"
                            + " updated_at) VALUES (:id, :project, :name, :description, :created, :updated)"
                            + " ON CONFLICT (project_id, name) DO NOTHING")
                    .bind("id", queue.id())
                    .bind("project", queue.projectId())
                    .bind("name", queue.name())
                    .bind("description", queue.description())
                    .bind("created", micros(queue.createdAt()))
                    .bind("updated", micros(queue.updatedAt()))
                    .execute();
            if (stored == 0) {
                return false;
            }
            int position = 0;
            for (String config : queue.scoreConfigIds()) {
                h.createUpdate("INSERT INTO annotation_queue_score_config (queue_id, position, config_id)"
                                + " VALUES (:queue, :position, :config)")
                        .bind("queue", queue.id())
                        .bind("position", position++)
                        .bind("config", config)
                        .execute();
            }
            return true;
        });
    }

    @Override
    public Optional<AnnotationQueue> find(String projectId, String id) {
        return database.ask(
                "find annotation queue",
                h -> h.createQuery("SELECT * FROM annotation_queue WHERE project_id = :project AND id = :id")
                        .bind("project", projectId)
                        .bind("id", id)
                        .map((row, context) -> queue(h, row))
                        .findOne());
    }

    @Override
    public List<AnnotationQueue> list(String projectId, Slice slice) {
        return database.ask(
                "list annotation queues",
                h -> sliced(h.createQuery("SELECT * FROM annotation_queue WHERE project_id = :project" + ORDER), slice)
                        .bind("project", projectId)
                        .map((row, context) -> queue(h, row))
                        .list());
    }

    @Override
    public long count(String projectId) {
        return database.ask(
                "count annotation queues",
                h -> h.createQuery("SELECT count(*) FROM annotation_queue WHERE project_id = :project")
                        .bind("project", projectId)
                        .mapTo(Long.class)
                        .one());
    }

    @Override
    public void addItem(AnnotationItem item) {
        database.ask(
                "add annotation item",
                h -> one(
                                item.projectId(),
                                item.queueId(),
                                item.id(),
                                h.createUpdate("INSERT INTO annotation_item (id, project_id, queue_id, subject_type,"
                                        + " subject_id, completed_at, created_at, updated_at) VALUES (:id, :project,"
                                        + " :queue, :type, :subject, :completed, :created, :updated)"))
                        .bind("type", item.subject().type().name())
                        .bind("subject", item.subject().id())
                        .bind("completed", nullableMicros(item.completedAt()))
                        .bind("created", micros(item.createdAt()))
                        .bind("updated", micros(item.updatedAt()))
                        .execute());
    }

    @Override
    public Optional<AnnotationItem> findItem(String projectId, String queueId, String id) {
        return database.ask("find annotation item", h -> item(h, projectId, queueId, id));
    }

    @Override
    public List<AnnotationItem> items(ItemQuery query, Slice slice) {
        return database.ask(
                "list annotation items",
                h -> sliced(h.createQuery("SELECT * FROM annotation_item" + where(query) + ORDER), slice)
                        .bind("project", query.projectId())
                        .bind("queue", query.queueId())
                        .map((row, context) -> item(row))
                        .list());
    }

    @Override
    public long countItems(ItemQuery query) {
        return database.ask(
                "count annotation items",
                h -> h.createQuery("SELECT count(*) FROM annotation_item" + where(query))
                        .bind("project", query.projectId())
                        .bind("queue", query.queueId())
                        .mapTo(Long.class)
                        .one());
    }

    @Override
    public Optional<AnnotationItem> updateItem(
            String projectId, String queueId, String id, UnaryOperator<AnnotationItem> change) {
        return database.ask(
                "change annotation item",
                h -> item(h, projectId, queueId, id).map(before -> {
                    AnnotationItem after = change.apply(before);
                    one(
                                    projectId,
                                    queueId,
                                    id,
                                    h.createUpdate("UPDATE annotation_item SET completed_at = :completed,"
                                            + " updated_at = :updated" + ONE_ITEM))
                            .bind("completed", nullableMicros(after.completedAt()))
                            .bind("updated", micros(after.updatedAt()))
                            .execute();
                    return after;
                }));
    }

    @Override
    public boolean deleteItem(String projectId, String queueId, String id) {
        return database.ask(
                "delete annotation item",
                h -> one(projectId, queueId, id, h.createUpdate("DELETE FROM annotation_item" + ONE_ITEM))
                                .execute()
                        > 0);
    }

    @Override
    public void forget(String projectId, Collection<Subject> subjects) {
        database.ask("forget annotation items", h -> SubjectRows.delete(h, "annotation_item", projectId, subjects));
    }

    @Override
    public void assign(String queueId, String accountId) {
        database.ask(
                "assign annotation queue",
                h -> h.createUpdate("INSERT INTO annotation_assignment (queue_id, account_id)"
                                + " VALUES (:queue, :account) ON CONFLICT (queue_id, account_id) DO NOTHING")
                        .bind("queue", queueId)
                        .bind("account", accountId)
                        .execute());
    }

    @Override
    public boolean unassign(String queueId, String accountId) {
        return database.ask(
                "unassign annotation queue",
                h -> h.createUpdate(
                                        "DELETE FROM annotation_assignment WHERE queue_id = :queue AND account_id = :account")
                                .bind("queue", queueId)
                                .bind("account", accountId)
                                .execute()
                        > 0);
    }

    @Override
    public List<String> assigned(String queueId) {
        return database.ask(
                "list annotation assignments",
                h -> h.createQuery(
                                "SELECT account_id FROM annotation_assignment WHERE queue_id = :queue ORDER BY account_id")
                        .bind("queue", queueId)
                        .mapTo(String.class)
                        .list());
    }

    private static Optional<AnnotationItem> item(Handle h, String projectId, String queueId, String id) {
        return one(projectId, queueId, id, h.createQuery("SELECT * FROM annotation_item" + ONE_ITEM))
                .map((row, context) -> item(row))
                .findOne();
    }

    private static String where(ItemQuery query) {
        String ofQueue = " WHERE project_id = :project AND queue_id = :queue";
        AnnotationItem.Status status = query.status();
        return status == null
                ? ofQueue
                : ofQueue + " AND completed_at IS " + (status == AnnotationItem.Status.PENDING ? "NULL" : "NOT NULL");
    }

    private static <S extends SqlStatement<S>> S one(String projectId, String queueId, String id, S statement) {
        return statement.bind("project", projectId).bind("queue", queueId).bind("id", id);
    }

    private static <S extends SqlStatement<S>> S sliced(S statement, Slice slice) {
        return statement.bind("limit", slice.limit()).bind("offset", slice.offset());
    }

    private static AnnotationQueue queue(Handle h, ResultSet row) throws SQLException {
        String id = row.getString("id");
        List<String> configs = h.createQuery("SELECT config_id FROM annotation_queue_score_config"
                        + " WHERE queue_id = :queue ORDER BY position")
                .bind("queue", id)
                .mapTo(String.class)
                .list();
        return new AnnotationQueue(
                id,
                row.getString("project_id"),
                row.getString("name"),
                row.getString("description"),
                configs,
                instant(row, "created_at"),
                instant(row, "updated_at"));
    }

    private static AnnotationItem item(ResultSet row) throws SQLException {
        Instant completed = instant(row, "completed_at");
        boolean pending = row.wasNull();
        return new AnnotationItem(
                row.getString("id"),
                row.getString("project_id"),
                row.getString("queue_id"),
                SubjectRows.subject(row),
                pending ? null : completed,
                instant(row, "created_at"),
                instant(row, "updated_at"));
    }

    private static @Nullable Long nullableMicros(@Nullable Instant time) {
        return time == null ? null : micros(time);
    }
}
