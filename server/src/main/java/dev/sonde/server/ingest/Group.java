package dev.sonde.server.ingest;

import dev.sonde.server.model.EntityKey;
import dev.sonde.server.model.Observation;
import dev.sonde.server.model.Score;
import dev.sonde.server.model.Trace;
import dev.sonde.server.storage.Baseline;
import dev.sonde.server.storage.Change;
import dev.sonde.server.storage.EventWriter;
import dev.sonde.server.storage.WriteGroup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The events of one commit, from fragments to the rows that are written. Used by the committer's thread. */
final class Group {

    private static final Comparator<Fragment> BY_TIME =
            Comparator.comparing(Fragment::at).thenComparing(Fragment::isUpdate);

    private final Map<EntityKey, List<Fragment>> traces = new LinkedHashMap<>();
    private final Map<EntityKey, List<Fragment>> observations = new LinkedHashMap<>();
    private final Map<EntityKey, Score> scores = new LinkedHashMap<>();

    void add(Events events) {
        for (Fragment fragment : events.fragments()) {
            if (fragment.kind() == Fragment.Kind.TRACE) {
                traces.computeIfAbsent(fragment.key(), k -> new ArrayList<>()).add(fragment);
            } else {
                observations
                        .computeIfAbsent(fragment.key(), k -> new ArrayList<>())
                        .add(fragment);
            }
        }
        events.scores().forEach(score -> scores.put(score.key(), score));
    }

    /** Merges everything onto what is stored and prices it. */
    WriteGroup merge(EventWriter writer, UnaryOperator<Observation> pricing, Instant now) {
        Set<EntityKey> traceKeys = new LinkedHashSet<>(traces.keySet());
        observations.forEach(
                (key, fragments) -> fragments.forEach(f -> traceKeys.add(new EntityKey(key.projectId(), f.traceId()))));
        scores.values().forEach(score -> addTrace(traceKeys, score));
        Baseline baseline = writer.baseline(traceKeys, observations.keySet(), scores.keySet());

        Map<EntityKey, Change<Observation>> changed = new LinkedHashMap<>();
        observations.forEach((key, fragments) -> {
            fragments.sort(BY_TIME);
            Observation before = baseline.observations().get(key);
            changed.put(key, new Change<>(before, pricing.apply(Merger.observation(before, fragments, now))));
        });
        return new WriteGroup(
                traces(baseline, changed, now),
                new ArrayList<>(changed.values()),
                scores.values().stream()
                        .map(score -> new Change<>(baseline.scores().get(score.key()), score))
                        .toList());
    }

    private List<Change<Trace>> traces(Baseline baseline, Map<EntityKey, Change<Observation>> changed, Instant now) {
        Map<EntityKey, List<Fragment>> said = new LinkedHashMap<>(traces);
        Map<EntityKey, List<Change<Observation>>> children = new HashMap<>();
        for (Change<Observation> change : changed.values()) {
            Observation o = change.after();
            EntityKey key = new EntityKey(o.projectId(), o.traceId());
            children.computeIfAbsent(key, k -> new ArrayList<>()).add(change);
            said.computeIfAbsent(key, k -> new ArrayList<>());
        }
        Map<EntityKey, List<Score>> judged = new HashMap<>();
        for (Score score : scores.values()) {
            EntityKey key = traceOf(score);
            // a score alone makes no trace: it waits for one
            if (key != null && (said.containsKey(key) || baseline.traces().containsKey(key))) {
                judged.computeIfAbsent(key, k -> new ArrayList<>()).add(score);
                said.computeIfAbsent(key, k -> new ArrayList<>());
            }
        }
        List<Change<Trace>> changes = new ArrayList<>();
        said.forEach((key, fragments) -> {
            List<Change<Observation>> own = children.getOrDefault(key, List.of());
            Trace before = baseline.traces().get(key);
            List<Fragment> all = new ArrayList<>(fragments);
            own.forEach(change -> all.add(shallow(key, change.after())));
            if (all.isEmpty()) {
                all.add(Fragment.trace(key.projectId(), key.id(), now));
            }
            all.sort(BY_TIME);
            Totals totals = new Totals(before == null ? dev.sonde.server.model.TraceTotals.NONE : before.totals());
            own.forEach(totals::observation);
            judged.getOrDefault(key, List.of()).forEach(totals::score);
            changes.add(new Change<>(before, with(Merger.trace(before, all, now), totals)));
        });
        return changes;
    }

    /** What an observation says about a trace nobody has described yet. */
    private static Fragment shallow(EntityKey trace, Observation o) {
        return Fragment.trace(trace.projectId(), trace.id(), o.startTime())
                .with(Part.TIMESTAMP, o.startTime())
                .with(Part.ENVIRONMENT, o.environment());
    }

    private static Trace with(Trace t, Totals totals) {
        return new Trace(
                t.projectId(),
                t.id(),
                t.timestamp(),
                t.name(),
                t.userId(),
                t.sessionId(),
                t.release(),
                t.version(),
                t.environment(),
                t.tags(),
                t.isPublic(),
                t.bookmarked(),
                t.payload(),
                totals.build(),
                t.createdAt(),
                t.updatedAt());
    }

    private static void addTrace(Set<EntityKey> keys, Score score) {
        EntityKey key = traceOf(score);
        if (key != null) {
            keys.add(key);
        }
    }

    private static @Nullable EntityKey traceOf(Score score) {
        String traceId = score.target().traceId();
        return traceId == null ? null : new EntityKey(score.projectId(), traceId);
    }
}
