package dev.sonde.agent.calls;

import dev.sonde.boot.ContextSlot;
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
public final class ColdCall extends Unobserved {
    private final Supplier<@Nullable ModelCall> start;
    private final Function<Object, Answered> reading;

    private ColdCall(Supplier<@Nullable ModelCall> start, Function<Object, Answered> reading) {
        super(Context.current());
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
        Context place = place(subscriber);
        ModelCall call;
        Object before = ContextSlot.swap(place);
        try {
            call = start.get();
        } finally {
            ContextSlot.swap(before);
        }
        return call == null ? new Unobserved(place) : new AnsweredLater(call, reading, () -> null);
    }
}
