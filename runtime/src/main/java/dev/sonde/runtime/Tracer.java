package dev.sonde.runtime;

import dev.sonde.boot.ContextSlot;
import dev.sonde.runtime.capture.JsonCapture;
import dev.sonde.runtime.context.Context;
import dev.sonde.runtime.export.Exporter;
import dev.sonde.runtime.export.WallClock;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Starts observations under the calling thread's context and hands ended ones to the exporter. Thread-safe. */
public final class Tracer {

    private final RuntimeConfig config;
    private final JsonCapture capture;
    private final Exporter exporter;

    Tracer(RuntimeConfig config, Exporter exporter) {
        this.config = config;
        this.capture = new JsonCapture(config.captureMaxChars());
        this.exporter = exporter;
    }

    /**
     * Starts an observation below the calling thread's current one, or a new trace where there is none. It is not made
     * current.
     *
     * @param type upper-case wire name, such as {@code GENERATION}
     */
    public LiveObservation start(String type, String name) {
        return new LiveObservation(this, type, name, Context.current(), null);
    }

    /** Starts an observation below {@code parent}, or a new trace when it is null. */
    public LiveObservation startUnder(@Nullable Context parent, String type, String name) {
        return new LiveObservation(this, type, name, parent, null);
    }

    /** Starts an observation of a method below the calling thread's context. */
    LiveObservation startMethod(ObservedMethod method, String type, String name) {
        return new LiveObservation(this, type, name, Context.current(), method);
    }

    /** Records something that has no duration. */
    public void event(String name, @Nullable Object input) {
        start("EVENT", name).input(input).endAtStart();
    }

    /** The nearest observation around the caller, or null. */
    public @Nullable LiveObservation current() {
        return ContextSlot.get() instanceof Context context
                        && context.observation() instanceof LiveObservation observation
                ? observation
                : null;
    }

    /** A string as it is, null as null, anything else as JSON text of this moment. */
    public @Nullable Object capture(@Nullable Object value) {
        return value == null || value instanceof String ? value : capture.toJson(value);
    }

    /** A time of {@link System#nanoTime()} as ISO-8601 in UTC. */
    public String isoTime(long nanos) {
        return WallClock.iso(nanos);
    }

    /** What this process was configured with. */
    public RuntimeConfig config() {
        return config;
    }

    /** Where ended observations go. */
    public Exporter exporter() {
        return exporter;
    }

    long nextId() {
        long id = ThreadLocalRandom.current().nextLong();
        return id == 0 ? 1 : id;
    }

    void ended(LiveObservation observation) {
        exporter.offer(observation);
    }
}
