package dev.sonde.server.storage.duckdb;

import dev.sonde.server.model.EntityKey;
import dev.sonde.server.model.Observation;
import dev.sonde.server.model.ObservationType;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which observations are in {@code obs_hot}: those that have not ended, until they have been open for too long. Changes
 * are made within the writer's transaction and take effect with {@link #committed()}. Only for the thread that holds the
 * write lock.
 */
final class OpenRows {

    /** However many never end, the table stays small. */
    private static final int MAX_OPEN = 100_000;

    private static final int MAX_MOVED_AT_ONCE = 5_000;

    private final Clock clock;
    private final Duration openFor;
    /** By time of the last change, eldest first. Microseconds since 1970. */
    private final Map<EntityKey, Long> open = new LinkedHashMap<>();

    private final Map<EntityKey, Long> added = new LinkedHashMap<>();
    private final Set<EntityKey> removed = new LinkedHashSet<>();

    OpenRows(Columns columns, Clock clock, Duration openFor) {
        this.clock = clock;
        this.openFor = openFor;
        columns.list(
                "load open observations",
                Sql.of("SELECT project, id, epoch_us(updated_at) FROM obs_hot ORDER BY updated_at, id"),
                from -> open.put(new EntityKey(from.text(), from.text()), from.number()));
    }

    boolean contains(EntityKey key) {
        return open.containsKey(key);
    }

    /** Whether more is to come; an event happens at one moment and has no end. */
    static boolean isOpen(Observation observation) {
        return observation.endTime() == null && observation.type() != ObservationType.EVENT;
    }

    /** Whether this observation goes to the open rows; it is then noted. */
    boolean add(Observation observation) {
        if (!isOpen(observation)) {
            return false;
        }
        added.put(observation.key(), Times.micros(clock.instant()));
        return true;
    }

    int delete(Columns columns, Collection<EntityKey> keys) throws SQLException {
        removed.addAll(keys);
        return columns.update(Sql.of("DELETE FROM obs_hot WHERE ").add(anyOf(keys)));
    }

    /** Moves those to {@code obs} that did not change for too long. */
    void moveLongOpen(Columns columns) throws SQLException {
        long limit = Times.micros(clock.instant().minus(openFor));
        int surplus = open.size() - MAX_OPEN;
        List<EntityKey> moved = new ArrayList<>();
        for (Map.Entry<EntityKey, Long> eldest : open.entrySet()) {
            boolean old = eldest.getValue() < limit || moved.size() < surplus;
            if (!old || moved.size() == MAX_MOVED_AT_ONCE) {
                break;
            }
            if (!removed.contains(eldest.getKey())) {
                moved.add(eldest.getKey());
            }
        }
        if (!moved.isEmpty()) {
            columns.update(Sql.of("INSERT INTO obs FROM obs_hot WHERE ").add(anyOf(moved)));
            delete(columns, moved);
        }
    }

    void committed() {
        removed.forEach(open::remove);
        added.forEach((key, touched) -> {
            open.remove(key);
            open.put(key, touched);
        });
        forgetChanges();
    }

    void forgetChanges() {
        removed.clear();
        added.clear();
    }

    private static Sql anyOf(Collection<EntityKey> keys) {
        Map<String, List<String>> byProject = keys.stream()
                .collect(Collectors.groupingBy(
                        EntityKey::projectId, Collectors.mapping(EntityKey::id, Collectors.toList())));
        Sql sql = Sql.of("(false");
        byProject.forEach((project, ids) ->
                sql.add(" OR (project = ").value(project).add(" AND id").in(ids).add(")"));
        return sql.add(")");
    }
}
