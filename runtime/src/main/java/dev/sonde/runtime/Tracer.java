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

    /** A defect in the chain of contexts must not keep the process from ending. */
    private static final int MAX_OPEN = 10_000;

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

    /**
     * Ends what the calling thread is in the middle of, innermost first, because the process ends. Their methods will not
     * return any more.
     */
    public void endOpen() {
        Object context = ContextSlot.get();
        for (int i = 0; i < MAX_OPEN && context instanceof Context around; i++) {
            if (!(around.observation() instanceof LiveObservation observation)) {
                return;
            }
            if (!observation.hasEnded()) {
                observation.level("WARNING").statusMessage("the process ended").end();
            }
            context = observation.before();
        }
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

    /** A string as it is, cut where it is too long; null as null; anything else as JSON text of this moment. */
    public @Nullable Object capture(@Nullable Object value) {
        return value == null ? null : value instanceof String text ? capture.within(text) : capture.toJson(value);
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
