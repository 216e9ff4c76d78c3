package dev.sonde.agent.calls;

import dev.sonde.runtime.context.Context;
import dev.sonde.runtime.ends.ObservedCall;
import java.lang.reflect.InvocationTargetException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A step that a cold result stands for, as Reactor's Mono is: nothing has begun before somebody subscribes, and each
 * subscription begins a step of its own below what the subscriber is in, or stays here unobserved. Immutable, for any
 * thread.
 */
public final class ColdStep extends Unobserved {
    private static final String MONO = "reactor.core.publisher.Mono";

    private final Function<@Nullable Context, @Nullable Step> start;
    private final StepOutcome outcome;

    /**
     * A step where the calling thread is now, unless the subscriber is elsewhere.
     *
     * @param start begins a step below the given place, which is null for none; answers null to observe nothing
     */
    public ColdStep(Function<@Nullable Context, @Nullable Step> start, StepOutcome outcome) {
        super(Context.current());
        this.start = start;
        this.outcome = outcome;
    }

    /**
     * Follows each subscription of a publisher of any known library to its end.
     *
     * @param declaredType name of the hooked method's return type
     * @return what the hooked method shall return instead
     */
    public @Nullable Object follow(@Nullable Object result, String declaredType) {
        return Results.follow(result, declaredType, this);
    }

    /**
     * A Mono in the place of another, made anew by each subscription while its step is current.
     *
     * @return the other itself when it is no Mono
     */
    public Object mono(Object mono, Supplier<Object> source) {
        for (Class<?> type = mono.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals(MONO)) {
                Object observed = Results.follow(deferred(type, mono, source), MONO, this);
                return observed == null ? mono : observed;
            }
        }
        return mono;
    }

    private static Object deferred(Class<?> type, Object mono, Supplier<Object> source) {
        try {
            Object deferred = type.getMethod("defer", Supplier.class).invoke(null, source);
            return deferred == null ? mono : deferred;
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            return mono; // is observed, with nothing made anew
        }
    }

    @Override
    public ObservedCall begin(@Nullable Context subscriber) {
        Context place = place(subscriber);
        Step step = start.apply(place);
        return step == null ? new Unobserved(place) : step.later(outcome);
    }
}
