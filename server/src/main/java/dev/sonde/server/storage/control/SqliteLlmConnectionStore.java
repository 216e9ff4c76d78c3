package dev.sonde.server.storage.control;

import static dev.sonde.server.storage.control.ControlDatabase.instant;
import static dev.sonde.server.storage.control.ControlDatabase.micros;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sonde.server.model.LlmConnection;
import dev.sonde.server.query.Slice;
import dev.sonde.server.storage.LlmConnectionStore;
import dev.sonde.server.storage.StorageException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Connections to providers in the control database. */
public final class SqliteLlmConnectionStore implements LlmConnectionStore {

    private static final JsonMapper JSON = new JsonMapper();

    private final ControlDatabase database;

    public SqliteLlmConnectionStore(ControlDatabase database) {
        this.database = database;
    }

    @Override
    public Saved save(LlmConnection connection) {
        return database.ask("save LLM connection", h -> {
            h.createUpdate("INSERT INTO llm_connection (id, project_id, provider, adapter, display_secret,"
                            + " sealed_secret, base_url, custom_models, with_default_models, header_names,"
                            + " sealed_headers, config, created_at, updated_at) VALUES (:id, :project, :provider,"
                            + " :adapter, :display, :secret, :url, :models, :defaults, :names, :headers, :config,"
                            + " :created, :updated) ON CONFLICT (project_id, provider) DO UPDATE SET adapter = :adapter,"
                            + " display_secret = :display, sealed_secret = :secret, base_url = :url,"
                            + " custom_models = :models, with_default_models = :defaults, header_names = :names,"
                            + " sealed_headers = :headers, config = :config, updated_at = :updated")
                    .bind("id", connection.id())
                    .bind("project", connection.projectId())
                    .bind("provider", connection.provider())
                    .bind("adapter", connection.adapter().name())
                    .bind("display", connection.displaySecret())
                    .bind("secret", connection.sealedSecret())
                    .bind("url", connection.baseUrl())
                    .bind("models", json(connection.customModels()))
                    .bind("defaults", connection.withDefaultModels())
                    .bind("names", json(connection.extraHeaderNames()))
                    .bind("headers", connection.sealedHeaders())
                    .bind("config", connection.config())
                    .bind("created", micros(connection.createdAt()))
                    .bind("updated", micros(connection.updatedAt()))
                    .execute();
            LlmConnection stored =
                    find(h, connection.projectId(), connection.provider()).orElseThrow();
            return new Saved(stored, stored.id().equals(connection.id()));
        });
    }

    @Override
    public Optional<LlmConnection> find(String projectId, String provider) {
        return database.ask("find LLM connection", h -> find(h, projectId, provider));
    }

    @Override
    public List<LlmConnection> list(String projectId, Slice slice) {
        return database.ask(
                "list LLM connections",
                h -> h.createQuery("SELECT * FROM llm_connection WHERE project_id = :project"
                                + " ORDER BY created_at DESC, id LIMIT :limit OFFSET :offset")
                        .bind("project", projectId)
                        .bind("limit", slice.limit())
                        .bind("offset", slice.offset())
                        .map((row, context) -> connection(row))
                        .list());
    }

    @Override
    public long count(String projectId) {
        return database.ask(
                "count LLM connections",
                h -> h.createQuery("SELECT count(*) FROM llm_connection WHERE project_id = :project")
                        .bind("project", projectId)
                        .mapTo(Long.class)
                        .one());
    }

    @Override
    public boolean delete(String projectId, String id) {
        return database.ask(
                "delete LLM connection",
                h -> h.createUpdate("DELETE FROM llm_connection WHERE project_id = :project AND id = :id")
                                .bind("project", projectId)
                                .bind("id", id)
                                .execute()
                        > 0);
    }

    private static Optional<LlmConnection> find(Handle h, String projectId, String provider) {
        return h.createQuery("SELECT * FROM llm_connection WHERE project_id = :project AND provider = :provider")
                .bind("project", projectId)
                .bind("provider", provider)
                .map((row, context) -> connection(row))
                .findOne();
    }

    private static LlmConnection connection(ResultSet row) throws SQLException {
        return new LlmConnection(
                row.getString("id"),
                row.getString("project_id"),
                row.getString("provider"),
                LlmConnection.Adapter.valueOf(row.getString("adapter")),
                row.getString("display_secret"),
                row.getString("sealed_secret"),
                row.getString("base_url"),
                texts(row.getString("custom_models")),
                row.getBoolean("with_default_models"),
                texts(row.getString("header_names")),
                row.getString("sealed_headers"),
                row.getString("config"),
                instant(row, "created_at"),
                instant(row, "updated_at"));
    }

    private static String json(List<String> texts) {
        try {
            return JSON.writeValueAsString(texts);
        } catch (JsonProcessingException e) {
            throw new StorageException("write LLM connection", e);
        }
    }

    private static List<String> texts(String json) {
        try {
            return JSON.readValue(json, new TypeReference<List<String>>() {});
        } catch (JsonProcessingException e) {
            throw new StorageException("read LLM connection", e);
        }
    }
}
