package dev.sonde;

import dev.sonde.annotations.ObservationType;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One project that receives observations: the process's own, which {@link Sonde} stands for, or one of {@link
 * Sonde#client(String)}. What is observed below an observation goes where that goes. Thread-safe; never throws what is not
 * the caller's own.
 */
public final class Client {

    static final Client OWN = new Client(null);

    private final @Nullable String project;

    Client(@Nullable String project) {
        this.project = project;
    }

    /** Starts an observation that is current on this thread until it is closed, on this thread. */
    public Observation start(ObservationType type, String name) {
        return Observation.of(Channel.call("start", type.name(), name, project), true);
    }

    /** Starts an observation that is not made current; it may be ended on any thread. */
    public Observation startDetached(ObservationType type, String name) {
        return Observation.of(Channel.call("startDetached", type.name(), name, project), false);
    }

    /** Observes a piece of work; its result is the output, its exception the error. */
    public <T> T observe(ObservationType type, String name, Callable<T> work) throws Exception {
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

    /** Observes a piece of work that throws no checked exception. */
    public <T> T supply(ObservationType type, String name, Supplier<T> work) {
        try (Observation observation = start(type, name)) {
            try {
                T result = work.get();
                observation.output(result);
                return result;
            } catch (RuntimeException e) {
                observation.error(e);
                throw e;
            }
        }
    }

    /** Observes a piece of work without result. */
    public void run(ObservationType type, String name, Runnable work) {
        try (Observation observation = start(type, name)) {
            try {
                work.run();
            } catch (RuntimeException e) {
                observation.error(e);
                throw e;
            }
        }
    }

    /** Observes work that goes on elsewhere: the observation ends when the stage completes, which is answered as it is. */
    public <T, S extends CompletionStage<T>> S observeAsync(ObservationType type, String name, Supplier<S> work) {
        Observation observation = startDetached(type, name);
        try (Scope scope = observation.makeCurrent()) {
            S stage = work.get();
            stage.whenComplete((value, failure) -> {
                if (failure == null) {
                    observation.output(value);
                } else {
                    Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
                    observation.error(cause == null ? failure : cause);
                }
                observation.end();
            });
            return stage;
        } catch (RuntimeException e) {
            observation.error(e).end();
            throw e;
        }
    }

    /** Records something that has no duration, below the current observation. */
    public void event(String name, @Nullable Object input) {
        Channel.call("event", name, input, project);
    }

    /** Sends a score; answers its id, empty when there is nothing current to score. */
    public Optional<String> score(Score score) {
        return Optional.ofNullable((String) Channel.call("score", score.values(), project));
    }

    /** Where the server shows a trace; empty without a runtime. */
    public Optional<String> traceUrl(String traceId) {
        return Optional.ofNullable((String) Channel.call("trace.url", traceId, project));
    }

    /** Whether the server knows the keys. Waits for its answer, 10 seconds at most; false without a runtime. */
    public boolean authCheck() {
        return Boolean.TRUE.equals(Channel.call("authCheck", project));
    }

    /** Sends what has ended so far; answers whether the server has all of it. True when no runtime is present. */
    public boolean flush(Duration timeout) {
        return !(Channel.call("flush", timeout.toMillis(), project) instanceof Boolean drained) || drained;
    }
}
