package dev.sonde.agent.calls;

import dev.sonde.boot.ContextSlot;
import dev.sonde.runtime.context.AttributeScope;
import dev.sonde.runtime.context.Attributes;
import dev.sonde.runtime.context.Context;
import dev.sonde.runtime.ends.ObservedCall;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call of which the hooked method returns only the plan, as a publisher of Reactor: the request is made when somebody
 * subscribes, once for each subscription. Each is a call of its own, which starts then, where the subscriber is; a plan
 * that nobody subscribes to is none. Immutable, for any thread.
 */
public final class ColdCall implements ObservedCall {
    private final @Nullable Context around;
    private final Supplier<@Nullable ModelCall> start;
    private final Function<Object, Answered> reading;

    private ColdCall(Supplier<@Nullable ModelCall> start, Function<Object, Answered> reading) {
        this.around = Context.current();
        this.start = start;
        this.reading = reading;
    }

    /**
     * Follows each subscription to its end.
     *
     * @param declaredType name of the hooked method's return type
     * @param start starts a call where the calling thread is, with a fold when it streams; null to observe nothing
     * @param reading from what the result completes with; not asked when the call streams
     * @return what the hooked method shall return instead
     */
    public static @Nullable Object follow(
            @Nullable Object result,
            String declaredType,
            Supplier<@Nullable ModelCall> start,
            Function<Object, Answered> reading) {
        return Results.follow(result, declaredType, new ColdCall(start, reading));
    }

    /** Below what the subscriber is in, else where the hooked method was called. */
    @Override
    public ObservedCall begin(@Nullable Context subscriber) {
        Context current = subscriber == null ? Context.current() : subscriber;
        Context place = current == null ? around : current;
        ModelCall call;
        Object before = ContextSlot.swap(place);
        try {
            call = start.get();
        } finally {
            ContextSlot.swap(before);
        }
        return call == null
                ? new Unobserved(place == null ? AttributeScope.of(Attributes.NONE) : place)
                : new AnsweredLater(call, reading, () -> null);
    }

    @Override
    public Context context() {
        throw new IllegalStateException("nothing has begun");
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
    public void firstItem() {
        // of no interest
    }

    @Override
    public void returned(@Nullable Object value) {
        // nothing has begun
    }

    @Override
    public void failed(Throwable error, @Nullable Object partial) {
        // nothing has begun
    }

    @Override
    public void stopped(String why, @Nullable Object partial) {
        // nothing has begun
    }

    @Override
    public boolean hasObservationsBelow() {
        return false;
    }

    @Override
    public void neverBegun() {
        // then there is nothing to record
    }

    /** A subscription that is not observed: what is below belongs where the subscriber is. */
    private record Unobserved(Context context) implements ObservedCall {
        @Override
        public boolean capturesOutput() {
            return false;
        }

        @Override
        public @Nullable Function<@Nullable Object, @Nullable Object> aggregator() {
            return null;
        }

        @Override
        public void firstItem() {
            // not observed
        }

        @Override
        public void returned(@Nullable Object value) {
            // not observed
        }

        @Override
        public void failed(Throwable error, @Nullable Object partial) {
            // not observed
        }

        @Override
        public void stopped(String why, @Nullable Object partial) {
            // not observed
        }

        @Override
        public ObservedCall begin(@Nullable Context around) {
            return this;
        }

        @Override
        public boolean hasObservationsBelow() {
            return false;
        }

        @Override
        public void neverBegun() {
            // not observed
        }
    }
}
