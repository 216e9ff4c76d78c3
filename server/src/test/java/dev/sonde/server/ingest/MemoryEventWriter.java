package dev.sonde.server.ingest;

import dev.sonde.server.model.EntityKey;
import dev.sonde.server.model.Observation;
import dev.sonde.server.model.Score;
import dev.sonde.server.model.Trace;
import dev.sonde.server.storage.Baseline;
import dev.sonde.server.storage.Change;
import dev.sonde.server.storage.Deletion;
import dev.sonde.server.storage.EventWriter;
import dev.sonde.server.storage.StorageException;
import dev.sonde.server.storage.WriteGroup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** Keeps events in maps, as strictly as a real store: a {@code before} that is not what is stored fails the group. */
public final class MemoryEventWriter implements EventWriter {

    private final Map<EntityKey, Trace> traces = new ConcurrentHashMap<>();
    private final Map<EntityKey, Observation> observations = new ConcurrentHashMap<>();
    private final Map<EntityKey, Score> scores = new ConcurrentHashMap<>();
    private final List<WriteGroup> groups = Collections.synchronizedList(new ArrayList<>());
    private volatile Predicate<WriteGroup> refuses = group -> false;

    /** From now on, fails the groups for which this holds. */
    public void refuse(Predicate<WriteGroup> groups) {
        refuses = groups;
    }

    @Override
    public Baseline baseline(Set<EntityKey> traceKeys, Set<EntityKey> observationKeys, Set<EntityKey> scoreKeys) {
        return new Baseline(among(traces, traceKeys), among(observations, observationKeys), among(scores, scoreKeys));
    }

    @Override
    public void write(WriteGroup group) {
        if (refuses.test(group)) {
            throw new StorageException("write events: refused");
        }
        check(traces, group.traces(), Trace::key);
        check(observations, group.observations(), Observation::key);
        check(scores, group.scores(), Score::key);
        group.traces().forEach(change -> traces.put(change.after().key(), change.after()));
        group.observations().forEach(change -> observations.put(change.after().key(), change.after()));
        group.scores().forEach(change -> scores.put(change.after().key(), change.after()));
        groups.add(group);
    }

    @Override
    public void delete(Deletion deletion) {
        check(traces, deletion.changed(), Trace::key);
        deletion.changed().forEach(change -> traces.put(change.after().key(), change.after()));
        traces.keySet().removeAll(deletion.traces());
        observations.keySet().removeAll(deletion.observations());
        scores.keySet().removeAll(deletion.scores());
    }

    /** Forgets everything. */
    public void clear() {
        traces.clear();
        observations.clear();
        scores.clear();
        groups.clear();
    }

    public Map<EntityKey, Trace> traces() {
        return traces;
    }

    public Map<EntityKey, Observation> observations() {
        return observations;
    }

    public Map<EntityKey, Score> scores() {
        return scores;
    }

    public List<WriteGroup> groups() {
        return groups;
    }

    private static <T> Map<EntityKey, T> among(Map<EntityKey, T> all, Set<EntityKey> keys) {
        Map<EntityKey, T> found = new HashMap<>();
        for (EntityKey key : keys) {
            T known = all.get(key);
            if (known != null) {
                found.put(key, known);
            }
        }
        return found;
    }

    private static <T> void check(Map<EntityKey, T> stored, List<Change<T>> changes, Function<T, EntityKey> key) {
        for (Change<T> change : changes) {
            T known = stored.get(key.apply(change.after()));
            if (known != change.before()) {
                throw new StorageException("write events: the state before is not what is stored");
            }
        }
    }
}
