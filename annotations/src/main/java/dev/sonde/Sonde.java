package dev.sonde;

import dev.sonde.annotations.ObservationType;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * What code may say about the trace around it. Every method works on the calling thread's current observation, never
 * throws, and does nothing when nothing is being observed or no runtime is present.
 */
public final class Sonde {

    private Sonde() {}

    /** Whether a runtime is present and observations are recorded. */
    public static boolean isActive() {
        return Channel.isOpen();
    }

    /** Starts an observation that is current on this thread until it is closed, on this thread. */
    public static Observation start(ObservationType type, String name) {
        return Observation.of(Channel.call("start", type.name(), name), true);
    }

    /** Starts an observation that is not made current; it may be ended on any thread. */
    public static Observation startDetached(ObservationType type, String name) {
        return Observation.of(Channel.call("startDetached", type.name(), name), false);
    }

    /** Observes a piece of work; its result is the output, its exception the error. */
    public static <T> T observe(ObservationType type, String name, Callable<T> work) throws Exception {
        try (Observation observation = start(type, name)) {
            try {
                T result = work.call();
                observation.output(result);
                return result;
            } catch (Exception e) {
                observation.error(e);
                throw e;
            }
        }
    }

    /** Observes a piece of work without result. */
    public static void run(ObservationType type, String name, Runnable work) {
        try (Observation observation = start(type, name)) {
            try {
                work.run();
            } catch (RuntimeException e) {
                observation.error(e);
                throw e;
            }
        }
    }

    /** Records something that has no duration, below the current observation. */
    public static void event(String name, @Nullable Object input) {
        Channel.call("event", name, input);
    }

    /** The current observation; one that ignores everything when there is none. */
    public static Observation current() {
        return Observation.of(Channel.call("current"), false);
    }

    /** The current trace. */
    public static TraceUpdate trace() {
        return TraceUpdate.INSTANCE;
    }

    /** Attributes for everything observed in a scope; say which, then open it with {@link Propagation#start()}. */
    public static Propagation propagate() {
        return Propagation.NONE;
    }

    /** Scores the current observation. */
    public static void score(String name, double value) {
        score(Score.of(name, value));
    }

    /** Scores what {@code score} says, the current observation unless told otherwise. */
    public static void score(Score score) {
        score.send();
    }

    /** The current trace's id, 32 hex digits. */
    public static Optional<String> traceId() {
        return Optional.ofNullable((String) Channel.call("trace.id"));
    }

    /** The current observation's id, 16 hex digits. */
    public static Optional<String> observationId() {
        return current().id();
    }

    /** Where the server shows the current trace. */
    public static Optional<String> traceUrl() {
        return Optional.ofNullable((String) Channel.call("trace.url"));
    }

    /** Sends what has ended so far; answers whether the server has all of it. True when no runtime is present. */
    public static boolean flush(Duration timeout) {
        return !(Channel.call("flush", timeout.toMillis()) instanceof Boolean drained) || drained;
    }

    /** Events sent, dropped, failed and queued in this process; empty when no runtime is present. */
    @SuppressWarnings("unchecked") // the runtime answers exactly this
    public static Map<String, Long> counters() {
        return Channel.call("counters") instanceof Map<?, ?> map ? (Map<String, Long>) map : Map.of();
    }
}
