package dev.sonde.server.ingest;

import dev.sonde.server.model.EntityKey;
import dev.sonde.server.model.Observation;
import dev.sonde.server.model.Payload;
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
    private final Map<EntityKey, List<Fragment>> scores = new LinkedHashMap<>();
    private final Map<EntityKey, Said> traceTimes = new HashMap<>();
    private final Map<EntityKey, Said> observationTimes = new HashMap<>();
    private final Map<EntityKey, Said> scoreTimes = new HashMap<>();
    private final Set<EntityKey> left = new LinkedHashSet<>();

    void add(Events events) {
        for (Fragment fragment : events.fragments()) {
            add(fragment.kind() == Fragment.Kind.TRACE ? traces : observations, fragment);
        }
        events.scores().forEach(score -> add(scores, score));
    }

    private static void add(Map<EntityKey, List<Fragment>> all, Fragment fragment) {
        all.computeIfAbsent(fragment.key(), k -> new ArrayList<>()).add(fragment);
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
        scores.forEach((key, fragments) -> {
            fragments.sort(BY_TIME);
            Score before = baseline.scores().get(key);
            Said said = recent.find(Fragment.Kind.SCORE, key, before == null);
            scoreTimes.put(key, said);
            judged.put(key, new Change<>(before, Merger.score(before, fragments, said, now)));
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
        recent.keep(Fragment.Kind.SCORE, scoreTimes);
    }

    /**
     * Traces that only stood in for the one that an observation turned out to belong to, as far as nothing else is known
     * of them: to be deleted when the group is stored.
     */
    Set<EntityKey> left() {
        return left;
    }

    /** An update need not say which trace it belongs to: that is known after the first look. */
    private Baseline baseline(EventWriter writer) {
        Set<EntityKey> traceKeys = new LinkedHashSet<>(traces.keySet());
        observations.forEach(
                (key, fragments) -> fragments.forEach(f -> traceKeys.add(new EntityKey(key.projectId(), f.traceId()))));
        scores.values().forEach(fragments -> fragments.forEach(f -> addTrace(traceKeys, f)));
        Baseline first = writer.baseline(traceKeys, observations.keySet(), scores.keySet());
        Set<EntityKey> more = new LinkedHashSet<>();
        first.observations().values().forEach(o -> more.add(new EntityKey(o.projectId(), o.traceId())));
        first.scores().values().forEach(score -> {
            EntityKey key = traceOf(score);
            if (key != null) {
                more.add(key);
            }
        });
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
        Map<EntityKey, List<Observation>> gone = new HashMap<>();
        Map<EntityKey, List<Score>> judged = new HashMap<>();
        Map<EntityKey, List<Fragment>> said = new LinkedHashMap<>();
        traces.forEach((key, fragments) -> said.put(key, new ArrayList<>(fragments)));
        for (Change<Observation> change : changed.values()) {
            EntityKey key =
                    new EntityKey(change.after().projectId(), change.after().traceId());
            children.computeIfAbsent(key, k -> new ArrayList<>()).add(change);
            said.computeIfAbsent(key, k -> new ArrayList<>()).add(shallow(key, change.after()));
            Observation before = change.before();
            if (before != null && !before.traceId().equals(change.after().traceId())) {
                EntityKey old = new EntityKey(before.projectId(), before.traceId());
                gone.computeIfAbsent(old, k -> new ArrayList<>()).add(before);
                said.computeIfAbsent(old, k -> new ArrayList<>(List.of(unsaying(old, before))));
            }
        }
        for (Change<Score> change : given.values()) {
            EntityKey key = traceOf(change.after());
            if (key != null) {
                judged.computeIfAbsent(key, k -> new ArrayList<>()).add(change.after());
                said.computeIfAbsent(key, k -> new ArrayList<>()).add(shallow(key, change.after()));
            }
        }
        List<Change<Trace>> changes = new ArrayList<>();
        said.forEach((key, fragments) -> {
            fragments.sort(BY_TIME);
            Trace before = baseline.traces().get(key);
            Said times = recent.find(Fragment.Kind.TRACE, key, before == null);
            traceTimes.put(key, times);
            Totals totals = new Totals(before == null ? TraceTotals.NONE : before.totals());
            gone.getOrDefault(key, List.of()).forEach(totals::gone);
            children.getOrDefault(key, List.of()).forEach(totals::observation);
            judged.getOrDefault(key, List.of()).forEach(totals::score);
            Trace after = with(Merger.trace(before, fragments, times, now), totals);
            changes.add(new Change<>(before, after));
            if (gone.getOrDefault(key, List.of()).stream().anyMatch(o -> o.id().equals(key.id())) && isUnsaid(after)) {
                left.add(key);
            }
        });
        return changes;
    }

    /** Whether nothing is known of a trace but that it once was thought to be there. */
    private static boolean isUnsaid(Trace t) {
        return t.totals().observations() == 0
                && t.totals().scores().isEmpty()
                && t.totals().categories().isEmpty()
                && t.name() == null
                && t.userId() == null
                && t.sessionId() == null
                && t.release() == null
                && t.version() == null
                && t.tags().isEmpty()
                && !t.bookmarked()
                && t.payload().equals(Payload.NONE);
    }

    /** Says nothing, about a trace that loses an observation. */
    private static Fragment unsaying(EntityKey trace, Observation o) {
        return Fragment.trace(trace.projectId(), trace.id(), o.startTime());
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

    static Trace with(Trace t, Totals totals) {
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

    private static void addTrace(Set<EntityKey> keys, Fragment score) {
        if (score.parts().get(Part.TARGET) instanceof Score.Target target && target.traceId() != null) {
            keys.add(new EntityKey(score.key().projectId(), target.traceId()));
        }
    }

    private static @Nullable EntityKey traceOf(Score score) {
        String traceId = score.target().traceId();
        return traceId == null ? null : new EntityKey(score.projectId(), traceId);
    }
}
