package dev.sonde.agent.calls;

import dev.sonde.runtime.context.Context;
import dev.sonde.runtime.ends.ObservedCall;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A step of which the result completes later. Only the first subscriber's is recorded. For any thread. */
final class StepLater implements ObservedCall {
    private final Step step;
    private final boolean capturesOutput;
    private final StepOutcome outcome;
    private final AtomicBoolean begun = new AtomicBoolean();

    /** @param outcome ends the step with what the result completes with */
    StepLater(Step step, boolean capturesOutput, StepOutcome outcome) {
        this.step = step;
        this.capturesOutput = capturesOutput;
        this.outcome = outcome;
    }

    @Override
    public Context context() {
        return step.context();
    }

    @Override
    public boolean capturesOutput() {
        return capturesOutput;
    }

    @Override
    public @Nullable Function<@Nullable Object, @Nullable Object> aggregator() {
        return items -> items; // the list itself
    }

    @Override
    public void firstItem() {
        // of no interest
    }

    @Override
    public void returned(@Nullable Object value) {
        try {
            outcome.returned(step, value);
        } catch (RuntimeException | LinkageError e) {
            step.stopped("The answer could not be recorded: " + e.getClass().getName());
        }
    }

    @Override
    public void failed(Throwable error, @Nullable Object partial) {
        outcome.failed(step, error);
    }

    @Override
    public void stopped(String why, @Nullable Object partial) {
        try {
            outcome.stopped(step, why, partial);
        } catch (RuntimeException | LinkageError e) {
            step.stopped(why);
        }
    }

    @Override
    public ObservedCall begin(@Nullable Context around) {
        begun.set(true);
        return this;
    }

    @Override
    public boolean hasObservationsBelow() {
        return false;
    }

    @Override
    public void neverBegun() {
        if (begun.compareAndSet(false, true)) {
            step.discard();
        }
    }
}
