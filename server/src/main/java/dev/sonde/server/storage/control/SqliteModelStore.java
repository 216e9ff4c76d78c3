package dev.sonde.server.storage.control;

import static dev.sonde.server.storage.control.ControlDatabase.instant;
import static dev.sonde.server.storage.control.ControlDatabase.micros;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sonde.server.model.PricedModel;
import dev.sonde.server.model.PricedModel.AttributeCondition;
import dev.sonde.server.model.PricedModel.Condition;
import dev.sonde.server.model.PricedModel.Tier;
import dev.sonde.server.model.PricedModel.Tokenizer;
import dev.sonde.server.model.PricedModel.Unit;
import dev.sonde.server.model.PricedModel.UsageCondition;
import dev.sonde.server.storage.ModelStore;
import dev.sonde.server.storage.StorageException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Models of projects in the control database. */
public final class SqliteModelStore implements ModelStore {

    private static final JsonMapper JSON = JsonMapper.builder()
            .addMixIn(Condition.class, Named.class)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final ControlDatabase database;

    public SqliteModelStore(ControlDatabase database) {
        this.database = database;
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "of")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = UsageCondition.class, name = "usage"),
        @JsonSubTypes.Type(value = AttributeCondition.class, name = "attribute")
    })
    private interface Named {}

    @Override
    public void save(PricedModel model) {
        database.ask(
                "save model",
                h -> bound(
                                model,
                                h.createUpdate(
                                        "INSERT INTO model (id, project_id, name, pattern, start_date, unit, tokenizer,"
                                                + " tiers, created_at) VALUES (:id, :project, :name, :pattern, :start, :unit, :tokenizer,"
                                                + " :tiers, :created) ON CONFLICT (project_id, id) DO UPDATE SET name = :name,"
                                                + " pattern = :pattern, start_date = :start, unit = :unit, tokenizer = :tokenizer,"
                                                + " tiers = :tiers, created_at = :created"))
                        .execute());
    }

    @Override
    public Optional<PricedModel> find(String projectId, String id) {
        return database.ask(
                "find model",
                h -> h.createQuery("SELECT * FROM model WHERE project_id = :project AND id = :id")
                        .bind("project", projectId)
                        .bind("id", id)
                        .map((row, context) -> model(row))
                        .findOne());
    }

    @Override
    public List<PricedModel> list(String projectId) {
        return database.ask(
                "list models",
                h -> h.createQuery("SELECT * FROM model WHERE project_id = :project ORDER BY name, id")
                        .bind("project", projectId)
                        .map((row, context) -> model(row))
                        .list());
    }

    @Override
    public boolean delete(String projectId, String id) {
        return database.ask(
                "delete model",
                h -> h.createUpdate("DELETE FROM model WHERE project_id = :project AND id = :id")
                                .bind("project", projectId)
                                .bind("id", id)
                                .execute()
                        > 0);
    }

    private static <S extends SqlStatement<S>> S bound(PricedModel model, S statement) {
        Instant start = model.startDate();
        Unit unit = model.unit();
        return statement
                .bind("id", model.id())
                .bind("project", model.projectId())
                .bind("name", model.name())
                .bind("pattern", model.pattern())
                .bind("start", start == null ? null : (Long) micros(start))
                .bind("unit", unit == null ? null : unit.name())
                .bind("tokenizer", model.tokenizer() == null ? null : json(model.tokenizer()))
                .bind("tiers", tiers(model.tiers()))
                .bind("created", micros(model.createdAt()));
    }

    private static PricedModel model(ResultSet row) throws SQLException {
        String unit = row.getString("unit");
        String tokenizer = row.getString("tokenizer");
        return new PricedModel(
                row.getString("id"),
                row.getString("project_id"),
                row.getString("name"),
                row.getString("pattern"),
                start(row),
                unit == null ? null : Unit.valueOf(unit),
                tokenizer == null ? null : read(tokenizer, new TypeReference<Tokenizer>() {}),
                read(row.getString("tiers"), new TypeReference<List<Tier>>() {}),
                instant(row, "created_at"));
    }

    private static @Nullable Instant start(ResultSet row) throws SQLException {
        Instant start = instant(row, "start_date");
        return row.wasNull() ? null : start;
    }

    private static String tiers(List<Tier> tiers) {
        try {
            return JSON.writerFor(new TypeReference<List<Tier>>() {}).writeValueAsString(tiers);
        } catch (JsonProcessingException e) {
            throw new StorageException("write model", e);
        }
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new StorageException("write model", e);
        }
    }

    private static <T> T read(String json, TypeReference<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new StorageException("read model", e);
        }
    }
}
