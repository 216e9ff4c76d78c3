package dev.sonde.server.storage.control;

import static dev.sonde.server.storage.control.ControlDatabase.instant;
import static dev.sonde.server.storage.control.ControlDatabase.micros;

import dev.sonde.server.model.Comment;
import dev.sonde.server.model.Subject;
import dev.sonde.server.query.Slice;
import dev.sonde.server.storage.CommentStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Comments in the control database. */
public final class SqliteCommentStore implements CommentStore {

    private final ControlDatabase database;

    public SqliteCommentStore(ControlDatabase database) {
        this.database = database;
    }

    @Override
    public void create(Comment comment) {
        database.ask(
                "create comment",
                h -> h.createUpdate("INSERT INTO comment (id, project_id, subject_type, subject_id, content, author_id,"
                                + " created_at, updated_at) VALUES (:id, :project, :type, :subject, :content, :author,"
                                + " :created, :updated)")
                        .bind("id", comment.id())
                        .bind("project", comment.projectId())
                        .bind("type", comment.subject().type().name())
                        .bind("subject", comment.subject().id())
                        .bind("content", comment.content())
                        .bind("author", comment.authorUserId())
                        .bind("created", micros(comment.createdAt()))
                        .bind("updated", micros(comment.updatedAt()))
                        .execute());
    }

    @Override
    public Optional<Comment> find(String projectId, String id) {
        return database.ask(
                "find comment",
                h -> h.createQuery("SELECT * FROM comment WHERE project_id = :project AND id = :id")
                        .bind("project", projectId)
                        .bind("id", id)
                        .map((row, context) -> comment(row))
                        .findOne());
    }

    @Override
    public List<Comment> list(Query query, Slice slice) {
        return database.ask(
                "list comments",
                h -> bound(
                                query,
                                h.createQuery("SELECT * FROM comment" + where(query)
                                        + " ORDER BY created_at DESC, id LIMIT :limit OFFSET :offset"))
                        .bind("limit", slice.limit())
                        .bind("offset", slice.offset())
                        .map((row, context) -> comment(row))
                        .list());
    }

    @Override
    public long count(Query query) {
        return database.ask(
                "count comments",
                h -> bound(query, h.createQuery("SELECT count(*) FROM comment" + where(query)))
                        .mapTo(Long.class)
                        .one());
    }

    @Override
    public void forget(String projectId, Collection<Subject> subjects) {
        database.ask("forget comments", h -> SubjectRows.delete(h, "comment", projectId, subjects));
    }

    private static String where(Query query) {
        return " WHERE project_id = :project"
                + (query.type() == null ? "" : " AND subject_type = :type")
                + (query.subjectId() == null ? "" : " AND subject_id = :subject")
                + (query.authorUserId() == null ? "" : " AND author_id = :author");
    }

    private static <S extends SqlStatement<S>> S bound(Query query, S statement) {
        statement.bind("project", query.projectId());
        bind(statement, "type", query.type() == null ? null : query.type().name());
        bind(statement, "subject", query.subjectId());
        bind(statement, "author", query.authorUserId());
        return statement;
    }

    /** Only what the statement asks for may be bound. */
    private static void bind(SqlStatement<?> statement, String name, @Nullable String value) {
        if (value != null) {
            statement.bind(name, value);
        }
    }

    private static Comment comment(ResultSet row) throws SQLException {
        return new Comment(
                row.getString("id"),
                row.getString("project_id"),
                SubjectRows.subject(row),
                row.getString("content"),
                row.getString("author_id"),
                instant(row, "created_at"),
                instant(row, "updated_at"));
    }
}
