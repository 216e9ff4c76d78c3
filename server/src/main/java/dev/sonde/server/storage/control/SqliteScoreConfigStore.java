package dev.sonde.server.storage.control;

import static dev.sonde.server.storage.control.ControlDatabase.instant;
import static dev.sonde.server.storage.control.ControlDatabase.micros;

import dev.sonde.server.model.Score;
import dev.sonde.server.model.ScoreConfig;
import dev.sonde.server.query.Slice;
import dev.sonde.server.storage.ScoreConfigStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Score configs in the control database. */
public final class SqliteScoreConfigStore implements ScoreConfigStore {

    private final ControlDatabase database;

    public SqliteScoreConfigStore(ControlDatabase database) {
        this.database = database;
    }

    @Override
    public void create(ScoreConfig config) {
        database.ask("create score config", h -> {
            changing(
                            config,
                            h.createUpdate("INSERT INTO score_config (id, project_id, name, data_type, archived,"
                                    + " min_value, max_value, description, created_at, updated_at) VALUES (:id, :project,"
                                    + " :name, :type, :archived, :min, :max, :description, :created, :updated)"))
                    .bind("project", config.projectId())
                    .bind("type", config.dataType().name())
                    .bind("created", micros(config.createdAt()))
                    .execute();
            saveCategories(h, config);
            return config.id();
        });
    }

    @Override
    public Optional<ScoreConfig> find(String projectId, String id) {
        return database.ask("find score config", h -> find(h, projectId, id));
    }

    @Override
    public List<ScoreConfig> list(String projectId, Slice slice) {
        return database.ask(
                "list score configs",
                h -> h
                        .createQuery("SELECT * FROM score_config WHERE project_id = :project"
                                + " ORDER BY created_at DESC, id LIMIT :limit OFFSET :offset")
                        .bind("project", projectId)
                        .bind("limit", slice.limit())
                        .bind("offset", slice.offset())
                        .map((row, context) -> config(row))
                        .list()
                        .stream()
                        .map(config -> withCategories(h, config))
                        .toList());
    }

    @Override
    public long count(String projectId) {
        return database.ask(
                "count score configs",
                h -> h.createQuery("SELECT count(*) FROM score_config WHERE project_id = :project")
                        .bind("project", projectId)
                        .mapTo(Long.class)
                        .one());
    }

    @Override
    public Optional<ScoreConfig> update(String projectId, String id, UnaryOperator<ScoreConfig> change) {
        return database.ask(
                "change score config",
                h -> find(h, projectId, id).map(before -> {
                    ScoreConfig after = change.apply(before);
                    changing(
                                    after,
                                    h.createUpdate("UPDATE score_config SET name = :name, archived = :archived,"
                                            + " min_value = :min, max_value = :max, description = :description,"
                                            + " updated_at = :updated WHERE id = :id"))
                            .execute();
                    h.createUpdate("DELETE FROM score_config_category WHERE config_id = :id")
                            .bind("id", id)
                            .execute();
                    saveCategories(h, after);
                    return after;
                }));
    }

    private static <S extends SqlStatement<S>> S changing(ScoreConfig config, S statement) {
        return statement
                .bind("id", config.id())
                .bind("name", config.name())
                .bind("archived", config.archived())
                .bind("min", config.minValue())
                .bind("max", config.maxValue())
                .bind("description", config.description())
                .bind("updated", micros(config.updatedAt()));
    }

    private static void saveCategories(Handle h, ScoreConfig config) {
        int position = 0;
        for (ScoreConfig.Category category : config.categories()) {
            h.createUpdate("INSERT INTO score_config_category (config_id, position, label, value)"
                            + " VALUES (:id, :position, :label, :value)")
                    .bind("id", config.id())
                    .bind("position", position++)
                    .bind("label", category.label())
                    .bind("value", category.value())
                    .execute();
        }
    }

    private static Optional<ScoreConfig> find(Handle h, String projectId, String id) {
        return h.createQuery("SELECT * FROM score_config WHERE project_id = :project AND id = :id")
                .bind("project", projectId)
                .bind("id", id)
                .map((row, context) -> config(row))
                .findOne()
                .map(config -> withCategories(h, config));
    }

    private static ScoreConfig withCategories(Handle h, ScoreConfig c) {
        List<ScoreConfig.Category> categories = h.createQuery(
                        "SELECT label, value FROM score_config_category WHERE config_id = :id ORDER BY position")
                .bind("id", c.id())
                .map((row, context) -> new ScoreConfig.Category(row.getString("label"), row.getDouble("value")))
                .list();
        return new ScoreConfig(
                c.id(),
                c.projectId(),
                c.name(),
                c.dataType(),
                c.archived(),
                c.minValue(),
                c.maxValue(),
                categories,
                c.description(),
                c.createdAt(),
                c.updatedAt());
    }

    private static ScoreConfig config(ResultSet row) throws SQLException {
        return new ScoreConfig(
                row.getString("id"),
                row.getString("project_id"),
                row.getString("name"),
                Score.DataType.valueOf(row.getString("data_type")),
                row.getBoolean("archived"),
                number(row, "min_value"),
                number(row, "max_value"),
                List.of(),
                row.getString("description"),
                instant(row, "created_at"),
                instant(row, "updated_at"));
    }

    private static @Nullable Double number(ResultSet row, String column) throws SQLException {
        double number = row.getDouble(column);
        return row.wasNull() ? null : number;
    }
}
