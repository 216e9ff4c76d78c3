package dev.sonde.agent.instrumentation.openai;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One call from the request to the end of its answer. It ends once, by whichever comes first of the parsed answer, the
 * end of the stream, a failure, a close, and the collector. May be called from any thread; never throws.
 */
final class OpenAiCall {
    /** Where a call leaves what becomes of it. Called with the call's lock held: at most one start, then exactly one end. */
    interface Outcome {
        /** The first part with something of the answer has arrived. */
        void completionStarted();

        /**
         * The call is over.
         *
         * @param level such as {@code ERROR}; null for the default
         * @param message why the level, or what is missing; null when there is nothing to say
         * @param error what was thrown; null when nothing was
         */
        void ended(Answered answered, @Nullable String level, @Nullable String message, @Nullable Throwable error);
    }

    private static final String WARNING = "WARNING";
    private static final String ERROR = "ERROR";

    private final Endpoint endpoint;
    private final @Nullable Object clientOptions;
    private final boolean streaming;
    private final Object lock = new Object();
    // Guarded by lock.
    private final Outcome outcome;
    private final Endpoint.@Nullable Fold fold;
    private boolean begun;
    private boolean ended;

    OpenAiCall(Endpoint endpoint, @Nullable Object clientOptions, boolean streaming, Outcome outcome) {
        this.endpoint = endpoint;
        this.clientOptions = clientOptions;
        this.streaming = streaming;
        this.outcome = outcome;
        this.fold = streaming ? endpoint.fold(clientOptions) : null;
    }

    boolean streaming() {
        return streaming;
    }

    /** The answer of a call that does not stream. */
    void answered(Object response) {
        guarded(() -> {
            Answered answered = endpoint.answered(clientOptions, response);
            end(answered, answered.error() == null ? null : ERROR, answered.error());
        });
    }

    /** The next part of a stream. */
    void part(Object part) {
        guarded(() -> {
            if (fold != null && fold.add(part) && !begun) {
                begun = true;
                outcome.completionStarted();
            }
        });
    }

    /** The stream ended by itself. */
    void exhausted() {
        guarded(() -> {
            Answered answered = soFar();
            end(answered, answered.error() == null ? null : ERROR, answered.error());
        });
    }

    /** The application closed the response or the stream, maybe long after its end. */
    void closed() {
        guarded(() -> {
            Answered answered = soFar();
            if (!streaming) {
                end(answered, null, "The response was closed without being parsed.");
            } else if (answered.finishReasons().isEmpty()) {
                end(answered, WARNING, "The stream was closed before its end.");
            } else {
                end(answered, null, null);
            }
        });
    }

    /** Nobody can read the response any more. */
    void abandoned() {
        guarded(() -> end(soFar(), WARNING, "The response was dropped before it was read to its end."));
    }

    /** The call, the parsing or the stream failed. */
    void failed(Throwable error) {
        guarded(() -> {
            Throwable cause = cause(error);
            if (cause instanceof CancellationException) {
                end(soFar(), WARNING, "The call was cancelled.");
            } else {
                end(soFar(), ERROR, message(cause), cause);
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

    /** Such as {@code HTTP 429: Slow down.}; the library puts the status before most of its messages, but not all. */
    private static String message(Throwable error) {
        String text = error.getMessage() == null ? error.getClass().getName() : error.getMessage();
        Object status = LibraryObjects.get(error, "statusCode");
        if (status == null) {
            return text;
        }
        String prefix = status + ": ";
        return "HTTP " + (text.startsWith(prefix) ? text : prefix + text);
    }
}
