package dev.sonde;

import dev.sonde.annotations.Level;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A running observation. Updates may come from any thread; closing one that was made current belongs on the thread that
 * started it. Without a runtime, an object that ignores everything.
 */
public final class Observation implements AutoCloseable {

    private static final Observation NONE = new Observation(null, false);

    private final @Nullable Object handle;
    private final boolean current;

    private Observation(@Nullable Object handle, boolean current) {
        this.handle = handle;
        this.current = current;
    }

    static Observation of(@Nullable Object handle, boolean current) {
        return handle == null ? NONE : new Observation(handle, current);
    }

    /** The id, 16 hex digits; empty when nothing is observed. */
    public Optional<String> id() {
        return Optional.ofNullable(handle == null ? null : (String) Channel.call("observation.id", handle));
    }

    /** The trace's id, 32 hex digits; empty when nothing is observed. */
    public Optional<String> traceId() {
        return Optional.ofNullable(handle == null ? null : (String) Channel.call("observation.traceId", handle));
    }

    /** Another name. */
    public Observation name(String name) {
        return set("observation.name", name);
    }

    /** What went in; strings as they are, anything else as JSON of this moment. */
    public Observation input(@Nullable Object value) {
        return set("observation.input", value);
    }

    /** What came out; strings as they are, anything else as JSON of this moment. */
    public Observation output(@Nullable Object value) {
        return set("observation.output", value);
    }

    /** One metadata entry. */
    public Observation metadata(String key, @Nullable Object value) {
        if (handle != null) {
            Channel.call("observation.metadata", handle, key, value);
        }
        return this;
    }

    /** The model that was called. */
    public Observation model(String model) {
        return set("observation.model", model);
    }

    /** The request's parameters. */
    public Observation modelParameters(Map<String, ?> parameters) {
        return set("observation.modelParameters", parameters);
    }

    /** Units by usage type, such as {@code input} and {@code output}; types exclude each other, except {@code total}. */
    public Observation usage(Map<String, Long> usage) {
        return set("observation.usage", usage);
    }

    /** USD by usage type, when the caller knows better than the price table. */
    public Observation cost(Map<String, Double> cost) {
        return set("observation.cost", cost);
    }

    /** The prompt version this was made from. */
    public Observation prompt(String name, int version) {
        if (handle != null) {
            Channel.call("observation.prompt", handle, name, version);
        }
        return this;
    }

    /** Severity. */
    public Observation level(Level level) {
        return set("observation.level", level.name());
    }

    /** Why the level is what it is. */
    public Observation statusMessage(String message) {
        return set("observation.statusMessage", message);
    }

    /** Level ERROR with the exception's type, message and stack. */
    public Observation error(Throwable error) {
        return set("observation.error", error);
    }

    /** The version of what is observed. */
    public Observation version(String version) {
        return set("observation.version", version);
    }

    /** The first token of a streamed answer has arrived; only the first call counts. */
    public Observation firstToken() {
        if (handle != null) {
            Channel.call("observation.firstToken", handle);
        }
        return this;
    }

    /** Makes a detached one current on this thread until the scope is closed, on this thread. */
    public Scope makeCurrent() {
        return handle == null ? Scope.NONE : new Scope(Channel.call("observation.enter", handle));
    }

    /** Scores it; answers the score's id, empty when nothing is observed. */
    public Optional<String> score(Score score) {
        return id().flatMap(own -> traceId().flatMap(trace -> Client.OWN.score(score.onObservation(trace, own))));
    }

    /** Ends it. Only the first call counts. */
    public void end() {
        if (handle != null) {
            Channel.call("observation.end", handle, current);
        }
    }

    @Override
    public void close() {
        end();
    }

    private Observation set(String operation, @Nullable Object value) {
        if (handle != null) {
            Channel.call(operation, handle, value);
        }
        return this;
    }
}
