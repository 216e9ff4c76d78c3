package dev.sonde.server.ingest;

import dev.sonde.server.model.EntityKey;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one event says about one trace, observation or score. Built by one thread, then read by the committer.
 *
 * <p>Fragments of one id are ordered by their time; creations come before updates of the same time.
 */
public final class Fragment {

    /** What the fragment is about. */
    public enum Kind {
        TRACE,
        OBSERVATION,
        SCORE
    }

    private final Kind kind;
    private final EntityKey key;
    private final Instant at;
    private final boolean update;
    private final Map<Part, @Nullable Object> parts = new EnumMap<>(Part.class);

    private Fragment(Kind kind, EntityKey key, Instant at, boolean update) {
        this.kind = kind;
        this.key = key;
        this.at = at;
        this.update = update;
    }

    /** About a trace. */
    public static Fragment trace(String projectId, String id, Instant at) {
        return new Fragment(Kind.TRACE, new EntityKey(projectId, id), at, false);
    }

    /** About an observation. */
    public static Fragment observation(String projectId, String id, Instant at, boolean update) {
        return new Fragment(Kind.OBSERVATION, new EntityKey(projectId, id), at, update);
    }

    /** About a score. */
    public static Fragment score(String projectId, String id, Instant at) {
        return new Fragment(Kind.SCORE, new EntityKey(projectId, id), at, false);
    }

    /** Says that {@code part} is {@code value}; null is said too. */
    public Fragment with(Part part, @Nullable Object value) {
        parts.put(part, value);
        return this;
    }

    /** Says it only where there is something to say. */
    public Fragment withSaid(Part part, @Nullable Object value) {
        return value == null ? this : with(part, value);
    }

    Kind kind() {
        return kind;
    }

    EntityKey key() {
        return key;
    }

    Instant at() {
        return at;
    }

    boolean isUpdate() {
        return update;
    }

    /** Later fragments have greater numbers: microseconds, an update behind a creation of the same time. */
    long order() {
        return (at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000) * 2 + (update ? 1 : 0);
    }

    Map<Part, @Nullable Object> parts() {
        return parts;
    }

    /** The trace an observation says it belongs to, else its own id. */
    String traceId() {
        return Objects.requireNonNullElse((String) parts.get(Part.TRACE_ID), key.id());
    }
}
