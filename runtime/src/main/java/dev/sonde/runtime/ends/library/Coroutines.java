package dev.sonde.runtime.ends.library;

import dev.sonde.runtime.ends.ObservedCall;
import org.jspecify.annotations.Nullable;

/** What is asked of an application's Kotlin about its suspending functions. For any thread. */
public interface Coroutines {

    /** Whether the function is not being called but goes on behind a suspension. */
    boolean isResumption(Object continuation);

    /** What the function shall resume instead, to end the call and go on with {@code continuation} as it would have. */
    Object frame(Object continuation, ObservedCall call);

    /** Whether this result means that the function suspended. */
    boolean isSuspended(Object result);

    /** Whether this result is none. */
    boolean isUnit(@Nullable Object result);

    /**
     * The context of a new coroutine with ours in it.
     *
     * @param coroutineContext a {@code CoroutineContext}
     */
    Object with(Object coroutineContext, Object context);

    /** The Kotlin of a continuation or a coroutine's context; null when it is none that is understood, which has been said. */
    static @Nullable Coroutines of(Object kotlin) {
        return LibraryResults.coroutines(kotlin.getClass());
    }
}
