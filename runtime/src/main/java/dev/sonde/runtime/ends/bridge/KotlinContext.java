package dev.sonde.runtime.ends.bridge;

import dev.sonde.boot.ContextSlot;
import kotlin.coroutines.AbstractCoroutineContextElement;
import kotlin.coroutines.CoroutineContext;
import kotlinx.coroutines.ThreadContextElement;
import org.jspecify.annotations.Nullable;

/** Makes an observation current on each thread while a coroutine below it runs there. */
final class KotlinContext extends AbstractCoroutineContextElement implements ThreadContextElement<Object> {

    private static final CoroutineContext.Key<KotlinContext> KEY = new CoroutineContext.Key<>() {};

    private final Object context;

    KotlinContext(Object context) {
        super(KEY);
        this.context = context;
    }

    /** What is current in a coroutine with this context: the nearest observation in it, or what its thread has. */
    static @Nullable Object current(CoroutineContext coroutine) {
        KotlinContext nearest = coroutine.get(KEY);
        return nearest == null ? ContextSlot.get() : nearest.context;
    }

    /** Whether a coroutine with this context has an observation of its own. */
    static boolean isIn(CoroutineContext coroutine) {
        return coroutine.get(KEY) != null;
    }

    @Override
    public @Nullable Object updateThreadContext(CoroutineContext coroutine) {
        return ContextSlot.swap(context);
    }

    @Override
    public void restoreThreadContext(CoroutineContext coroutine, @Nullable Object before) {
        ContextSlot.swap(before);
    }
}
