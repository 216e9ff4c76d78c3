package dev.sonde;

import dev.sonde.annotations.ObservationType;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
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
        return Client.OWN.start(type, name);
    }

    /** Starts an observation that is not made current; it may be ended on any thread. */
    public static Observation startDetached(ObservationType type, String name) {
        return Client.OWN.startDetached(type, name);
    }

    /** Observes a piece of work; its result is the output, its exception the error. */
    public static <T> T observe(ObservationType type, String name, Callable<T> work) throws Exception {
        return Client.OWN.observe(type, name, work);
    }

    /** Observes a piece of work that throws no checked exception. */
    public static <T> T supply(ObservationType type, String name, Supplier<T> work) {
        return Client.OWN.supply(type, name, work);
    }

    /** Observes a piece of work without result. */
    public static void run(ObservationType type, String name, Runnable work) {
        Client.OWN.run(type, name, work);
    }

    /** Observes work that goes on elsewhere: the observation ends when the stage completes, which is answered as it is. */
    public static <T, S extends CompletionStage<T>> S observeAsync(
            ObservationType type, String name, Supplier<S> work) {
        return Client.OWN.observeAsync(type, name, work);
    }

    /** Records something that has no duration, below the current observation. */
    public static void event(String name, @Nullable Object input) {
        Client.OWN.event(name, input);
    }

    /** Another configured project; without one of that name, the process's own, which is said once. */
    public static Client client(String project) {
        return new Client(project);
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

    /**
     * Continues a trace of elsewhere: what is observed in the scope belongs to it.
     *
     * @param traceId 32 hex digits
     * @param parentId the enclosing observation's 16 hex digits, or null
     */
    public static Scope continueTrace(String traceId, @Nullable String parentId) {
        return scope("continue", traceId, parentId);
    }

    /** Observes nothing in the scope, and nothing that the libraries called in it do. */
    public static Scope suppress() {
        return scope("suppress");
    }

    private static Scope scope(String operation, @Nullable Object... arguments) {
        return Channel.isOpen() ? new Scope(Channel.call(operation, arguments)) : Scope.NONE;
    }

    /** Scores the current observation. */
    public static void score(String name, double value) {
        score(Score.of(name, value));
    }

    /** Sends a score; answers its id, empty when there is nothing current to score. */
    public static Optional<String> score(Score score) {
        return Client.OWN.score(score);
    }

    /** The current trace's id, 32 hex digits. */
    public static Optional<String> traceId() {
        return Optional.ofNullable((String) Channel.call("trace.id"));
    }

    /** The current observation's id, 16 hex digits. */
    public static Optional<String> observationId() {
        return current().id();
    }

    /** The current observation as a W3C {@code traceparent} header, for what carries it to another process. */
    public static Optional<String> traceparent() {
        return Optional.ofNullable((String) Channel.call("traceparent"));
    }

    /** Where the server shows the current trace. */
    public static Optional<String> traceUrl() {
        return traceId().flatMap(Client.OWN::traceUrl);
    }

    /** A random trace id, 32 hex digits. */
    public static String createTraceId() {
        return Ids.random(32);
    }

    /** The trace id that a text always leads to, in every language's client: the first 16 bytes of its SHA-256. */
    public static String createTraceId(String seed) {
        return Ids.seeded(seed, 32);
    }

    /** The observation id that a text always leads to: the first 8 bytes of its SHA-256. */
    public static String createObservationId(String seed) {
        return Ids.seeded(seed, 16);
    }

    /**
     * Changes every recorded text before it leaves the process: input, output, metadata, status messages; null drops it.
     * Masks apply in the order they were added, on a thread of the runtime; one that throws or hangs
     * costs the text, never the call.
     */
    public static void mask(UnaryOperator<String> mask) {
        Channel.call("mask", mask);
    }

    /**
     * Sees every observation before it leaves the process, as a map it may change: {@code name}, {@code type}, {@code
     * input}, {@code output} and the wire attributes by name. Null drops the observation. Runs after the masks, under
     * the same rules; where it fails, the observation is dropped.
     */
    public static void process(UnaryOperator<Map<String, Object>> processor) {
        Channel.call("process", processor);
    }

    /** Whether the server knows this process's keys. Waits for its answer, 10 seconds at most; false without a runtime. */
    public static boolean authCheck() {
        return Client.OWN.authCheck();
    }

    /** Sends what has ended so far; answers whether the server has all of it. True when no runtime is present. */
    public static boolean flush(Duration timeout) {
        return Client.OWN.flush(timeout);
    }

    /** Sends what is left, as at the JVM's end, and observes nothing from here on. */
    public static void shutdown() {
        Channel.call("shutdown");
    }

    /** Events sent, dropped, failed and queued in this process; empty when no runtime is present. */
    @SuppressWarnings("unchecked") // the runtime answers exactly this
    public static Map<String, Long> counters() {
        return Channel.call("counters") instanceof Map<?, ?> map ? (Map<String, Long>) map : Map.of();
    }
}
