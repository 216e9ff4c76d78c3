package dev.sonde.server.storage.control;

import static dev.sonde.server.storage.control.ControlDatabase.instant;
import static dev.sonde.server.storage.control.ControlDatabase.micros;

import dev.sonde.server.model.PromptType;
import dev.sonde.server.query.Slice;
import dev.sonde.server.storage.PromptStore.Query;
import dev.sonde.server.storage.PromptStore.Summary;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Lists of prompts: the versions that match a query, as they are and by name. */
final class PromptRows {

    private PromptRows() {}

    /** Numbers of the versions that match, ascending. */
    static List<Integer> versions(Handle h, Query query) {
        return bind(
                        h.createQuery("SELECT v.version FROM prompt_version v" + where(query) + " ORDER BY v.version"),
                        query)
                .mapTo(Integer.class)
                .list();
    }

    static List<String> names(Handle h, Query query, Slice slice) {
        return bind(
                        h.createQuery("SELECT DISTINCT v.name FROM prompt_version v" + where(query)
                                + " ORDER BY v.name LIMIT :limit OFFSET :offset"),
                        query)
                .bind("limit", slice.limit())
                .bind("offset", slice.offset())
                .mapTo(String.class)
                .list();
    }

    static long count(Handle h, Query query) {
        return bind(h.createQuery("SELECT count(DISTINCT v.name) FROM prompt_version v" + where(query)), query)
                .mapTo(Long.class)
                .one();
    }

    /** What the matching versions of a name are; it has at least one. */
    static Summary summary(Handle h, Query query, String name) {
        Query own = new Query(
                query.projectId(),
                name,
                query.version(),
                query.label(),
                query.tag(),
                query.updatedFrom(),
                query.updatedTo());
        List<Integer> versions = versions(h, own);
        List<String> labels = bind(
                        h.createQuery("SELECT l.label FROM prompt_label l JOIN prompt_version v ON"
                                + " v.project_id = l.project_id AND v.name = l.name AND v.version = l.version"
                                + where(own) + " ORDER BY l.version, l.position, l.label"),
                        own)
                .mapTo(String.class)
                .list();
        List<String> tags = h.createQuery(
                        "SELECT tag FROM prompt_tag WHERE project_id = :project AND name = :name ORDER BY position")
                .bind("project", own.projectId())
                .bind("name", name)
                .mapTo(String.class)
                .list();
        Instant updatedAt = bind(
                        h.createQuery("SELECT max(v.updated_at) AS updated_at FROM prompt_version v" + where(own)), own)
                .map((row, context) -> instant(row, "updated_at"))
                .one();
        return h.createQuery("SELECT p.type, v.config FROM prompt_version v JOIN prompt p"
                        + " ON p.project_id = v.project_id AND p.name = v.name"
                        + " WHERE v.project_id = :project AND v.name = :name AND v.version = :highest")
                .bind("project", own.projectId())
                .bind("name", name)
                .bind("highest", versions.get(versions.size() - 1))
                .map((row, context) -> new Summary(
                        name,
                        PromptType.valueOf(row.getString("type")),
                        versions,
                        labels,
                        tags,
                        updatedAt,
                        row.getString("config")))
                .one();
    }

    private static String where(Query query) {
        StringBuilder where = new StringBuilder(" WHERE v.project_id = :project");
        and(where, query.name(), "v.name = :name");
        and(where, query.version(), "v.version = :version");
        and(
                where,
                query.label(),
                "EXISTS (SELECT 1 FROM prompt_label x WHERE x.project_id = v.project_id AND x.name = v.name"
                        + " AND x.version = v.version AND x.label = :label)");
        and(
                where,
                query.tag(),
                "EXISTS (SELECT 1 FROM prompt_tag x WHERE x.project_id = v.project_id AND x.name = v.name"
                        + " AND x.tag = :tag)");
        and(where, query.updatedFrom(), "v.updated_at >= :from");
        and(where, query.updatedTo(), "v.updated_at < :to");
        return where.toString();
    }

    private static void and(StringBuilder where, @Nullable Object value, String condition) {
        if (value != null) {
            where.append(" AND ").append(condition);
        }
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Query query) {
        statement.bind("project", query.projectId());
        bind(statement, "name", query.name());
        bind(statement, "version", query.version());
        bind(statement, "label", query.label());
        bind(statement, "tag", query.tag());
        bind(statement, "from", query.updatedFrom());
        bind(statement, "to", query.updatedTo());
        return statement;
    }

    /** Only what the statement asks for may be bound. */
    private static void bind(SqlStatement<?> statement, String name, @Nullable Object value) {
        if (value instanceof Instant time) {
            statement.bind(name, micros(time));
        } else if (value != null) {
            statement.bindByType(name, value, value.getClass());
        }
    }
}
