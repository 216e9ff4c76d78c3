package dev.sonde.server.storage.control;

import static dev.sonde.server.storage.control.ControlDatabase.instant;
import static dev.sonde.server.storage.control.ControlDatabase.micros;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sonde.server.model.Repricing;
import dev.sonde.server.query.Slice;
import dev.sonde.server.storage.RepricingStore;
import dev.sonde.server.storage.StorageException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Repricings in the control database; the differences by model are JSON. */
public final class SqliteRepricingStore implements RepricingStore {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final TypeReference<List<Repricing.Difference>> DIFFERENCES = new TypeReference<>() {};

    private final ControlDatabase database;

    public SqliteRepricingStore(ControlDatabase database) {
        this.database = database;
    }

    @Override
    public void save(Repricing r) {
        Instant end = r.endedAt();
        database.ask(
                "save repricing",
                h -> h.createUpdate(
                                "INSERT INTO repricing (id, project_id, asked_by, dry_run, range_from, range_to, model,"
                                        + " state, problem, differences, started_at, ended_at) VALUES (:id, :project, :by, :dry,"
                                        + " :from, :to, :model, :state, :problem, :differences, :started, :ended)"
                                        + " ON CONFLICT (id) DO UPDATE SET state = excluded.state, problem = excluded.problem,"
                                        + " differences = excluded.differences, ended_at = excluded.ended_at")
                        .bind("id", r.id())
                        .bind("project", r.projectId())
                        .bind("by", r.askedBy())
                        .bind("dry", r.dryRun())
                        .bind("from", micros(r.from()))
                        .bind("to", micros(r.to()))
                        .bind("model", r.model())
                        .bind("state", r.state().name())
                        .bind("problem", r.problem())
                        .bind("differences", json(r.differences()))
                        .bind("started", micros(r.startedAt()))
                        .bind("ended", end == null ? null : (Long) micros(end))
                        .execute());
    }

    @Override
    public Optional<Repricing> find(String projectId, String id) {
        return database.ask(
                "find repricing",
                h -> h.createQuery("SELECT * FROM repricing WHERE project_id = :project AND id = :id")
                        .bind("project", projectId)
                        .bind("id", id)
                        .map((row, context) -> repricing(row))
                        .findOne());
    }

    @Override
    public List<Repricing> list(String projectId, Slice slice) {
        return database.ask(
                "list repricings",
                h -> h.createQuery("SELECT * FROM repricing WHERE project_id = :project"
                                + " ORDER BY started_at DESC, id LIMIT :limit OFFSET :offset")
                        .bind("project", projectId)
                        .bind("limit", slice.limit())
                        .bind("offset", slice.offset())
                        .map((row, context) -> repricing(row))
                        .list());
    }

    @Override
    public long count(String projectId) {
        return database.ask(
                "count repricings",
                h -> h.createQuery("SELECT count(*) FROM repricing WHERE project_id = :project")
                        .bind("project", projectId)
                        .mapTo(Long.class)
                        .one());
    }

    @Override
    public List<Repricing> running() {
        return database.ask(
                "list running repricings",
                h -> h.createQuery("SELECT * FROM repricing WHERE state = 'RUNNING' ORDER BY started_at, id")
                        .map((row, context) -> repricing(row))
                        .list());
    }

    private static Repricing repricing(ResultSet row) throws SQLException {
        return new Repricing(
                row.getString("id"),
                row.getString("project_id"),
                row.getString("asked_by"),
                row.getBoolean("dry_run"),
                instant(row, "range_from"),
                instant(row, "range_to"),
                row.getString("model"),
                Repricing.State.valueOf(row.getString("state")),
                row.getString("problem"),
                differences(row.getString("differences")),
                instant(row, "started_at"),
                ended(row));
    }

    private static @Nullable Instant ended(ResultSet row) throws SQLException {
        Instant end = instant(row, "ended_at");
        return row.wasNull() ? null : end;
    }

    private static String json(List<Repricing.Difference> differences) {
        try {
            return JSON.writeValueAsString(differences);
        } catch (JsonProcessingException e) {
            throw new StorageException("write repricing", e);
        }
    }

    private static List<Repricing.Difference> differences(String json) {
        try {
            return JSON.readValue(json, DIFFERENCES);
        } catch (JsonProcessingException e) {
            throw new StorageException("read repricing", e);
        }
    }
}
