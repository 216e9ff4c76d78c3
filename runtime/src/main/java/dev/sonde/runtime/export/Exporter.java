package dev.sonde.runtime.export;

import dev.sonde.runtime.LiveObservation;
import dev.sonde.runtime.RuntimeConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Takes ended observations and scores from any thread without waiting, and delivers them from one daemon thread, which
 * starts with the first of them. Bounded in count and text; what does not fit is counted, never waited for.
 */
public final class Exporter {

    private static final String TRACES = "/api/public/otel/v1/traces";
    private static final String PROJECTS = "/api/public/projects";
    private static final String SCORES = "/api/public/ingestion";
    private static final int MAX_BATCH = 2_048;
    private static final long MAX_BATCH_CHARS = 4L << 20;
    private static final long FIRST_BACKOFF_MILLIS = 200;
    private static final long LONGEST_BACKOFF_MILLIS = 10_000;

    private final RuntimeConfig config;
    private final Processing processing;
    private final BoundedQueue<Object> queue;
    private final AtomicLong queuedChars = new AtomicLong();
    private final Counters counters = new Counters();
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicLong settled = new AtomicLong();
    private volatile @Nullable Thread thread;
    private volatile boolean closing;
    private volatile boolean hurry;
    private volatile long giveUpAtNanos = Long.MAX_VALUE;

    public Exporter(RuntimeConfig config, Processing processing) {
        this.config = config;
        this.processing = processing;
        this.queue = new BoundedQueue<>(config.queueCapacity());
    }

    /** Queues an ended observation; when full, counts it as dropped. */
    public void offer(LiveObservation observation) {
        offer(observation, chars(observation.input()) + chars(observation.output()));
    }

    /** Queues one event of the batch interface, as JSON text; when full, counts it as dropped. */
    public void offerEvent(String json) {
        offer(json, json.length());
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

    /** Observations and events that wait. */
    public long queued() {
        return queue.offered() - settled.get();
    }

    /** Sends what is queued now; answers whether all of it was settled within the time. Waits on the calling thread. */
    public boolean flush(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        long goal = queue.offered();
        hurry = true;
        LockSupport.unpark(thread);
        while (settled.get() < goal) {
            if (System.nanoTime() >= deadline || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(this, 1_000_000);
        }
        return true;
    }

    /** Delivers until nothing more comes or the time is up, and ends the thread. */
    public void shutdown(Duration timeout) {
        if (!started.get()) {
            return;
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        giveUpAtNanos = deadline;
        long quietSince = System.nanoTime();
        long seen = queue.offered();
        while (System.nanoTime() < deadline) {
            flush(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            long now = System.nanoTime();
            if (queue.offered() != seen) {
                seen = queue.offered();
                quietSince = now;
            } else if (queued() == 0 && now - quietSince > TimeUnit.MILLISECONDS.toNanos(100)) {
                break;
            }
            LockSupport.parkNanos(this, 5_000_000);
        }
        closing = true;
        LockSupport.unpark(thread);
        report();
    }

    private void offer(Object item, long chars) {
        if (chars > 0 && queuedChars.addAndGet(chars) > config.queueMaxBytes()) {
            queuedChars.addAndGet(-chars);
            counters.dropped.increment();
            return;
        }
        long size = queue.offer(item);
        if (size < 0) {
            queuedChars.addAndGet(-chars);
            counters.dropped.increment();
            return;
        }
        if (!started.get()) {
            start();
        } else if (size == config.flushAt()) {
            LockSupport.unpark(thread);
        }
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
        Delivery delivery = new Delivery(config);
        OtlpEncoder encoder = new OtlpEncoder(config);
        List<LiveObservation> observations = new ArrayList<>();
        List<String> events = new ArrayList<>();
        while (!closing) {
            try {
                if (queue.size() < config.flushAt() && !hurry) {
                    LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(config.flushIntervalMillis()));
                }
                hurry = false;
                WallClock.follow();
                while (take(observations, events)) {
                    int before = observations.size();
                    processing.apply(observations);
                    settle(before - observations.size());
                    sendObservations(delivery, encoder, observations);
                    sendEvents(delivery, events);
                }
                report();
            } catch (Throwable e) {
                settle(observations.size() + events.size());
                counters.failed.add(observations.size() + events.size());
                Log.warn("export", "a batch could not be sent: " + e);
            } finally {
                observations.clear();
                events.clear();
            }
        }
        delivery.close();
    }

    private boolean take(List<LiveObservation> observations, List<String> events) {
        observations.clear();
        events.clear();
        long chars = 0;
        while (observations.size() + events.size() < MAX_BATCH && chars < MAX_BATCH_CHARS) {
            Object item = queue.poll();
            if (item == null) {
                break;
            }
            long itemChars;
            if (item instanceof LiveObservation observation) {
                observations.add(observation);
                itemChars = chars(observation.input()) + chars(observation.output());
            } else {
                String event = (String) item;
                events.add(event);
                itemChars = event.length();
            }
            chars += itemChars;
            queuedChars.addAndGet(-itemChars);
        }
        return !observations.isEmpty() || !events.isEmpty();
    }

    private void sendObservations(Delivery delivery, OtlpEncoder encoder, List<LiveObservation> batch) {
        if (batch.isEmpty()) {
            return;
        }
        ProtoWriter proto = encoder.encode(batch);
        Delivery.Answer answer = deliver(delivery, TRACES, "application/x-protobuf", proto.bytes(), proto.size());
        if (answer.outcome() == Delivery.Outcome.TOO_LARGE && batch.size() > 1) {
            int half = batch.size() / 2;
            sendObservations(delivery, encoder, batch.subList(0, half));
            sendObservations(delivery, encoder, batch.subList(half, batch.size()));
        } else {
            account(answer, batch.size(), "observations");
        }
    }

    private void sendEvents(Delivery delivery, List<String> events) {
        if (events.isEmpty()) {
            return;
        }
        byte[] body = ("{\"batch\":[" + String.join(",", events) + "],\"metadata\":{\"sdk_name\":\"sonde-java\"}}")
                .getBytes(StandardCharsets.UTF_8);
        Delivery.Answer answer = deliver(delivery, SCORES, "application/json", body, body.length);
        if (answer.outcome() == Delivery.Outcome.TOO_LARGE && events.size() > 1) {
            int half = events.size() / 2;
            sendEvents(delivery, events.subList(0, half));
            sendEvents(delivery, events.subList(half, events.size()));
        } else {
            account(answer, events.size(), "scores");
        }
    }

    /** Posts until delivered, refused, or the retry window is over. */
    private Delivery.Answer deliver(Delivery delivery, String path, String type, byte[] bytes, int size) {
        long giveUp = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(config.retryWindowMillis());
        long backoff = FIRST_BACKOFF_MILLIS;
        while (true) {
            Delivery.Answer answer = delivery.post(path, type, bytes, size);
            if (answer.outcome() != Delivery.Outcome.RETRY) {
                return answer;
            }
            long wait = Math.max(
                    answer.retryAfterMillis(),
                    backoff / 2 + ThreadLocalRandom.current().nextLong(backoff));
            long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(wait);
            if (closing || until > Math.min(giveUp, giveUpAtNanos)) {
                return answer;
            }
            Log.warn("retry", "the server is away (" + answer.reason() + "); retrying, " + queued() + " waiting");
            while (System.nanoTime() < until && !closing) {
                LockSupport.parkNanos(this, Math.min(until - System.nanoTime(), 50_000_000));
            }
            backoff = Math.min(LONGEST_BACKOFF_MILLIS, backoff * 2);
        }
    }

    private void account(Delivery.Answer answer, int count, String what) {
        settle(count);
        if (answer.outcome() == Delivery.Outcome.DELIVERED) {
            counters.sent.add(count);
        } else {
            counters.failed.add(count);
            Log.warn("refused " + what, count + " " + what + " were not delivered: " + answer.reason());
        }
    }

    private void settle(int count) {
        settled.addAndGet(count);
    }

    private void report() {
        long lost = counters.dropped();
        if (lost > 0) {
            Log.warn("dropped", lost + " observations were dropped so far because the queue was full");
        }
    }

    private static long chars(@Nullable Object text) {
        return text instanceof String string ? string.length() : 0;
    }
}
