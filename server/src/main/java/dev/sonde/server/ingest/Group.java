package dev.sonde.server.ingest;

import dev.sonde.server.model.EntityKey;
import dev.sonde.server.model.Observation;
import dev.sonde.server.model.Score;
import dev.sonde.server.model.Trace;
import dev.sonde.server.model.TraceTotals;
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

    private static final Comparator<Fragment> BY_TIME = Comparator.comparingLong(Fragment::order);

    private final Map<EntityKey, List<Fragment>> traces = new LinkedHashMap<>();
    private final Map<EntityKey, List<Fragment>> observations = new LinkedHashMap<>();
    private final Map<EntityKey, Score> scores = new LinkedHashMap<>();
    private final Map<EntityKey, Said> traceTimes = new HashMap<>();
    private final Map<EntityKey, Said> observationTimes = new HashMap<>();

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
        events.scores().forEach(score -> scores.merge(score.key(), score, Merger::score));
    }

    /** Merges everything onto what is stored and prices it. */
    WriteGroup merge(EventWriter writer, UnaryOperator<Observation> pricing, RecentTimes recent, Instant now) {
        Baseline baseline = baseline(writer);
        Map<EntityKey, Change<Observation>> changed = new LinkedHashMap<>();
        observations.forEach((key, fragments) -> {
            fragments.sort(BY_TIME);
            Observation before = baseline.observations().get(key);
            Said said = recent.find(Fragment.Kind.OBSERVATION, key, before == null);
            observationTimes.put(key, said);
            changed.put(key, new Change<>(before, pricing.apply(Merger.observation(before, fragments, said, now))));
        });
        Map<EntityKey, Change<Score>> judged = new LinkedHashMap<>();
        scores.forEach((key, score) -> {
            Score before = baseline.scores().get(key);
            judged.put(key, new Change<>(before, Merger.score(before, score)));
        });
        return new WriteGroup(
                traces(baseline, changed, judged, recent, now),
                new ArrayList<>(changed.values()),
                new ArrayList<>(judged.values()));
    }

    /** To be called when the group is stored. */
    void remember(RecentTimes recent) {
        recent.keep(Fragment.Kind.TRACE, traceTimes);
        recent.keep(Fragment.Kind.OBSERVATION, observationTimes);
    }

    /** An update need not say which trace it belongs to: that is known after the first look. */
    private Baseline baseline(EventWriter writer) {
        Set<EntityKey> traceKeys = new LinkedHashSet<>(traces.keySet());
        observations.forEach(
                (key, fragments) -> fragments.forEach(f -> traceKeys.add(new EntityKey(key.projectId(), f.traceId()))));
        scores.values().forEach(score -> addTrace(traceKeys, score));
        Baseline first = writer.baseline(traceKeys, observations.keySet(), scores.keySet());
        Set<EntityKey> more = new LinkedHashSet<>();
        first.observations().values().forEach(o -> more.add(new EntityKey(o.projectId(), o.traceId())));
        first.scores().values().forEach(score -> addTrace(more, score));
        more.removeAll(traceKeys);
        if (more.isEmpty()) {
            return first;
        }
        Map<EntityKey, Trace> all = new HashMap<>(first.traces());
        all.putAll(writer.baseline(more, Set.of(), Set.of()).traces());
        return new Baseline(all, first.observations(), first.scores());
    }

    private List<Change<Trace>> traces(
            Baseline baseline,
            Map<EntityKey, Change<Observation>> changed,
            Map<EntityKey, Change<Score>> given,
            RecentTimes recent,
            Instant now) {
        Map<EntityKey, List<Change<Observation>>> children = new HashMap<>();
        Map<EntityKey, List<Score>> judged = new HashMap<>();
        Map<EntityKey, List<Fragment>> said = new LinkedHashMap<>();
        traces.forEach((key, fragments) -> said.put(key, new ArrayList<>(fragments)));
        for (Change<Observation> change : changed.values()) {
            EntityKey key =
                    new EntityKey(change.after().projectId(), change.after().traceId());
            children.computeIfAbsent(key, k -> new ArrayList<>()).add(change);
            said.computeIfAbsent(key, k -> new ArrayList<>()).add(shallow(key, change.after()));
        }
        for (Change<Score> change : given.values()) {
            EntityKey key = traceOf(change.after());
            if (key != null) {
                judged.computeIfAbsent(key, k -> new ArrayList<>()).add(change.after());
                said.computeIfAbsent(key, k -> new ArrayList<>(List.of(shallow(key, change.after()))));
            }
        }
        List<Change<Trace>> changes = new ArrayList<>();
        said.forEach((key, fragments) -> {
            fragments.sort(BY_TIME);
            Trace before = baseline.traces().get(key);
            Said times = recent.find(Fragment.Kind.TRACE, key, before == null);
            traceTimes.put(key, times);
            Totals totals = new Totals(before == null ? TraceTotals.NONE : before.totals());
            children.getOrDefault(key, List.of()).forEach(totals::observation);
            judged.getOrDefault(key, List.of()).forEach(totals::score);
            changes.add(new Change<>(before, with(Merger.trace(before, fragments, times, now), totals)));
        });
        return changes;
    }

    /** What an observation says about a trace nobody has described yet. */
    private static Fragment shallow(EntityKey trace, Observation o) {
        Fragment fragment =
                Fragment.trace(trace.projectId(), trace.id(), o.startTime()).with(Part.TIMESTAMP, o.startTime());
        return o.environment().equals(Environments.DEFAULT)
                ? fragment
                : fragment.with(Part.ENVIRONMENT, o.environment());
    }

    /** A score may come before anything else of its trace. */
    private static Fragment shallow(EntityKey trace, Score score) {
        return Fragment.trace(trace.projectId(), trace.id(), score.timestamp()).with(Part.TIMESTAMP, score.timestamp());
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
