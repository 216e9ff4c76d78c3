package dev.sonde.runtime.export;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** A ring that any number of threads offer to and one thread polls; full means refused, nobody ever waits. */
final class BoundedQueue<T> {

    private final AtomicReferenceArray<@Nullable T> slots;
    private final int mask;
    private final AtomicLong tail = new AtomicLong();
    /** Up to where producers may go without looking at {@link #head} again. */
    private final AtomicLong limit;

    private final AtomicLong head = new AtomicLong();

    /** @param capacity rounded up to a power of two */
    BoundedQueue(int capacity) {
        int size = Integer.highestOneBit(Math.max(2, capacity - 1)) << 1;
        slots = new AtomicReferenceArray<>(size);
        mask = size - 1;
        limit = new AtomicLong(size);
    }

    /** Answers how many are queued now, this one included, or -1 when full. */
    long offer(T item) {
        long place;
        do {
            place = tail.get();
            if (place >= limit.get()) {
                long free = head.get() + slots.length();
                if (place >= free) {
                    return -1;
                }
                limit.lazySet(free);
            }
        } while (!tail.compareAndSet(place, place + 1));
        slots.lazySet((int) place & mask, item);
        return place + 1 - head.get();
    }

    /** The oldest, or null when there is none. Only for the consumer. */
    @Nullable
    T poll() {
        long place = head.get();
        int slot = (int) place & mask;
        T item = slots.get(slot);
        if (item == null) {
            if (tail.get() == place) {
                return null;
            }
            do { // a producer has taken the place and is about to fill it
                Thread.onSpinWait();
                item = slots.get(slot);
            } while (item == null);
        }
        slots.lazySet(slot, null);
        head.lazySet(place + 1);
        return item;
    }

    /** How many were ever taken in. */
    long offered() {
        return tail.get();
    }

    long size() {
        return Math.max(0, tail.get() - head.get());
    }
}
