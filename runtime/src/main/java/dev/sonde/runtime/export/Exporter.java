package dev.sonde.runtime.export;

import dev.sonde.runtime.LiveObservation;
import dev.sonde.runtime.RuntimeConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Takes ended observations and scores from any thread without waiting, and delivers them from one daemon thread, which
 * starts with the first of them, or with {@link #begin()}. Bounded in count and text; what does not fit is counted, never waited for.
 */
public final class Exporter {

    private static final String PROJECTS = "/api/public/projects";
    private static final int MAX_BATCH = 2_048;
    private static final long MAX_BATCH_CHARS = 4L << 20;
    /** Observations in the queue that may keep objects of the application until they are written here. */
    private static final int MAX_UNSAID = 256;

    private static final int WAKE_UNSAID = MAX_UNSAID / 2;

    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** Of the time that the JVM's end may wait, what is kept for writing to disk. */
    private static final long SPOOLING_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final RuntimeConfig config;
    private final Processing processing;
    private final BoundedQueue<Object> queue;
    private final AtomicLong queuedChars = new AtomicLong();
    private final Counters counters = new Counters();
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicLong settled = new AtomicLong();
    private volatile @Nullable Thread thread;
    private volatile @Nullable Outbox outbox;
    private volatile boolean closing;
    private volatile boolean flushing;
    private volatile long giveUpAtNanos = Long.MAX_VALUE;

    public Exporter(RuntimeConfig config, Processing processing) {
        this.config = config;
        this.processing = processing;
        this.queue = new BoundedQueue<>(config.queueCapacity());
    }

    /** Starts to deliver what an earlier process has left in the spool; does nothing without one. */
    public void begin() {
        if (config.spoolDirectory() != null && !started.get()) {
            start();
        }
    }

    /** Queues an ended observation; when full, counts it as dropped. */
    public void offer(LiveObservation observation) {
        boolean unsaid = observation.isUnsaid();
        if (unsaid && queued() >= MAX_UNSAID) {
            observation.say();
        }
        offer(
                observation,
                observation.textLength(),
                unsaid ? Math.min(WAKE_UNSAID, config.flushAt()) : config.flushAt());
    }

    /** Queues one event of the batch interface, as JSON text; when full, counts it as dropped. */
    public void offerEvent(String json) {
        offer(json, json.length(), config.flushAt());
    }

    /** What the application does to observations before they are sent. */
    public Processing processing() {
        return processing;
    }

    /** Whether the server knows the keys. Waits for its answer, 10 seconds at most. */
    public boolean authCheck() {
        try (Delivery delivery = new Delivery(config)) {
            return delivery.accepts(PROJECTS);
        }
    }

    /** What became of everything offered so far. */
    public Counters counters() {
        return counters;
    }

    /** Observations and events that were ever offered, dropped ones included. */
    public long made() {
        return queue.offered() + counters.refused.sum();
    }

    /** Observations and events that wait in memory. */
    public long queued() {
        return queue.offered() - settled.get();
    }

    /** Sends what is queued now; answers whether the server has all of it within the time. Waits on the calling thread. */
    public boolean flush(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        long goal = queue.offered();
        flushing = true;
        LockSupport.unpark(thread);
        while (settled.get() < goal || counters.spooled() > 0) {
            if (System.nanoTime() - deadline >= 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(this, 1_000_000);
        }
        return true;
    }

    /** Delivers until nothing more comes or the time is up, keeps on disk what it can, and ends the thread. */
    public void shutdown(Duration timeout) {
        Thread worker = thread;
        if (!started.get() || worker == null) {
            return;
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        giveUpAtNanos = deadline - (config.spoolDirectory() == null ? 0 : SPOOLING_NANOS);
        drain();
        closing = true;
        Outbox open = outbox;
        if (open != null && queued() > 0) {
            open.hurry();
        }
        LockSupport.unpark(worker);
        try {
            worker.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        report();
    }

    /** Waits until the queue is empty and stays so for a while, because the application's own hooks run meanwhile. */
    private void drain() {
        long quietSince = System.nanoTime();
        long seen = queue.offered();
        long now = quietSince;
        flushing = true;
        while (now - giveUpAtNanos < 0 && (queued() > 0 || now - quietSince < QUIET_NANOS)) {
            LockSupport.unpark(thread);
            LockSupport.parkNanos(this, 5_000_000);
            now = System.nanoTime();
            if (queue.offered() != seen || queued() > 0) {
                seen = queue.offered();
                quietSince = now;
            }
        }
    }

    private void offer(Object item, long chars, int wakeAt) {
        if (chars > 0 && queuedChars.addAndGet(chars) > config.queueMaxBytes()) {
            refuse(chars);
            return;
        }
        long size = queue.offer(item);
        if (size < 0) {
            refuse(chars);
            return;
        }
        if (!started.get()) {
            start();
        } else if (size == wakeAt) {
            LockSupport.unpark(thread);
        }
    }

    private void refuse(long chars) {
        queuedChars.addAndGet(-chars);
        counters.refused.increment();
    }

    private void start() {
        if (started.compareAndSet(false, true)) {
            Thread worker = new Thread(this::run, "sonde-export");
            worker.setDaemon(true);
            worker.setContextClassLoader(null);
            thread = worker;
            worker.start();
            try {
                Runtime.getRuntime()
                        .addShutdownHook(new Thread(
                                () -> shutdown(Duration.ofMillis(config.shutdownTimeoutMillis())), "sonde-shutdown"));
            } catch (IllegalStateException e) {
                closing = false; // the JVM is ending already: deliver what the daemon thread still can
            }
        }
    }

    @SuppressWarnings("IllegalCatch") // the export thread is a border: nothing may end it
    private void run() {
        MetricsBean metrics = metrics();
        try (Outbox open = new Outbox(config, counters, new Waiting())) {
            outbox = open;
            open.replay(); // of earlier processes, even if this one ends at once
            while (!closing || queue.size() > 0) {
                try {
                    pause(open);
                    if (metrics != null) {
                        metrics.offer();
                    }
                    WallClock.follow();
                    deliver(open);
                    report();
                } catch (Throwable e) {
                    Log.warn("export", "observations could not be sent: " + e);
                }
            }
        } catch (IOException e) {
            Log.warn("spool", "the spool could not be closed: " + e);
        }
        if (metrics != null) {
            metrics.close();
        }
    }

    /** Null where it is not wanted, or the platform was built without {@code java.management}. */
    private @Nullable MetricsBean metrics() {
        try {
            return config.jmx() ? new MetricsBean(this) : null;
        } catch (LinkageError e) {
            return null;
        }
    }

    private void pause(Outbox open) {
        long interval = TimeUnit.MILLISECONDS.toNanos(config.flushIntervalMillis());
        if (flushing) {
            flushing = false;
            open.tryNow();
        } else if (queue.size() < config.flushAt() && !closing) {
            LockSupport.parkNanos(this, interval);
        }
    }

    /** Delivers what is queued; what comes meanwhile waits for the next time, so that requests do not become small. */
    private void deliver(Outbox open) {
        open.replay();
        Batch batch;
        do {
            batch = take();
            if (batch.taken() > 0) {
                deliver(batch, open);
            }
        } while (batch.full());
    }

    private void deliver(Batch batch, Outbox open) {
        List<LiveObservation> observations = batch.observations();
        int taken = batch.taken();
        long before = counters.settled();
        try {
            observations.forEach(LiveObservation::say);
            processing.apply(observations);
            counters.filtered.add(taken - observations.size() - batch.events().size());
            open.offloadMedia(observations);
            open.observations(observations);
            open.scores(batch.events());
        } catch (RuntimeException | Error e) {
            // what the outbox did not come to count is lost
            counters.failed.add(Math.max(0, taken - (counters.settled() - before)));
            throw e;
        } finally {
            settled.addAndGet(taken);
        }
    }

    /**
     * What is sent together.
     *
     * @param taken how many of both, before some are filtered out
     * @param full whether the queue may hold more of what was there
     */
    private record Batch(List<LiveObservation> observations, List<String> events, int taken, boolean full) {}

    private Batch take() {
        List<LiveObservation> observations = new ArrayList<>();
        List<String> events = new ArrayList<>();
        long chars = 0;
        int taken = 0;
        while (taken < MAX_BATCH && chars < MAX_BATCH_CHARS) {
            Object item = queue.poll();
            if (item == null) {
                return new Batch(observations, events, taken, false);
            }
            long itemChars;
            if (item instanceof LiveObservation observation) {
                observations.add(observation);
                itemChars = observation.textLength();
            } else {
                String event = (String) item;
                events.add(event);
                itemChars = event.length();
            }
            taken++;
            chars += itemChars;
            queuedChars.addAndGet(-itemChars);
        }
        return new Batch(observations, events, taken, true);
    }

    private void report() {
        long lost = counters.dropped();
        if (lost > 0) {
            Log.warn("dropped", lost + " observations were dropped so far because the queue was full");
        }
    }

    /** Waits on the export thread, as long as the process may. */
    private final class Waiting implements Outbox.Patience {

        @Override
        public boolean waitUntil(long nanos) {
            if (nanos - giveUpAtNanos > 0 && giveUpAtNanos != Long.MAX_VALUE) {
                return false;
            }
            while (System.nanoTime() - nanos < 0 && !closing) {
                LockSupport.parkNanos(this, Math.min(nanos - System.nanoTime(), 50_000_000));
            }
            return !closing;
        }

        @Override
        public long queued() {
            return Exporter.this.queued();
        }
    }
}
