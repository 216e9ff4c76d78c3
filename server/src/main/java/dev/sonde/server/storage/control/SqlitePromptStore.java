package dev.sonde.server.storage.control;

import static dev.sonde.server.storage.control.ControlDatabase.instant;
import static dev.sonde.server.storage.control.ControlDatabase.micros;

import dev.sonde.server.model.Prompt;
import dev.sonde.server.model.PromptType;
import dev.sonde.server.query.Slice;
import dev.sonde.server.storage.PromptStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Prompts in the control database. */
public final class SqlitePromptStore implements PromptStore {

    private static final String OF_NAME = " WHERE project_id = :project AND name = :name";
    private static final String OF_VERSION = OF_NAME + " AND version = :version";

    private static final String READ = "SELECT v.*, p.type FROM prompt_version v JOIN prompt p"
            + " ON p.project_id = v.project_id AND p.name = v.name WHERE v.project_id = :project AND v.name = :name";

    private final ControlDatabase database;

    public SqlitePromptStore(ControlDatabase database) {
        this.database = database;
    }

    @Override
    public Prompt create(Draft draft) {
        return database.ask("create prompt", h -> {
            Name name = new Name(draft.projectId(), draft.name());
            saveName(h, name, draft.type());
            int version = highest(h, name) + 1;
            name.bind(h.createUpdate("INSERT INTO prompt_version (id, project_id, name, version, content, config,"
                            + " commit_message, created_by, created_at, updated_at) VALUES (:id, :project, :name,"
                            + " :version, :content, :config, :message, :by, :at, :at)"))
                    .bind("id", UUID.randomUUID().toString())
                    .bind("version", version)
                    .bind("content", draft.content())
                    .bind("config", draft.config())
                    .bind("message", draft.commitMessage())
                    .bind("by", draft.createdBy())
                    .bind("at", micros(draft.createdAt()))
                    .execute();
            Set<String> labels = new LinkedHashSet<>(draft.labels());
            labels.add(Prompt.LATEST);
            moveLabels(h, name, version, labels, draft.createdAt());
            if (draft.tags() != null) {
                saveTags(h, name, draft.tags(), draft.createdAt());
            }
            draft.embeds().forEach(child -> saveDependency(h, name, version, child));
            return get(h, name, version);
        });
    }

    @Override
    public Optional<Prompt> find(String projectId, String name, int version) {
        return database.ask("find prompt", h -> find(h, new Name(projectId, name), version));
    }

    @Override
    public Optional<Prompt> find(String projectId, String name, String label) {
        return database.ask("find prompt", h -> {
            Name of = new Name(projectId, name);
            return versionOf(h, of, label).flatMap(version -> find(h, of, version));
        });
    }

    @Override
    public List<Prompt> versions(String projectId, String name) {
        return database.ask("list versions", h -> {
            Name of = new Name(projectId, name);
            List<String> tags = tags(h, of);
            Map<Integer, List<String>> labels = new HashMap<>();
            of.bind(h.createQuery("SELECT label, version FROM prompt_label" + OF_NAME + " ORDER BY position, label"))
                    .map((row, context) -> labels.computeIfAbsent(row.getInt("version"), k -> new ArrayList<>())
                            .add(row.getString("label")))
                    .list();
            return of.bind(h.createQuery(READ + " ORDER BY v.version DESC"))
                    .map((row, context) -> prompt(row, labels.getOrDefault(row.getInt("version"), List.of()), tags))
                    .list();
        });
    }

    @Override
    public boolean contains(String projectId, String id) {
        return database.ask(
                "find prompt id",
                h -> h.createQuery(
                                "SELECT EXISTS (SELECT 1 FROM prompt_version WHERE id = :id AND project_id = :project)")
                        .bind("id", id)
                        .bind("project", projectId)
                        .mapTo(Boolean.class)
                        .one());
    }

    @Override
    public Map<String, Integer> labelled(String projectId, String label) {
        return database.ask("list labelled prompts", h -> {
            Map<String, Integer> versions = new HashMap<>();
            h.createQuery("SELECT name, version FROM prompt_label WHERE project_id = :project AND label = :label")
                    .bind("project", projectId)
                    .bind("label", label)
                    .map((row, context) -> versions.put(row.getString("name"), row.getInt("version")))
                    .list();
            return versions;
        });
    }

    @Override
    public Optional<String> findId(String projectId, String name, int version) {
        return database.ask(
                "find prompt id",
                h -> new Name(projectId, name)
                        .bind(h.createQuery("SELECT id FROM prompt_version" + OF_VERSION))
                        .bind("version", version)
                        .mapTo(String.class)
                        .findOne());
    }

    @Override
    public Optional<Prompt> addLabels(String projectId, String name, int version, List<String> labels, Instant at) {
        return database.ask("label prompt", h -> {
            Name of = new Name(projectId, name);
            if (find(h, of, version).isEmpty()) {
                return Optional.empty();
            }
            Set<String> added = new LinkedHashSet<>(labels);
            labels(h, of, version).forEach(added::remove);
            if (!added.isEmpty()) {
                moveLabels(h, of, version, added, at);
                touch(h, of, version, at);
            }
            return find(h, of, version);
        });
    }

    @Override
    public Deletion delete(
            String projectId, String name, @Nullable Integer version, @Nullable String label, Instant at) {
        return database.ask("delete prompt", h -> {
            Name of = new Name(projectId, name);
            List<Integer> versions =
                    PromptRows.versions(h, new Query(projectId, name, version, label, null, null, null));
            List<Reference> dependents = dependents(h, of, versions);
            if (dependents.isEmpty()) {
                versions.forEach(one -> of.bind(h.createUpdate("DELETE FROM prompt_version" + OF_VERSION))
                        .bind("version", one)
                        .execute());
                settle(h, of, at);
            }
            return new Deletion(versions, dependents);
        });
    }

    @Override
    public List<Summary> list(Query query, Slice slice) {
        return database.ask(
                "list prompts",
                h -> PromptRows.names(h, query, slice).stream()
                        .map(name -> PromptRows.summary(h, query, name))
                        .toList());
    }

    @Override
    public long count(Query query) {
        return database.ask("count prompts", h -> PromptRows.count(h, query));
    }

    /** The name's row is written first, which makes other writers of the name wait. */
    private static void saveName(Handle h, Name name, PromptType type) {
        name.bind(h.createUpdate("INSERT INTO prompt (project_id, name, type) VALUES (:project, :name, :type)"
                        + " ON CONFLICT (project_id, name) DO UPDATE SET type = prompt.type"))
                .bind("type", type.name())
                .execute();
        PromptType stored = PromptType.valueOf(name.bind(h.createQuery("SELECT type FROM prompt" + OF_NAME))
                .mapTo(String.class)
                .one());
        if (stored != type) {
            throw new IllegalArgumentException("type: other versions of this prompt have the type "
                    + stored.name().toLowerCase(java.util.Locale.ROOT) + "; use another name");
        }
    }

    private static int highest(Handle h, Name name) {
        return name.bind(h.createQuery("SELECT coalesce(max(version), 0) FROM prompt_version" + OF_NAME))
                .mapTo(Integer.class)
                .one();
    }

    /** Sets labels at a version; versions that lose one count as updated. */
    private static void moveLabels(Handle h, Name name, int version, Iterable<String> labels, Instant at) {
        int position = labels(h, name, version).size();
        for (String label : labels) {
            versionOf(h, name, label).ifPresent(before -> touch(h, name, before, at));
            name.bind(h.createUpdate("INSERT INTO prompt_label (project_id, name, label, version, position) VALUES"
                            + " (:project, :name, :label, :version, :position) ON CONFLICT (project_id, name, label)"
                            + " DO UPDATE SET version = excluded.version, position = excluded.position"))
                    .bind("label", label)
                    .bind("version", version)
                    .bind("position", position++)
                    .execute();
        }
    }

    private static void saveTags(Handle h, Name name, List<String> tags, Instant at) {
        if (tags(h, name).equals(tags)) {
            return;
        }
        name.bind(h.createUpdate("DELETE FROM prompt_tag" + OF_NAME)).execute();
        int position = 0;
        for (String tag : new LinkedHashSet<>(tags)) {
            name.bind(h.createUpdate("INSERT INTO prompt_tag (project_id, name, tag, position) VALUES"
                            + " (:project, :name, :tag, :position)"))
                    .bind("tag", tag)
                    .bind("position", position++)
                    .execute();
        }
        name.bind(h.createUpdate("UPDATE prompt_version SET updated_at = :at" + OF_NAME))
                .bind("at", micros(at))
                .execute();
    }

    private static void saveDependency(Handle h, Name name, int version, Reference child) {
        name.bind(h.createUpdate("INSERT INTO prompt_dependency (project_id, name, version, child_name, child_version,"
                        + " child_label) VALUES (:project, :name, :version, :child, :childVersion, :childLabel)"))
                .bind("version", version)
                .bind("child", child.name())
                .bind("childVersion", child.version())
                .bind("childLabel", child.label())
                .execute();
    }

    private static void touch(Handle h, Name name, int version, Instant at) {
        name.bind(h.createUpdate("UPDATE prompt_version SET updated_at = :at" + OF_VERSION))
                .bind("version", version)
                .bind("at", micros(at))
                .execute();
    }

    /** What embeds one of these versions; who embeds {@code latest} is served by what remains. */
    private static List<Reference> dependents(Handle h, Name name, List<Integer> versions) {
        boolean remains = name
                .bind(h.createQuery("SELECT version FROM prompt_version" + OF_NAME))
                .mapTo(Integer.class)
                .list()
                .stream()
                .anyMatch(version -> !versions.contains(version));
        Set<Reference> dependents = new LinkedHashSet<>();
        for (int version : versions) {
            List<String> labels = new ArrayList<>(labels(h, name, version));
            if (remains) {
                labels.remove(Prompt.LATEST);
            }
            labels.add(""); // a list of none is no SQL, and no label is empty
            dependents.addAll(name.bind(h.createQuery("SELECT DISTINCT name, version FROM prompt_dependency"
                            + " WHERE project_id = :project AND child_name = :name AND name <> :name"
                            + " AND (child_version = :version OR child_label IN (<labels>)) ORDER BY name, version"))
                    .bind("version", version)
                    .bindList("labels", labels)
                    .map((row, context) -> new Reference(row.getString("name"), row.getInt("version"), null))
                    .list());
        }
        return List.copyOf(dependents);
    }

    /** After a deletion: the highest version is the latest, and a name without versions is gone. */
    private static void settle(Handle h, Name name, Instant at) {
        int highest = highest(h, name);
        if (highest == 0) {
            name.bind(h.createUpdate("DELETE FROM prompt" + OF_NAME)).execute();
        } else if (versionOf(h, name, Prompt.LATEST).isEmpty()) {
            moveLabels(h, name, highest, List.of(Prompt.LATEST), at);
            touch(h, name, highest, at);
        }
    }

    private static Optional<Integer> versionOf(Handle h, Name name, String label) {
        return name.bind(h.createQuery("SELECT version FROM prompt_label" + OF_NAME + " AND label = :label"))
                .bind("label", label)
                .mapTo(Integer.class)
                .findOne();
    }

    private static Prompt get(Handle h, Name name, int version) {
        return find(h, name, version)
                .orElseThrow(() -> new IllegalStateException("version " + version + " was written a moment ago"));
    }

    private static Optional<Prompt> find(Handle h, Name name, int version) {
        List<String> labels = labels(h, name, version);
        List<String> tags = tags(h, name);
        return name.bind(h.createQuery(READ + " AND v.version = :version"))
                .bind("version", version)
                .map((row, context) -> prompt(row, labels, tags))
                .findOne();
    }

    private static List<String> labels(Handle h, Name name, int version) {
        return name.bind(h.createQuery("SELECT label FROM prompt_label" + OF_VERSION + " ORDER BY position, label"))
                .bind("version", version)
                .mapTo(String.class)
                .list();
    }

    private static List<String> tags(Handle h, Name name) {
        return name.bind(h.createQuery("SELECT tag FROM prompt_tag" + OF_NAME + " ORDER BY position"))
                .mapTo(String.class)
                .list();
    }

    private static Prompt prompt(ResultSet row, List<String> labels, List<String> tags) throws SQLException {
        return new Prompt(
                row.getString("id"),
                row.getString("project_id"),
                row.getString("name"),
                row.getInt("version"),
                PromptType.valueOf(row.getString("type")),
                row.getString("content"),
                row.getString("config"),
                labels,
                tags,
                row.getString("commit_message"),
                row.getString("created_by"),
                instant(row, "created_at"),
                instant(row, "updated_at"));
    }

    /** A name in its project. */
    private record Name(String projectId, String name) {

        <S extends SqlStatement<S>> S bind(S statement) {
            return statement.bind("project", projectId).bind("name", name);
        }
    }
}
