package dev.sonde.runtime.context;

import dev.sonde.boot.ContextSlot;
import org.jspecify.annotations.Nullable;

/**
 * What is current on a thread: an observation, or a scope that only adds attributes below one. Travels with work to other
 * threads; never changes what it is.
 */
public abstract class Context {

    private final Attributes inherited;

    /** @param inherited what observations started below this one carry */
    protected Context(Attributes inherited) {
        this.inherited = inherited;
    }

    /** The calling thread's context, or null when nothing is being observed. */
    public static @Nullable Context current() {
        if (!(ContextSlot.get() instanceof Context context)) {
            return null;
        }
        // a thread outlives the call that started it, but what that call was part of is over
        return context.isOver() && ContextSlot.leaveBehind(context) ? null : context;
    }

    /** Whether nothing more belongs here, except what was begun before. */
    protected boolean isOver() {
        return false;
    }

    /** Attributes of the scopes around, which every observation below carries. */
    public final Attributes inherited() {
        return inherited;
    }

    /** The nearest observation, this one included, or null above the root. */
    public abstract @Nullable Current observation();

    /**
     * What a library's call that is under way here says to those it makes in turn, so that one call is not recorded twice;
     * null when there is none. Holds for everything below.
     */
    public @Nullable Object claim() {
        return null;
    }

    /** Makes this the calling thread's context and answers the one before, for {@link ContextSlot#swap}. */
    public final @Nullable Object enter() {
        return ContextSlot.swap(this);
    }

    /** What a context knows of its nearest observation. */
    public interface Current {

        /** The trace it belongs to. */
        TraceState trace();

        /** Its id; 0 above the root of a trace of elsewhere. */
        long id();
    }
}
