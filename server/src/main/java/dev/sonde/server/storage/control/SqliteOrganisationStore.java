package dev.sonde.server.storage.control;

import static dev.sonde.server.storage.control.ControlDatabase.instant;
import static dev.sonde.server.storage.control.ControlDatabase.micros;

import dev.sonde.server.model.ApiKey;
import dev.sonde.server.model.OrganisationKey;
import dev.sonde.server.model.Project;
import dev.sonde.server.model.Project.Organisation;
import dev.sonde.server.storage.OrganisationStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Organisations in the control database. */
public final class SqliteOrganisationStore implements OrganisationStore {

    private static final String KEYS =
            "SELECT k.*, o.name AS organisation_name FROM organisation_key k JOIN organisation o ON o.id = k.organisation_id";

    private final ControlDatabase database;

    public SqliteOrganisationStore(ControlDatabase database) {
        this.database = database;
    }

    @Override
    public boolean createKey(OrganisationKey key) {
        return database.ask(
                "create organisation key",
                h -> isFree(h, key.publicKey())
                        && h.createUpdate("INSERT INTO organisation_key (id, organisation_id, public_key, secret_hash,"
                                                + " display_secret, note, created_at) VALUES (:id, :organisation,"
                                                + " :public, :hash, :display, :note, :created)")
                                        .bind("id", key.id())
                                        .bind("organisation", key.organisation().id())
                                        .bind("public", key.publicKey())
                                        .bind("hash", key.secretHash())
                                        .bind("display", key.displaySecret())
                                        .bind("note", key.note())
                                        .bind("created", micros(key.createdAt()))
                                        .execute()
                                > 0);
    }

    @Override
    public Optional<OrganisationKey> findKey(String publicKey) {
        return database.ask(
                "find organisation key",
                h -> h.createQuery(KEYS + " WHERE k.public_key = :public")
                        .bind("public", publicKey)
                        .map((row, context) -> key(row))
                        .findOne());
    }

    @Override
    public List<OrganisationKey> keys(String organisationId) {
        return database.ask(
                "list organisation keys",
                h -> h.createQuery(KEYS + " WHERE k.organisation_id = :id ORDER BY k.created_at DESC, k.id")
                        .bind("id", organisationId)
                        .map((row, context) -> key(row))
                        .list());
    }

    @Override
    public void touchKey(String keyId, Instant usedAt) {
        database.ask(
                "touch organisation key",
                h -> h.createUpdate("UPDATE organisation_key SET last_used_at = :at WHERE id = :id")
                        .bind("at", micros(usedAt))
                        .bind("id", keyId)
                        .execute());
    }

    @Override
    public List<Project> projects(String organisationId) {
        return database.ask(
                "list projects of organisation",
                h -> h.createQuery("SELECT " + SqliteControlPlane.PROJECT_COLUMNS
                                + " WHERE o.id = :id ORDER BY p.name, p.id")
                        .bind("id", organisationId)
                        .map((row, context) -> SqliteControlPlane.project(row))
                        .list());
    }

    @Override
    public void createProject(Project project) {
        database.ask("create project", h -> {
            List<String> owners = h.createQuery("SELECT m.account_id FROM membership m JOIN project p"
                            + " ON p.id = m.project_id WHERE p.organisation_id = :organisation AND m.role = 'OWNER'"
                            + " GROUP BY m.account_id HAVING count(*) = (SELECT count(*) FROM project"
                            + " WHERE organisation_id = :organisation AND deleted_at IS NULL)")
                    .bind("organisation", project.organisation().id())
                    .mapTo(String.class)
                    .list();
            h.createUpdate("INSERT INTO project (id, name, organisation_id, metadata, created_at, updated_at)"
                            + " VALUES (:id, :name, :organisation, :metadata, :created, :updated)")
                    .bind("id", project.id())
                    .bind("name", project.name())
                    .bind("organisation", project.organisation().id())
                    .bind("metadata", project.metadata())
                    .bind("created", micros(project.createdAt()))
                    .bind("updated", micros(project.updatedAt()))
                    .execute();
            for (String owner : owners) {
                h.createUpdate("INSERT INTO membership (account_id, project_id, role) VALUES (:owner, :id, 'OWNER')")
                        .bind("owner", owner)
                        .bind("id", project.id())
                        .execute();
            }
            return owners.size();
        });
    }

    @Override
    public boolean createProjectKey(ApiKey key) {
        return database.ask(
                "create project key",
                h -> isFree(h, key.publicKey())
                        && h.createUpdate("INSERT INTO api_key (id, project_id, public_key, secret_hash,"
                                                + " display_secret, note, created_at) VALUES (:id, :project, :public,"
                                                + " :hash, :display, :note, :created)")
                                        .bind("id", key.id())
                                        .bind("project", key.projectId())
                                        .bind("public", key.publicKey())
                                        .bind("hash", key.secretHash())
                                        .bind("display", key.displaySecret())
                                        .bind("note", key.note())
                                        .bind("created", micros(key.createdAt()))
                                        .execute()
                                > 0);
    }

    private static boolean isFree(Handle h, String publicKey) {
        return !h.createQuery("SELECT EXISTS (SELECT 1 FROM api_key WHERE public_key = :public)"
                        + " OR EXISTS (SELECT 1 FROM organisation_key WHERE public_key = :public)")
                .bind("public", publicKey)
                .mapTo(Boolean.class)
                .one();
    }

    @Override
    public boolean retire(String projectId, Instant at) {
        return database.ask("retire project", h -> {
            for (String table : List.of("api_key", "membership")) {
                h.createUpdate("DELETE FROM " + table + " WHERE project_id = :id")
                        .bind("id", projectId)
                        .execute();
            }
            return h.createUpdate("UPDATE project SET deleted_at = :at WHERE id = :id AND deleted_at IS NULL")
                            .bind("at", micros(at))
                            .bind("id", projectId)
                            .execute()
                    > 0;
        });
    }

    @Override
    public List<String> retired() {
        return database.ask(
                "list retired projects",
                h -> h.createQuery("SELECT id FROM project WHERE deleted_at IS NOT NULL ORDER BY id")
                        .mapTo(String.class)
                        .list());
    }

    /** From every table that names a project, so that a table added later is not forgotten; then what hung on those rows. */
    @Override
    public void erase(String projectId) {
        database.ask("erase project", h -> {
            h.execute("PRAGMA defer_foreign_keys = ON");
            List<String> tables = h.createQuery("SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c"
                            + " WHERE m.type = 'table' AND c.name = 'project_id'")
                    .mapTo(String.class)
                    .list();
            for (String table : tables) {
                h.createUpdate("DELETE FROM \"" + table + "\" WHERE project_id = :id")
                        .bind("id", projectId)
                        .execute();
            }
            h.createUpdate("DELETE FROM project WHERE id = :id")
                    .bind("id", projectId)
                    .execute();
            while (deleteOrphans(h)) {
                // rows may hang on rows that hang on rows
            }
            return tables.size();
        });
    }

    private static boolean deleteOrphans(Handle h) {
        List<Orphan> orphans = h.createQuery("SELECT \"table\" AS name, rowid AS number FROM pragma_foreign_key_check")
                .map((row, context) -> new Orphan(row.getString("name"), row.getLong("number")))
                .list();
        for (Orphan orphan : orphans) {
            h.createUpdate("DELETE FROM \"" + orphan.table() + "\" WHERE rowid = :number")
                    .bind("number", orphan.number())
                    .execute();
        }
        return !orphans.isEmpty();
    }

    private record Orphan(String table, long number) {}

    private static OrganisationKey key(ResultSet row) throws SQLException {
        Instant used = instant(row, "last_used_at");
        boolean never = row.wasNull();
        return new OrganisationKey(
                row.getString("id"),
                new Organisation(row.getString("organisation_id"), row.getString("organisation_name")),
                row.getString("public_key"),
                row.getString("secret_hash"),
                row.getString("display_secret"),
                row.getString("note"),
                instant(row, "created_at"),
                never ? null : used);
    }
}
