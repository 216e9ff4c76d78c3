package dev.sonde.server.ingest;

import dev.sonde.server.model.Observation;
import dev.sonde.server.model.Trace;
import dev.sonde.server.storage.Change;
import dev.sonde.server.storage.EventWriter;
import dev.sonde.server.storage.StorageException;
import dev.sonde.server.storage.WriteGroup;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers the events of many requests into one durable commit. One thread merges, prices and writes; a request's future
 * completes when its events are on disk. When a group cannot be stored, each request in it is tried alone, so that one
 * bad request cannot take its neighbours along.
 */
public final class Committer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Committer.class);

    private static final int MOST_WAITING_REQUESTS = 10_000;
    private static final int MOST_WAITING_BYTES = 256 << 20;
    private static final int GROUP_EVENTS = 5_000;
    private static final int GROUP_BYTES = 8 << 20;

    private final EventWriter writer;
    private final UnaryOperator<Observation> pricing;
    private final Clock clock;
    private final BlockingQueue<Request> queue = new ArrayBlockingQueue<>(MOST_WAITING_REQUESTS);
    private final AtomicInteger waitingBytes = new AtomicInteger();
    private final List<Consumer<Committed>> listeners = new CopyOnWriteArrayList<>();
    private final LongAdder events = new LongAdder();
    private final LongAdder groups = new LongAdder();
    private final Thread thread;
    private volatile boolean closing;

    public Committer(EventWriter writer, UnaryOperator<Observation> pricing, Clock clock) {
        this.writer = writer;
        this.pricing = pricing;
        this.clock = clock;
        this.thread = new Thread(this::run, "committer");
        thread.start();
    }

    /** Queues events; the future completes when they are durable, and fails when they are not stored. */
    public CompletableFuture<Void> commit(Events decoded) {
        CompletableFuture<Void> durable = new CompletableFuture<>();
        if (decoded.count() == 0) {
            durable.complete(null);
        } else if (closing || waitingBytes.get() > MOST_WAITING_BYTES || !queue.offer(new Request(decoded, durable))) {
            durable.completeExceptionally(new OverloadedException());
        } else {
            waitingBytes.addAndGet(decoded.bytes());
        }
        return durable;
    }

    /** Tells {@code listener} of each durable commit, on the committer's thread: it must be quick. */
    public AutoCloseable onCommit(Consumer<Committed> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Events made durable since the start. */
    public long events() {
        return events.sum();
    }

    /** Durable commits since the start. */
    public long groups() {
        return groups.sum();
    }

    /** Requests that wait for their commit. */
    public int waiting() {
        return queue.size();
    }

    /** Takes nothing more, commits what waits and ends the thread. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        List<Request> requests = new ArrayList<>();
        while (!closing || !queue.isEmpty()) {
            try {
                Request first = queue.poll(50, TimeUnit.MILLISECONDS);
                if (first != null) {
                    gather(first, requests);
                    commit(requests);
                }
            } catch (InterruptedException e) {
                closing = true;
            } finally {
                requests.clear();
            }
        }
    }

    /** Takes what waits already; what comes while this group is being written makes the next one. */
    private void gather(Request first, List<Request> requests) {
        int count = 0;
        int bytes = 0;
        Request next = first;
        while (next != null) {
            requests.add(next);
            waitingBytes.addAndGet(-next.events().bytes());
            count += next.events().count();
            bytes += next.events().bytes();
            next = count < GROUP_EVENTS && bytes < GROUP_BYTES ? queue.poll() : null;
        }
    }

    private void commit(List<Request> requests) {
        try {
            WriteGroup written = write(requests);
            requests.forEach(request -> request.durable().complete(null));
            tell(written);
        } catch (RuntimeException e) {
            if (requests.size() == 1 || e instanceof StorageException) {
                requests.forEach(request -> request.durable().completeExceptionally(e));
                log.error("{} requests were not stored", requests.size(), e);
            } else {
                requests.forEach(request -> commit(List.of(request)));
            }
        }
    }

    private WriteGroup write(List<Request> requests) {
        Group group = new Group();
        requests.forEach(request -> group.add(request.events()));
        WriteGroup merged = group.merge(writer, pricing, clock.instant());
        writer.write(merged);
        groups.increment();
        requests.forEach(request -> events.add(request.events().count()));
        return merged;
    }

    private void tell(WriteGroup written) {
        written.traces().stream()
                .map(Change::after)
                .collect(Collectors.groupingBy(Trace::projectId, Collectors.mapping(Trace::id, Collectors.toSet())))
                .forEach((project, ids) -> {
                    Committed committed = new Committed(project, ids);
                    listeners.forEach(listener -> listener.accept(committed));
                });
    }

    private record Request(Events events, CompletableFuture<Void> durable) {}
}
