package dev.sonde.agent.calls;

import dev.sonde.runtime.context.Context;
import dev.sonde.runtime.ends.ObservedCall;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A step of which the result completes later. Only the first subscriber's is recorded. For any thread. */
final class StepLater implements ObservedCall {
    private final Step step;
    private final boolean capturesOutput;
    private final Consumer<@Nullable Object> ending;
    private final AtomicBoolean begun = new AtomicBoolean();

    /** @param ending ends the step with what the result completes with */
    StepLater(Step step, boolean capturesOutput, Consumer<@Nullable Object> ending) {
        this.step = step;
        this.capturesOutput = capturesOutput;
        this.ending = ending;
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
            ending.accept(value);
        } catch (RuntimeException | LinkageError e) {
            step.stopped("The answer could not be recorded: " + e.getClass().getName());
        }
    }

    @Override
    public void failed(Throwable error, @Nullable Object partial) {
        step.failed(error);
    }

    @Override
    public void stopped(String why, @Nullable Object partial) {
        step.stopped(why);
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
