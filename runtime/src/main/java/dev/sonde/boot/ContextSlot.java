package dev.sonde.boot;

import org.jspecify.annotations.Nullable;

/** The one place where a thread keeps its current context. The value is opaque here; null means empty. */
public final class ContextSlot {

    private static final ThreadLocal<Object[]> SLOT = ThreadLocal.withInitial(ContextSlot::emptyCell);

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

    private static Object[] emptyCell() {
        return new Object[1];
    }
}
