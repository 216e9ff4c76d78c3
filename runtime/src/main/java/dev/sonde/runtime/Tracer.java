package dev.sonde.runtime;

import dev.sonde.boot.ContextSlot;
import dev.sonde.runtime.capture.JsonCapture;
import dev.sonde.runtime.context.Context;
import dev.sonde.runtime.context.TraceState;
import dev.sonde.runtime.export.Exporter;
import dev.sonde.runtime.export.Log;
import dev.sonde.runtime.export.Processing;
import dev.sonde.runtime.export.WallClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Starts observations under the calling thread's context and hands ended ones to the exporter. Thread-safe. */
public final class Tracer {

    /** A defect in the chain of contexts must not keep the process from ending. */
    private static final int MAX_OPEN = 10_000;

    private final RuntimeConfig config;
    private final JsonCapture capture;
    private final Exporter exporter;
    private final Processing processing;
    private final Map<String, Tracer> projects = new ConcurrentHashMap<>();

    Tracer(RuntimeConfig config, Exporter exporter) {
        this.config = config;
        this.capture = new JsonCapture(config.captureMaxChars());
        this.exporter = exporter;
        this.processing = exporter.processing();
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

    /** Starts an observation of this very project, whatever project the one around it belongs to. */
    public LiveObservation startOwn(String type, String name) {
        return new LiveObservation(this, type, name, Place.below(Context.current(), this), null);
    }

    /** Starts an observation of a method below the calling thread's context. */
    LiveObservation startMethod(ObserveSite site, String name) {
        return new LiveObservation(this, site.type(), name, Context.current(), site);
    }

    /** A trace that begins here, recorded or not as sampling decides. */
    TraceState newTrace() {
        TraceState trace = config.adoptTraceId() ? TraceState.foreignOrRandom() : TraceState.random();
        double rate = config.sampleRate();
        return rate >= 1 || sampled(trace, rate) ? trace : trace.unrecorded();
    }

    /** Whether a share of traces contains this one: the same answer for the same id in every process. */
    private static boolean sampled(TraceState trace, double rate) {
        return (trace.low() >>> 1) < (long) (rate * Long.MAX_VALUE);
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

    /** The tracer of another configured project; this one when there is none of that name, which is said. */
    public Tracer ofProject(String name) {
        RuntimeConfig other = config.ofProject(name);
        if (other == null) {
            Log.warn(
                    "project " + name, "project " + name + " is not configured: the process's own project receives it");
            return this;
        }
        return projects.computeIfAbsent(name, key -> new Tracer(other, new Exporter(other, processing)));
    }

    /** This tracer and those of other projects that were used. */
    public List<Tracer> all() {
        List<Tracer> all = new ArrayList<>(projects.values());
        all.add(0, this);
        return all;
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
        return capture(value, null);
    }

    /** As {@link #capture(Object)}, within the limits of {@code own} where there are some. */
    @Nullable
    Object capture(@Nullable Object value, @Nullable JsonCapture own) {
        JsonCapture limits = own == null ? capture : own;
        return value == null ? null : value instanceof String text ? limits.within(text) : limits.toJson(value);
    }

    /** A time of {@link System#nanoTime()} as ISO-8601 in UTC. */
    public String isoTime(long nanos) {
        return WallClock.iso(nanos);
    }

    /** What the application does to observations before they leave. */
    public Processing processing() {
        return processing;
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
        if (observation.trace().recorded()) {
            exporter.offer(observation);
        }
    }
}
