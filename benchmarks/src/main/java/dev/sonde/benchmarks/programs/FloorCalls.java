package dev.sonde.benchmarks.programs;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What no tracer can go below: the clock twice, the current span in a thread's slot, one object a call, and a bounded
 * queue that another thread empties and forgets.
 */
public final class FloorCalls implements Calls {

    private static final int CAPACITY = 8192;
    private static final long PAUSE_NANOS = 1_000_000;

    private final ThreadLocal<@Nullable Timed[]> current = ThreadLocal.withInitial(() -> new Timed[1]);
    private final AtomicReferenceArray<@Nullable Timed> queue = new AtomicReferenceArray<>(CAPACITY);
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong offered = new AtomicLong();

    /** Of all that was taken; written by the thread that empties the queue. */
    private volatile long totalNanos;

    /** Starts the thread that empties the queue. */
    public FloorCalls() {
        Thread consumer = new Thread(this::forget, "floor");
        consumer.setDaemon(true);
        consumer.start();
    }

    @Override
    public int root(int seed) {
        Timed span = begin();
        try {
            int result = seed;
            for (int i = 0; i < CHILDREN; i++) {
                result = child(result);
            }
            return result;
        } finally {
            end(span);
        }
    }

    int child(int seed) {
        Timed span = begin();
        try {
            return Work.of(seed);
        } finally {
            end(span);
        }
    }

    @Override
    public void close() {
        System.out.println("observed for " + totalNanos + " ns");
    }

    private Timed begin() {
        @Nullable Timed[] slot = current.get();
        Timed span = new Timed(slot[0], System.nanoTime());
        slot[0] = span;
        return span;
    }

    private void end(Timed span) {
        span.ended = System.nanoTime();
        current.get()[0] = span.parent;
        long at = offered.get();
        if (at - taken.get() < CAPACITY && offered.compareAndSet(at, at + 1)) {
            queue.lazySet((int) (at % CAPACITY), span);
        }
    }

    private void forget() {
        long total = 0;
        while (true) {
            int at = (int) (taken.get() % CAPACITY);
            Timed span = queue.get(at);
            if (span == null) {
                LockSupport.parkNanos(PAUSE_NANOS);
            } else {
                total += span.ended - span.begun;
                totalNanos = total;
                queue.lazySet(at, null);
                taken.incrementAndGet();
            }
        }
    }

    private static final class Timed {
        final @Nullable Timed parent;
        final long begun;
        long ended;

        Timed(@Nullable Timed parent, long begun) {
            this.parent = parent;
            this.begun = begun;
        }
    }
}
