package dev.sonde.server.storage.control;

import static dev.sonde.server.storage.control.ControlDatabase.instant;
import static dev.sonde.server.storage.control.ControlDatabase.micros;

import dev.sonde.server.model.Account;
import dev.sonde.server.model.ApiKey;
import dev.sonde.server.model.Project;
import dev.sonde.server.storage.ControlPlane;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Projects, keys and accounts in the control database. */
public final class SqliteControlPlane implements ControlPlane {

    /** Projects that somebody deleted are out of sight. */
    static final String PROJECT_COLUMNS =
            "p.id, p.name, p.metadata, p.created_at, p.updated_at, o.id AS organisation_id, o.name AS organisation_name"
                    + " FROM project p JOIN organisation o ON o.id = p.organisation_id"
                    + " AND p.deleted_at IS NULL";

    private final ControlDatabase database;

    public SqliteControlPlane(ControlDatabase database) {
        this.database = database;
    }

    private <T> T ask(String operation, Function<Handle, T> question) {
        return database.ask(operation, question);
    }

    private void change(String operation, Function<Handle, Integer> change) {
        ask(operation, change);
    }

    @Override
    public Project saveProject(Project project) {
        return ask("save project", h -> {
            h.createUpdate("INSERT INTO organisation (id, name) VALUES (:id, :name)"
                            + " ON CONFLICT (id) DO UPDATE SET name = excluded.name")
                    .bind("id", project.organisation().id())
                    .bind("name", project.organisation().name())
                    .execute();
            h.createUpdate("INSERT INTO project (id, name, organisation_id, metadata, created_at, updated_at)"
                            + " VALUES (:id, :name, :organisation, :metadata, :createdAt, :updatedAt) ON CONFLICT (id)"
                            + " DO UPDATE SET name = excluded.name, organisation_id = excluded.organisation_id,"
                            + " metadata = excluded.metadata, updated_at = excluded.updated_at")
                    .bind("id", project.id())
                    .bind("name", project.name())
                    .bind("organisation", project.organisation().id())
                    .bind("metadata", project.metadata())
                    .bind("createdAt", micros(project.createdAt()))
                    .bind("updatedAt", micros(project.updatedAt()))
                    .execute();
            return h.createQuery("SELECT " + PROJECT_COLUMNS + " WHERE p.id = :id")
                    .bind("id", project.id())
                    .map((row, context) -> project(row))
                    .one();
        });
    }

    @Override
    public Optional<Project> findProject(String projectId) {
        return ask(
                "find project",
                h -> h.createQuery("SELECT " + PROJECT_COLUMNS + " WHERE p.id = :id")
                        .bind("id", projectId)
                        .map((row, context) -> project(row))
                        .findOne());
    }

    @Override
    public List<Project> projects() {
        return ask(
                "list projects",
                h -> h.createQuery("SELECT " + PROJECT_COLUMNS + " ORDER BY p.name, p.id")
                        .map((row, context) -> project(row))
                        .list());
    }

    @Override
    public void saveApiKey(ApiKey key) {
        change("save API key", h -> {
            h.createUpdate("DELETE FROM api_key WHERE id = :id OR public_key = :publicKey")
                    .bind("id", key.id())
                    .bind("publicKey", key.publicKey())
                    .execute();
            return h.createUpdate("INSERT INTO api_key (id, project_id, public_key, secret_hash, display_secret, note,"
                            + " created_at, last_used_at) VALUES (:id, :project, :publicKey, :hash, :display, :note,"
                            + " :createdAt, :lastUsedAt)")
                    .bind("id", key.id())
                    .bind("project", key.projectId())
                    .bind("publicKey", key.publicKey())
                    .bind("hash", key.secretHash())
                    .bind("display", key.displaySecret())
                    .bind("note", key.note())
                    .bind("createdAt", micros(key.createdAt()))
                    .bind("lastUsedAt", nullableMicros(key.lastUsedAt()))
                    .execute();
        });
    }

    @Override
    public Optional<ApiKey> findApiKey(String publicKey) {
        return ask(
                "find API key",
                h -> h.createQuery("SELECT * FROM api_key WHERE public_key = :publicKey")
                        .bind("publicKey", publicKey)
                        .map((row, context) -> apiKey(row))
                        .findOne());
    }

    @Override
    public List<ApiKey> apiKeys(String projectId) {
        return ask(
                "list API keys",
                h -> h.createQuery(
                                "SELECT * FROM api_key WHERE project_id = :project ORDER BY created_at DESC, id DESC")
                        .bind("project", projectId)
                        .map((row, context) -> apiKey(row))
                        .list());
    }

    @Override
    public boolean deleteApiKey(String projectId, String keyId) {
        return database.ask(
                "delete API key",
                h -> h.createUpdate("DELETE FROM api_key WHERE id = :id AND project_id = :project")
                                .bind("id", keyId)
                                .bind("project", projectId)
                                .execute()
                        > 0);
    }

    @Override
    public void touchApiKey(String keyId, Instant usedAt) {
        change(
                "touch API key",
                h -> h.createUpdate("UPDATE api_key SET last_used_at = :at WHERE id = :id")
                        .bind("at", micros(usedAt))
                        .bind("id", keyId)
                        .execute());
    }

    @Override
    public void saveAccount(Account account) {
        change(
                "save account",
                h -> h.createUpdate("INSERT INTO account (id, email, name, password_hash, created_at)"
                                + " VALUES (:id, :email, :name, :hash, :createdAt) ON CONFLICT (id) DO UPDATE SET email ="
                                + " excluded.email, name = excluded.name, password_hash = excluded.password_hash")
                        .bind("id", account.id())
                        .bind("email", account.email())
                        .bind("name", account.name())
                        .bind("hash", account.passwordHash())
                        .bind("createdAt", micros(account.createdAt()))
                        .execute());
    }

    @Override
    public Optional<Account> findAccount(String accountId) {
        return account("id", accountId);
    }

    @Override
    public Optional<Account> findAccountByEmail(String email) {
        return account("email", email);
    }

    private Optional<Account> account(String column, String value) {
        return ask(
                "find account",
                h -> h.createQuery("SELECT * FROM account WHERE " + column + " = :value")
                        .bind("value", value)
                        .map((row, context) -> new Account(
                                row.getString("id"),
                                row.getString("email"),
                                row.getString("name"),
                                row.getString("password_hash"),
                                instant(row, "created_at")))
                        .findOne());
    }

    @Override
    public boolean anyAccount() {
        return ask(
                "find any account",
                h -> h.createQuery("SELECT EXISTS (SELECT 1 FROM account)")
                        .mapTo(Boolean.class)
                        .one());
    }

    @Override
    public void saveMembership(String accountId, String projectId, Account.Role role) {
        change(
                "save membership",
                h -> h.createUpdate("INSERT INTO membership (account_id, project_id, role) VALUES"
                                + " (:account, :project, :role) ON CONFLICT (account_id, project_id) DO UPDATE SET role ="
                                + " excluded.role")
                        .bind("account", accountId)
                        .bind("project", projectId)
                        .bind("role", role.name())
                        .execute());
    }

    @Override
    public List<Account.Membership> memberships(String accountId) {
        return ask(
                "list memberships",
                h -> h.createQuery("SELECT m.role, " + PROJECT_COLUMNS
                                + " JOIN membership m ON m.project_id = p.id WHERE m.account_id = :account"
                                + " ORDER BY p.name, p.id")
                        .bind("account", accountId)
                        .map((row, context) ->
                                new Account.Membership(project(row), Account.Role.valueOf(row.getString("role"))))
                        .list());
    }

    @Override
    public void saveBrowserSession(String tokenHash, String accountId, Instant createdAt, Instant lastSeenAt) {
        change(
                "save browser session",
                h -> h.createUpdate("INSERT INTO browser_session (token_hash, account_id,"
                                + " created_at, last_seen_at) VALUES (:token, :account, :createdAt, :lastSeenAt)"
                                + " ON CONFLICT (token_hash) DO UPDATE SET last_seen_at = excluded.last_seen_at")
                        .bind("token", tokenHash)
                        .bind("account", accountId)
                        .bind("createdAt", micros(createdAt))
                        .bind("lastSeenAt", micros(lastSeenAt))
                        .execute());
    }

    @Override
    public Optional<BrowserSession> findBrowserSession(String tokenHash) {
        return ask(
                "find browser session",
                h -> h.createQuery("SELECT * FROM browser_session WHERE token_hash = :token")
                        .bind("token", tokenHash)
                        .map((row, context) -> new BrowserSession(
                                row.getString("account_id"), instant(row, "created_at"), instant(row, "last_seen_at")))
                        .findOne());
    }

    @Override
    public void deleteBrowserSession(String tokenHash) {
        change(
                "delete browser session",
                h -> h.createUpdate("DELETE FROM browser_session WHERE token_hash = :token")
                        .bind("token", tokenHash)
                        .execute());
    }

    @Override
    public Optional<String> findSetting(String name) {
        return ask(
                "find setting",
                h -> h.createQuery("SELECT value FROM setting WHERE name = :name")
                        .bind("name", name)
                        .mapTo(String.class)
                        .findOne());
    }

    @Override
    public void saveSetting(String name, String value) {
        change(
                "save setting",
                h -> h.createUpdate("INSERT INTO setting (name, value) VALUES (:name, :value)"
                                + " ON CONFLICT (name) DO UPDATE SET value = excluded.value")
                        .bind("name", name)
                        .bind("value", value)
                        .execute());
    }

    @Override
    public void deleteSetting(String name) {
        change(
                "delete setting",
                h -> h.createUpdate("DELETE FROM setting WHERE name = :name")
                        .bind("name", name)
                        .execute());
    }

    static Project project(ResultSet row) throws SQLException {
        return new Project(
                row.getString("id"),
                row.getString("name"),
                new Project.Organisation(row.getString("organisation_id"), row.getString("organisation_name")),
                row.getString("metadata"),
                instant(row, "created_at"),
                instant(row, "updated_at"));
    }

    private static ApiKey apiKey(ResultSet row) throws SQLException {
        long lastUsedAt = row.getLong("last_used_at");
        boolean neverUsed = row.wasNull();
        return new ApiKey(
                row.getString("id"),
                row.getString("project_id"),
                row.getString("public_key"),
                row.getString("secret_hash"),
                row.getString("display_secret"),
                row.getString("note"),
                instant(row, "created_at"),
                neverUsed ? null : Instant.EPOCH.plus(lastUsedAt, ChronoUnit.MICROS));
    }

    private static @Nullable Long nullableMicros(@Nullable Instant time) {
        return time == null ? null : micros(time);
    }
}
