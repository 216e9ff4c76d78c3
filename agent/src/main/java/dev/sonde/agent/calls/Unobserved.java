package dev.sonde.agent.calls;

import dev.sonde.runtime.context.AttributeScope;
import dev.sonde.runtime.context.Attributes;
import dev.sonde.runtime.context.Context;
import dev.sonde.runtime.ends.ObservedCall;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A place where nothing is observed, or nothing has begun yet: what happens there is of no interest. Immutable. */
class Unobserved implements ObservedCall {
    private final @Nullable Context around;

    /** @param around what is below belongs there; null for nowhere */
    Unobserved(@Nullable Context around) {
        this.around = around;
    }

    /** Where a subscriber is, else where this was made. */
    final @Nullable Context place(@Nullable Context subscriber) {
        Context current = subscriber == null ? Context.current() : subscriber;
        return current == null ? around : current;
    }

    @Override
    public final Context context() {
        return around == null ? AttributeScope.of(Attributes.NONE) : around;
    }

    @Override
    public ObservedCall begin(@Nullable Context subscriber) {
        return this;
    }

    @Override
    public final boolean capturesOutput() {
        return false;
    }

    @Override
    public final @Nullable Function<@Nullable Object, @Nullable Object> aggregator() {
        return null;
    }

    @Override
    public final boolean hasObservationsBelow() {
        return false;
    }

    @Override
    public final void firstItem() {
        // of no interest
    }

    @Override
    public final void returned(@Nullable Object value) {
        // of no interest
    }

    @Override
    public final void failed(Throwable error, @Nullable Object partial) {
        // of no interest
    }

    @Override
    public final void stopped(String why, @Nullable Object partial) {
        // of no interest
    }

    @Override
    public final void neverBegun() {
        // of no interest
    }
}
