package dev.sonde.runtime.ends;

import java.io.Serializable;
import java.util.Collection;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An iterator ends its call when it is exhausted or breaks; an iterable begins it again for each of its iterators. The
 * observation is current while the next item is made.
 */
final class Iterators {

    static final Ending OF_ITERATOR = (result, call) -> of((Iterator<?>) result, StreamedCall.many(call));

    static final Ending OF_ITERABLE =
            (result, call) -> Abandonment.ofCold(new ObservedIterable<>((Iterable<?>) result, call), call);

    private Iterators() {}

    /**
     * Whether the object is nothing but an iterator, so that another one may stand for it. The JDK's iterators over streams
     * happen to be consumers, too.
     */
    static boolean isPlain(Object result) {
        for (Class<?> type = result.getClass(); type != null; type = type.getSuperclass()) {
            for (Class<?> face : type.getInterfaces()) {
                if (face != Iterator.class && face != Serializable.class && face != Consumer.class) {
                    return false;
                }
            }
        }
        return result instanceof Iterator;
    }

    /** Whether the object has nothing to offer but its iterators. */
    static boolean isPlainIterable(Object result) {
        return result instanceof Iterable && !(result instanceof Collection);
    }

    static <T extends @Nullable Object> Iterator<T> of(Iterator<T> items, StreamedCall call) {
        Iterator<T> observed = new ObservedIterator<>(items, call);
        call.endWith(observed);
        return observed;
    }

    /** Each of its iterators is one observation. */
    private record ObservedIterable<T extends @Nullable Object>(Iterable<T> items, ObservedCall call)
            implements Iterable<T> {

        @Override
        public Iterator<T> iterator() {
            StreamedCall begun = StreamedCall.many(call.begin(null));
            Object before = begun.enter();
            try {
                return of(items.iterator(), begun);
            } catch (RuntimeException | Error e) {
                begun.failed(e);
                throw e;
            } finally {
                StreamedCall.leave(before);
            }
        }
    }

    /** Passes everything on, in the calling thread. */
    private static final class ObservedIterator<T extends @Nullable Object> implements Iterator<T> {
        private final Iterator<T> items;
        private final StreamedCall call;

        ObservedIterator(Iterator<T> items, StreamedCall call) {
            this.items = items;
            this.call = call;
        }

        @Override
        public boolean hasNext() {
            Object before = call.enter();
            try {
                boolean more = items.hasNext();
                if (!more) {
                    call.completed();
                }
                return more;
            } catch (RuntimeException | Error e) {
                call.failed(e);
                throw e;
            } finally {
                StreamedCall.leave(before);
            }
        }

        @Override
        public T next() {
            Object before = call.enter();
            try {
                T item = items.next();
                call.item(item);
                return item;
            } catch (NoSuchElementException e) {
                call.completed();
                throw e;
            } catch (RuntimeException | Error e) {
                call.failed(e);
                throw e;
            } finally {
                StreamedCall.leave(before);
            }
        }

        @Override
        public void remove() {
            items.remove();
        }
    }
}
