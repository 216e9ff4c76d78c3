package dev.sonde.agent.calls;

import dev.sonde.runtime.LiveObservation;
import dev.sonde.runtime.SondeRuntime;
import dev.sonde.runtime.Tracer;
import dev.sonde.runtime.context.Context;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call from the request to the end of its answer. It ends once, by whichever comes first of the parsed answer, the
 * end of the stream, a failure, a close, and the collector. May be called from any thread; never throws.
 */
public final class ModelCall {
    /** Where a call leaves what becomes of it. Called with the call's lock held: at most one start, then exactly one end. */
    public interface Outcome {
        /** The first part with something of the answer has arrived. */
        void completionStarted();

        /** What is asked was not known at the start, or not all of it. */
        default void asked(Asked asked) {}

        /**
         * The call is over.
         *
         * @param level such as {@code ERROR}; null for the default
         * @param message why the level, or what is missing; null when there is nothing to say
         * @param error what was thrown; null when nothing was
         */
        void ended(Answered answered, @Nullable String level, @Nullable String message, @Nullable Throwable error);

        /**
         * The call is over with an answer that does not change any more.
         *
         * @return false when the outcome wants it read at once, by {@link #ended}
         */
        default boolean endedLater(Supplier<Answered> reading) {
            return false;
        }

        /** The client that makes the call for a framework may see its end after the framework, or never. */
        default void clientMayEndLater() {}

        /** The call was never made. */
        default void discarded() {}
    }

    private static final String WARNING = "WARNING";
    private static final String ERROR = "ERROR";
    private static final int CAUSES = 8;

    private final Object lock = new Object();
    // Guarded by lock.
    private final Outcome outcome;
    private @Nullable Fold fold;
    private boolean begun;
    private boolean ended;
    // Of the thread that makes the call.
    private @Nullable LiveObservation current;

    /** A call of which the outcome goes to the caller, for tests and stand-ins. */
    public ModelCall(Outcome outcome, @Nullable Fold fold) {
        this.outcome = outcome;
        this.fold = fold;
    }

    /**
     * Starts to observe a call.
     *
     * @param type GENERATION or EMBEDDING, or RETRIEVER for a model that ranks
     * @return null where it is not to be observed: nothing is running, or a library further out records it
     */
    public static @Nullable ModelCall start(Layer layer, String type, Asked asked) {
        return start(layer, type, asked.name(), recorded -> recorded.asked(asked));
    }

    /**
     * As {@link #start(Layer, String, Asked)} for a request that does not change any more: it is read on the exporter's
     * thread.
     */
    public static @Nullable ModelCall startLater(Layer layer, String type, Supplier<Asked> asked) {
        return start(layer, type, type, recorded -> recorded.askedLater(asked));
    }

    private static @Nullable ModelCall start(Layer layer, String type, String name, Consumer<RecordedCall> asking) {
        Tracer tracer = SondeRuntime.tracerIfRunning();
        Claim claim = tracer == null ? null : claim(tracer, layer, type, name);
        if (tracer == null || claim == null) {
            return null;
        }
        RecordedCall recorded = new RecordedCall(claim, tracer.config());
        asking.accept(recorded);
        ModelCall call = new ModelCall(recorded, null);
        call.current = claim.observation();
        return call;
    }

    private static @Nullable Claim claim(Tracer tracer, Layer layer, String type, String name) {
        String dedup = tracer.config().dedup();
        if (dedup.equals("provider") && layer == Layer.FRAMEWORK) {
            return null;
        }
        Claim around = dedup.equals("all") ? null : Claim.here(type, name);
        if (around != null && (layer == Layer.HTTP || dedup.equals("framework"))) {
            return null;
        }
        Claim inner = around == null ? null : around.within(type, name);
        return inner == null ? Claim.of(tracer.start(type, name)) : inner;
    }

    /** Makes the call current on this thread, for what the library does within; until {@link #leave()}. */
    public ModelCall enter() {
        if (current != null) {
            current.makeCurrent();
        }
        return this;
    }

    /** Makes current again what was so before. On the thread of {@link #enter()}. */
    public void leave() {
        if (current != null) {
            current.leave();
        }
    }

    /** What is current while code of the call runs; null for a stand-in. */
    public @Nullable Context context() {
        return current;
    }

    /**
     * Ends the call with its result, now or when it is complete: a future, a publisher of any known library, a plain
     * answer.
     *
     * @param declaredType name of the hooked method's return type
     * @param reading from what the result completes with; not asked when the call streams
     * @param again starts the call of a further subscriber
     * @return what the hooked method shall return instead
     */
    public @Nullable Object follow(
            @Nullable Object result,
            String declaredType,
            Function<Object, Answered> reading,
            Supplier<@Nullable ModelCall> again) {
        return Results.follow(result, declaredType, new AnsweredLater(this, reading, again));
    }

    /** Nobody has ever asked for the answer: it is not recorded. */
    public void discard() {
        synchronized (lock) {
            if (!ended) {
                ended = true;
                outcome.discarded();
            }
        }
    }

    /** The answer will come in parts. Before the first of them. */
    public ModelCall streaming(Fold parts) {
        synchronized (lock) {
            fold = parts;
        }
        return this;
    }

    /**
     * The client that makes the call may see its end a moment after the framework, on another thread, or never. What it
     * says is waited for that long. Before the end.
     */
    public ModelCall clientMayEndLater() {
        guarded(outcome::clientMayEndLater);
        return this;
    }

    /** Whether the answer comes in parts. */
    public boolean streaming() {
        synchronized (lock) {
            return fold != null;
        }
    }

    /** What it asks is known only now. Before its end. */
    public void asked(Asked asked) {
        guarded(() -> outcome.asked(asked));
    }

    /** Something else is known of the call, such as who makes it. Before its end. */
    public void note(Consumer<LiveObservation> noting) {
        LiveObservation observation = current;
        if (observation != null) {
            guarded(() -> noting.accept(observation));
        }
    }

    /** The answer of a call that does not stream. */
    public void answered(Supplier<Answered> reading) {
        guarded(() -> {
            Answered answered = reading.get();
            end(answered, answered.error() == null ? null : ERROR, answered.error());
        });
    }

    /** As {@link #answered} for an answer that does not change any more: it is read on the exporter's thread. */
    public void answeredLater(Supplier<Answered> reading) {
        guarded(() -> {
            if (outcome.endedLater(reading)) {
                ended = true;
            } else {
                answered(reading);
            }
        });
    }

    /** The next part of a stream. */
    public void part(Object part) {
        guarded(() -> {
            if (fold != null && fold.add(part) && !begun) {
                begun = true;
                outcome.completionStarted();
            }
        });
    }

    /** The stream ended by itself. */
    public void exhausted() {
        guarded(() -> {
            Answered answered = soFar();
            end(answered, answered.error() == null ? null : ERROR, answered.error());
        });
    }

    /** The application closed the response or the stream, maybe long after its end. */
    public void closed() {
        guarded(() -> {
            Answered answered = soFar();
            if (fold == null) {
                end(answered, null, "The response was closed without being parsed.");
            } else if (answered.finishReasons().isEmpty()) {
                end(answered, WARNING, "The stream was closed before its end.");
            } else {
                end(answered, null, null);
            }
        });
    }

    /** The application wants no more of it. */
    public void cancelled() {
        guarded(() -> {
            if (fold != null && fold.isWhole()) {
                exhausted();
            } else {
                end(soFar(), WARNING, "The call was cancelled.");
            }
        });
    }

    /** Nobody can read the response any more. */
    public void abandoned() {
        guarded(() -> end(soFar(), WARNING, "The response was dropped before it was read to its end."));
    }

    /** The call, the parsing or the stream failed. */
    public void failed(Throwable error) {
        failed(error, null);
    }

    /**
     * The same, with the status of the answer where the library does not put it into the error.
     *
     * @param status null when the error says it, or nothing does
     */
    public void failed(Throwable error, @Nullable Integer status) {
        guarded(() -> {
            Throwable cause = cause(error);
            if (cause instanceof CancellationException || interrupted(cause)) {
                cancelled();
            } else {
                end(soFar(), ERROR, message(cause, status), cause);
            }
        });
    }

    /** Runs the step unless the call is over. A defect of ours ends the observation and not the application's call. */
    private void guarded(Runnable step) {
        synchronized (lock) {
            if (ended) {
                return;
            }
            try {
                step.run();
            } catch (RuntimeException | LinkageError e) {
                if (!ended) {
                    end(
                            Answered.NOTHING,
                            WARNING,
                            "The answer could not be recorded: " + e.getClass().getName());
                }
            }
        }
    }

    private Answered soFar() {
        return fold == null ? Answered.NOTHING : fold.answered();
    }

    private void end(Answered answered, @Nullable String level, @Nullable String message) {
        end(answered, level, message, null);
    }

    private void end(Answered answered, @Nullable String level, @Nullable String message, @Nullable Throwable error) {
        ended = true;
        outcome.ended(answered, level, message, error);
    }

    private static Throwable cause(Throwable error) {
        Throwable cause = error;
        while (cause instanceof CompletionException || cause instanceof ExecutionException) {
            if (cause.getCause() == null) {
                return cause;
            }
            cause = cause.getCause();
        }
        return cause;
    }

    /** Whether the thread was told to stop, as RxJava does to one whose work is disposed of. */
    private static boolean interrupted(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < CAUSES; depth++, cause = cause.getCause()) {
            if (cause instanceof InterruptedException || cause instanceof ClosedByInterruptException) {
                return true;
            }
            if (cause instanceof InterruptedIOException && !(cause instanceof SocketTimeoutException)) {
                return cause.getMessage() == null || !cause.getMessage().contains("timeout");
            }
        }
        return false;
    }

    /**
     * Such as {@code HTTP 429: Slow down.}; a library may put the status before its message, or keep what the
     * provider says apart from it.
     */
    private static String message(Throwable error, @Nullable Integer known) {
        String text = error.getMessage() == null ? error.getClass().getName() : error.getMessage();
        Object status = known == null ? status(error) : known;
        String told = told(error);
        if (told != null && !text.contains(told)) {
            text += ": " + told;
        }
        if (status == null) {
            return text;
        }
        String said = status.toString();
        if (text.startsWith(said + ": ") || text.startsWith(said + " ")) {
            text = text.substring(text.indexOf(' ') + 1);
        }
        return "HTTP " + said + ": " + text;
    }

    /** The provider's message in an error whose body is kept as a map; null when it has none. */
    private static @Nullable String told(Throwable error) {
        return LibraryObjects.get(error, "body") instanceof Map<?, ?> body
                        && body.get("message") instanceof String message
                ? message
                : null;
    }

    /** Of the error, or of the response or the status that it carries; null when it has none. */
    private static @Nullable Object status(Throwable error) {
        Object status = LibraryObjects.get(error, "statusCode");
        for (String part : List.of("getResponse", "getStatus")) {
            status = status == null ? LibraryObjects.get(LibraryObjects.get(error, part), "getStatusCode") : status;
        }
        if (status == null) { // of Spring's clients
            status = LibraryObjects.get(LibraryObjects.get(error, "getStatusCode"), "value");
        }
        return status == null && LibraryObjects.get(error, "code") instanceof Integer code ? code : status;
    }
}
