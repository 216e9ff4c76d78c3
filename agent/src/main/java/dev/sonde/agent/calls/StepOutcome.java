package dev.sonde.agent.calls;

import org.jspecify.annotations.Nullable;

/** Ends a step with what its result completes with. For any thread. */
@FunctionalInterface
public interface StepOutcome {

    /** It has completed; with a list for a stream, with null for nothing. */
    void returned(Step step, @Nullable Object value);

    /** It has failed. */
    default void failed(Step step, Throwable error) {
        step.failed(error);
    }

    /**
     * It was given up.
     *
     * @param partial what had come until then, as {@link #returned} gets it; null for nothing
     */
    default void stopped(Step step, String why, @Nullable Object partial) {
        step.stopped(why);
    }
}
