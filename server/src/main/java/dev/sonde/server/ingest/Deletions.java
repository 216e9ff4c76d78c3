package dev.sonde.server.ingest;

import dev.sonde.server.model.EntityKey;
import dev.sonde.server.model.Observation;
import dev.sonde.server.model.Score;
import dev.sonde.server.model.Subject;
import dev.sonde.server.model.Trace;
import dev.sonde.server.query.EventQuery;
import dev.sonde.server.query.Filter;
import dev.sonde.server.query.Order;
import dev.sonde.server.query.Slice;
import dev.sonde.server.query.TimeRange;
import dev.sonde.server.storage.Change;
import dev.sonde.server.storage.Deletion;
import dev.sonde.server.storage.Storage;
import dev.sonde.server.storage.StorageException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Deletes traces and scores with all that belongs to them, in turn with what is being stored. Futures complete when it is
 * done, with whether there was anything.
 */
public final class Deletions {

    private static final int TRACES_AT_ONCE = 200;
    private static final int ROWS_AT_ONCE = 1_000;

    private final Committer committer;
    private final Storage storage;

    public Deletions(Committer committer, Storage storage) {
        this.committer = committer;
        this.storage = storage;
    }

    /** Deletes traces with their observations, scores and media, and what people said about them. */
    public CompletableFuture<Boolean> traces(String projectId, Collection<String> traceIds) {
        Set<String> ids = Set.copyOf(traceIds);
        Set<Subject> gone = ConcurrentHashMap.newKeySet();
        ids.forEach(id -> gone.add(new Subject(Subject.Type.TRACE, id)));
        return committer
                .delete(() -> {
                    Deletion deletion = withAll(projectId, ids);
                    deletion.observations().forEach(key -> gone.add(new Subject(Subject.Type.OBSERVATION, key.id())));
                    return deletion;
                })
                .thenApply(done -> {
                    storage.media().forgetTraces(projectId, ids);
                    storage.comments().forget(projectId, gone);
                    storage.annotationQueues().forget(projectId, gone);
                    return done;
                });
    }

    /** Deletes a score. */
    public CompletableFuture<Boolean> score(String projectId, String scoreId) {
        return committer.delete(() -> storage.scores()
                .find(projectId, scoreId)
                .map(score -> new Deletion(Set.of(), Set.of(), Set.of(score.key()), without(score)))
                .orElse(new Deletion(Set.of(), Set.of(), Set.of(), List.of())));
    }

    /**
     * Deletes all traces, observations and scores of a project.
     *
     * @throws StorageException when something is found again and again
     */
    public void project(String projectId) {
        EventQuery all = new EventQuery(
                projectId, Filter.ALL, TimeRange.ALL, Order.NEWEST_FIRST, Slice.first(TRACES_AT_ONCE), false);
        EventQuery more = all.with(Slice.first(ROWS_AT_ONCE));
        untilNone(() -> storage.traces().find(all).stream().map(Trace::id).toList(), ids -> traces(projectId, ids));
        untilNone(
                () -> storage.observations().find(more).stream()
                        .map(Observation::key)
                        .toList(),
                keys -> committer.delete(() -> new Deletion(Set.of(), Set.copyOf(keys), Set.of(), List.of())));
        untilNone(
                () -> storage.scores().find(more).stream().map(Score::key).toList(),
                keys -> committer.delete(() -> new Deletion(Set.of(), Set.of(), Set.copyOf(keys), List.of())));
    }

    private static <T> void untilNone(Supplier<List<T>> some, Function<List<T>, CompletableFuture<Boolean>> deletion) {
        for (List<T> found = some.get(); !found.isEmpty(); found = some.get()) {
            if (!deletion.apply(found).join()) {
                throw new StorageException("delete project: what is there cannot be deleted");
            }
        }
    }

    private Deletion withAll(String projectId, Set<String> traceIds) {
        Set<EntityKey> traces = new HashSet<>();
        Set<EntityKey> observations = new HashSet<>();
        for (String id : traceIds) {
            storage.traces().find(projectId, id).map(Trace::key).ifPresent(traces::add);
            storage.observations().ofTrace(projectId, id, false).stream()
                    .map(Observation::key)
                    .forEach(observations::add);
        }
        Set<EntityKey> scores = new HashSet<>();
        storage.scores().ofTraces(projectId, traceIds).stream().map(Score::key).forEach(scores::add);
        return new Deletion(traces, observations, scores, List.of());
    }

    /** The trace that was judged, as the scores that remain judge it; none where a score is of something else. */
    private List<Change<Trace>> without(Score score) {
        String traceId = score.target().traceId();
        Optional<Trace> judged =
                traceId == null ? Optional.empty() : storage.traces().find(score.projectId(), traceId);
        if (traceId == null || judged.isEmpty()) {
            return List.of();
        }
        List<Score> rest = storage.scores().ofTraces(score.projectId(), List.of(traceId)).stream()
                .filter(other -> !other.id().equals(score.id()) && other.name().equals(score.name()))
                .toList();
        Totals totals = new Totals(judged.get().totals());
        totals.forget(score.name());
        // newest first: the newest is said last
        for (int i = rest.size() - 1; i >= 0; i--) {
            totals.score(rest.get(i));
        }
        return List.of(new Change<>(judged.get(), with(judged.get(), totals)));
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
}
