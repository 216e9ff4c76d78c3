package dev.sonde.agent.calls;

import dev.sonde.runtime.context.Context;
import dev.sonde.runtime.ends.ObservedCall;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A model call of which the answer is a result that completes later. For any thread. */
final class AnsweredLater implements ObservedCall {
    private final ModelCall call;
    private final Function<Object, Answered> reading;
    private final Supplier<@Nullable ModelCall> again;
    private final AtomicBoolean begun = new AtomicBoolean();

    AnsweredLater(ModelCall call, Function<Object, Answered> reading, Supplier<@Nullable ModelCall> again) {
        this.call = call;
        this.reading = reading;
        this.again = again;
    }

    @Override
    public Context context() {
        return Objects.requireNonNull(call.context());
    }

    @Override
    public boolean capturesOutput() {
        return false;
    }

    @Override
    public @Nullable Function<@Nullable Object, @Nullable Object> aggregator() {
        return null;
    }

    @Override
    public void item(@Nullable Object item) {
        if (item != null) {
            call.part(item);
        }
    }

    @Override
    public void firstItem() {
        // the fold tells which item is the first that says something
    }

    @Override
    public void returned(@Nullable Object value) {
        if (call.streaming()) {
            call.exhausted();
        } else if (value == null) {
            call.closed();
        } else {
            call.answered(() -> reading.apply(value));
        }
    }

    @Override
    public void failed(Throwable error, @Nullable Object partial) {
        call.failed(error);
    }

    @Override
    public void stopped(String why, @Nullable Object partial) {
        if (why.equals(CANCELLED)) {
            call.cancelled();
        } else {
            call.abandoned();
        }
    }

    @Override
    public ObservedCall begin(@Nullable Context around) {
        if (begun.compareAndSet(false, true)) {
            return this;
        }
        ModelCall next = again.get();
        return next == null ? this : new AnsweredLater(next, reading, again);
    }

    @Override
    public boolean hasObservationsBelow() {
        return false;
    }

    @Override
    public void neverBegun() {
        if (begun.compareAndSet(false, true)) {
            call.discard();
        }
    }
}
