package dev.sonde.boot;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Contexts of work that must stay the very object it is: tasks that are ordered, forked or timed, and threads. Each is
 * taken once, where the work begins; what never begins is forgotten with it.
 */
final class Attachments {

    private static final ConcurrentHashMap<Object, Object> CONTEXTS = new ConcurrentHashMap<>();
    private static final ReferenceQueue<Object> GONE = new ReferenceQueue<>();

    private Attachments() {}

    /** Notes the calling thread's context for {@code work}, if there is one. */
    static void attach(@Nullable Object work) {
        Object context = work == null ? null : ContextSlot.get();
        if (context != null && work != null) {
            for (Reference<?> gone = GONE.poll(); gone != null; gone = GONE.poll()) {
                CONTEXTS.remove(gone);
            }
            CONTEXTS.put(new Key(work), context);
        }
    }

    /** The context noted for {@code work}, which is forgotten; null when there is none. */
    static @Nullable Object take(Object work) {
        return CONTEXTS.isEmpty() ? null : CONTEXTS.remove(new Look(work));
    }

    /** Finds an entry without holding on to it. */
    private static final class Look {
        private final Object work;

        Look(Object work) {
            this.work = work;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(work);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && key.refersTo(work);
        }
    }

    /** Holds its work weakly. */
    private static final class Key extends WeakReference<Object> {
        private final int hash;

        Key(Object work) {
            super(work, GONE);
            this.hash = System.identityHashCode(work);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other || (other instanceof Key key && key.hash == hash && sameWork(key));
        }

        private boolean sameWork(Key other) {
            Object work = other.get();
            return work != null && refersTo(work);
        }
    }
}
