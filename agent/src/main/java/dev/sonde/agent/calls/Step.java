package dev.sonde.agent.calls;

import dev.sonde.boot.ContextSlot;
import dev.sonde.runtime.LiveObservation;
import dev.sonde.runtime.SondeRuntime;
import dev.sonde.runtime.Tracer;
import dev.sonde.runtime.context.Context;
import dev.sonde.runtime.ends.ObservedCall;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something a library does that is no call of a model: runs a tool, retrieves, acts as an agent. Ends once. A tool within
 * a tool of the same name, and a retriever within a retriever, are one. Any thread may end it.
 */
public final class Step {
    private static final int CAUSES = 8;

    /** Methods by which libraries' exceptions tell the HTTP status. */
    private static final List<String> HTTP_STATUS = List.of("status", "statusCode", "httpStatusCode", "getCode");

    private final Claim claim;
    private final LiveObservation observation;
    private final Tracer tracer;
    private final AtomicBoolean over = new AtomicBoolean();

    private Step(Claim claim, Tracer tracer) {
        this.claim = claim;
        this.observation = claim.observation();
        this.tracer = tracer;
    }

    /**
     * Starts to observe a step.
     *
     * @param type such as {@code TOOL}
     * @param input a string, or an object that is captured as JSON now; null for none
     * @return null where nothing is running
     */
    public static @Nullable Step start(String type, String name, @Nullable Object input) {
        Step step = begin(type, name);
        return step == null ? null : step.taking(input);
    }

    /** As {@link #start}, below another place than the current one; null for a trace of its own. */
    public static @Nullable Step startAt(@Nullable Context place, String type, String name, @Nullable Object input) {
        Object before = ContextSlot.swap(place);
        try {
            return start(type, name, input);
        } finally {
            ContextSlot.swap(before);
        }
    }

    /** As {@link #start}, with an input that is JSON text already. */
    public static @Nullable Step startJson(String type, String name, @Nullable String inputJson) {
        Step step = begin(type, name);
        if (step != null && step.tracer.config().captureInput() && inputJson != null) {
            step.observation.inputJson(
                    JsonText.within(inputJson, step.tracer.config().captureMaxChars()));
        }
        return step;
    }

    private static @Nullable Step begin(String type, String name) {
        Tracer tracer = SondeRuntime.tracerIfRunning();
        if (tracer == null) {
            return null;
        }
        Claim around = tracer.config().dedup().equals("all") ? null : Claim.here(type, name);
        Claim inner = around == null ? null : around.within(type, name);
        return new Step(inner == null ? Claim.of(tracer.start(type, name)) : inner, tracer);
    }

    private Step taking(@Nullable Object input) {
        if (tracer.config().captureInput() && input != null) {
            observation.input(input);
        }
        return this;
    }

    /** Makes it current on this thread, for what happens within; until {@link #leave()}. */
    public Step enter() {
        observation.makeCurrent();
        return this;
    }

    /** Makes current again what was so before. On the thread of {@link #enter()}. */
    public void leave() {
        observation.leave();
    }

    /** What is current while code of the step runs. */
    public Context context() {
        return observation;
    }

    /** Something else is known of it. Before its end. */
    public Step note(Consumer<LiveObservation> noting) {
        if (!over.get()) {
            noting.accept(observation);
        }
        return this;
    }

    /** It is over; the output is a string, or an object that is captured as JSON now; null for none. */
    public void ended(@Nullable Object output) {
        end(true, () -> putOut(output));
    }

    /** As {@link #ended}, with an output that is JSON text already. */
    public void endedJson(@Nullable String outputJson) {
        end(true, () -> putOutJson(outputJson));
    }

    /** It failed; cancelling is no error but a warning. */
    public void failed(Throwable error) {
        Throwable cause = cause(error);
        if (cause instanceof CancellationException) {
            stopped(ObservedCall.CANCELLED);
        } else {
            end(false, () -> {
                observation.error(cause);
                Long status = httpStatus(cause);
                if (status != null) {
                    observation.attribute("http.response.status_code", status);
                }
            });
        }
    }

    /** It says itself that it failed, without an exception. */
    public void failed(String message) {
        failed(message, null);
    }

    /** As {@link #failed(String)}, with what it has said besides, as {@link #ended} takes it. */
    public void failed(String message, @Nullable Object output) {
        end(false, () -> {
            putOut(output);
            observation.level("ERROR").statusMessage(message);
        });
    }

    /** It was given up. */
    public void stopped(String why) {
        end(true, () -> observation.level("WARNING").statusMessage(why));
    }

    /** As {@link #stopped(String)}, with what had come until then as JSON text; null for nothing. */
    public void stoppedJson(String why, @Nullable String partialJson) {
        end(true, () -> {
            putOutJson(partialJson);
            observation.level("WARNING").statusMessage(why);
        });
    }

    /**
     * Ends it with the hooked method's result, now or when that is complete: a future, a publisher of any known library,
     * anything plain.
     *
     * @param declaredType name of the method's return type
     * @param output from what the result completes with (a list for a stream) to what {@link #ended} takes
     * @return what the hooked method shall return instead
     */
    public @Nullable Object follow(
            @Nullable Object result, String declaredType, Function<Object, @Nullable Object> output) {
        return follow(result, declaredType, (step, value) -> step.ended(value == null ? null : output.apply(value)));
    }

    /** As {@link #follow(Object, String, Function)}, for results that may also say that it failed. */
    public @Nullable Object follow(@Nullable Object result, String declaredType, StepOutcome outcome) {
        return Results.follow(result, declaredType, later(outcome));
    }

    /** As {@link #follow(Object, String, Function)}, with an output that is JSON text already. */
    public @Nullable Object followJson(
            @Nullable Object result, String declaredType, Function<Object, @Nullable String> outputJson) {
        return follow(
                result, declaredType, (step, value) -> step.endedJson(value == null ? null : outputJson.apply(value)));
    }

    StepLater later(StepOutcome outcome) {
        return new StepLater(this, tracer.config().captureOutput(), outcome);
    }

    void discard() {
        if (over.compareAndSet(false, true)) {
            claim.discard();
        }
    }

    private void putOutJson(@Nullable String outputJson) {
        if (outputJson != null && tracer.config().captureOutput()) {
            observation.outputJson(JsonText.within(outputJson, tracer.config().captureMaxChars()));
        }
    }

    private void putOut(@Nullable Object output) {
        if (output != null && tracer.config().captureOutput()) {
            observation.output(output);
        }
    }

    private void end(boolean succeeded, Runnable recording) {
        if (over.compareAndSet(false, true)) {
            try {
                recording.run();
            } finally {
                claim.close(succeeded);
            }
        }
    }

    /** The HTTP status that an exception of a library tells, or one of its causes; null when they tell none. */
    private static @Nullable Long httpStatus(Throwable error) {
        int depth = 0;
        for (Throwable at = error; at != null && depth < CAUSES; at = at.getCause(), depth++) {
            for (String accessor : HTTP_STATUS) {
                if (LibraryObjects.get(at, accessor) instanceof Integer status && status >= 100 && status < 600) {
                    return status.longValue();
                }
            }
        }
        return null;
    }

    private static Throwable cause(Throwable error) {
        Throwable cause = error;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
