package dev.sonde.agent.calls;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Values that belong to objects of a library and go with them, for objects that no stand-in can take the place of. Found
 * by identity; thread-safe.
 *
 * @param <V> what belongs to an object; must not reach it
 */
public final class Attached<V> {
    private final ConcurrentHashMap<Object, V> values = new ConcurrentHashMap<>();
    private final ReferenceQueue<Object> gone = new ReferenceQueue<>();

    /** Remembers the value for as long as the owner can be reached. */
    public void put(Object owner, V value) {
        for (Reference<?> key = gone.poll(); key != null; key = gone.poll()) {
            values.remove(key);
        }
        values.put(new Key(owner, gone), value);
    }

    /** The owner's value; null when it has none. */
    public @Nullable V get(@Nullable Object owner) {
        return owner == null || values.isEmpty() ? null : values.get(new Look(owner));
    }

    /** The owner's value, which it has no longer; null when it had none. */
    public @Nullable V remove(@Nullable Object owner) {
        return owner == null || values.isEmpty() ? null : values.remove(new Look(owner));
    }

    /** Owners that have a value and may still be reached. */
    int size() {
        return values.size();
    }

    /** Finds an entry without holding on to it. */
    private record Look(Object owner) {
        @Override
        public int hashCode() {
            return System.identityHashCode(owner);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && key.refersTo(owner);
        }
    }

    /** Holds its owner weakly. */
    private static final class Key extends WeakReference<Object> {
        private final int hash;

        Key(Object owner, ReferenceQueue<Object> gone) {
            super(owner, gone);
            this.hash = System.identityHashCode(owner);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            if (this == other) {
                return true;
            }
            Object owner = get();
            return owner != null && other instanceof Key key && key.refersTo(owner);
        }
    }
}
