package dev.sonde.boot;

import org.jspecify.annotations.Nullable;

/**
 * The one place where a thread keeps its current context. The value is opaque here; null means empty. A new thread begins
 * with what was attached to it when it was started.
 */
public final class ContextSlot {

    private static final ThreadLocal<Object[]> SLOT = ThreadLocal.withInitial(ContextSlot::firstCell);

    private ContextSlot() {}

    /** The calling thread's context. */
    public static @Nullable Object get() {
        return SLOT.get()[0];
    }

    /** Makes {@code context} the calling thread's context and answers the one before. */
    public static @Nullable Object swap(@Nullable Object context) {
        @Nullable Object[] cell = SLOT.get();
        Object before = cell[0];
        cell[0] = context;
        return before;
    }

    /** Forgets {@code context} if the calling thread has it only because it was started with it. */
    public static boolean leaveBehind(Object context) {
        @Nullable Object[] cell = SLOT.get();
        if (cell[0] != context || cell[1] != context) {
            return false;
        }
        cell[0] = null;
        cell[1] = null;
        return true;
    }

    /** The context now, and the one the thread was started with. */
    private static @Nullable Object[] firstCell() {
        Object context = Attachments.take(Thread.currentThread());
        return new Object[] {context, context};
    }
}
