package dev.sonde.server.ingest;

import dev.sonde.server.model.EntityKey;
import dev.sonde.server.model.Observation;
import dev.sonde.server.storage.Deletion;
import dev.sonde.server.storage.EventWriter;
import dev.sonde.server.storage.WriteGroup;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers the events of many requests into one durable commit. One thread merges, prices and writes; a request's future
 * completes when its events are on disk. When a group cannot be stored, parts of it are tried alone, so that one bad
 * request cannot take its neighbours along.
 */
public final class Committer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Committer.class);

    private static final int MOST_WAITING_REQUESTS = 10_000;
    private static final int MOST_WAITING_BYTES = 256 << 20;
    private static final int GROUP_EVENTS = 5_000;
    private static final int GROUP_BYTES = 8 << 20;

    private static final Events NO_EVENTS = new Events(List.of(), List.of(), 0);

    private final EventWriter writer;
    private final UnaryOperator<Observation> pricing;
    private final Clock clock;
    private final BlockingQueue<Request> queue = new ArrayBlockingQueue<>(MOST_WAITING_REQUESTS);
    private final RecentTimes recent = new RecentTimes();
    private final AtomicInteger waitingBytes = new AtomicInteger();
    private final List<Consumer<Committed>> listeners = new CopyOnWriteArrayList<>();
    private final LongAdder events = new LongAdder();
    private final LongAdder groups = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final Thread thread;
    private volatile boolean closing;
    private volatile boolean ended;

    public Committer(EventWriter writer, UnaryOperator<Observation> pricing, Clock clock) {
        this.writer = writer;
        this.pricing = pricing;
        this.clock = clock;
        this.thread = new Thread(this::run, "committer");
        thread.start();
    }

    /**
     * Queues events; the future completes when they are durable, and fails when they are not stored: with
     * {@link OverloadedException} when too much waits already, else with what the store said.
     */
    public CompletableFuture<Void> commit(Events decoded) {
        if (decoded.count() == 0) {
            return CompletableFuture.completedFuture(null);
        }
        Request request = new Request(decoded, new CompletableFuture<>(), null);
        int waiting = waitingBytes.addAndGet(decoded.bytes());
        if (closing || waiting > MOST_WAITING_BYTES || !queue.offer(request)) {
            waitingBytes.addAndGet(-decoded.bytes());
            fail(List.of(request), new OverloadedException());
        } else if (ended && queue.remove(request)) {
            // the thread ended between the question and the offer
            fail(List.of(request), new OverloadedException());
        }
        return request.durable().thenAccept(stored -> {});
    }

    /**
     * Queues a deletion; the future completes when it is durable, with whether there was anything to delete.
     *
     * @param plan what is to be deleted, asked when its turn has come: nothing changes between the answer and the deletion
     */
    public CompletableFuture<Boolean> delete(Supplier<Deletion> plan) {
        return queued(new Request(NO_EVENTS, new CompletableFuture<>(), () -> deleted(plan.get())));
    }

    private CompletableFuture<Boolean> queued(Request request) {
        if (closing || !queue.offer(request)) {
            fail(List.of(request), new OverloadedException());
        } else if (ended && queue.remove(request)) {
            fail(List.of(request), new OverloadedException());
        }
        return request.durable().thenApply(Boolean.TRUE::equals);
    }

    /**
     * Queues a change of what is stored; the future completes when it is durable, with what the plan looked at.
     *
     * @param plan what is to be written, asked when its turn has come: nothing changes between the answer and the write
     */
    CompletableFuture<List<Observation>> rewrite(Supplier<Rewrite> plan) {
        List<Observation> looked = new ArrayList<>();
        Request request = new Request(NO_EVENTS, new CompletableFuture<>(), () -> {
            Rewrite rewrite = plan.get();
            writer.write(rewrite.group());
            looked.addAll(rewrite.looked());
            return new Done(
                    !rewrite.group().observations().isEmpty(),
                    rewrite.group().traces().stream()
                            .map(change -> change.after().key())
                            .toList());
        });
        return queued(request).thenApply(any -> looked);
    }

    /**
     * A change of what is stored.
     *
     * @param looked the observations it came from, as they were
     */
    record Rewrite(WriteGroup group, List<Observation> looked) {}

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

    /** Requests whose events were not stored, the queue being full or the store refusing them, since the start. */
    public long rejected() {
        return rejected.sum();
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

    @SuppressWarnings(
            "IllegalCatch") // whatever happens to one group, the requests after it are waiting for this thread
    private void run() {
        List<Request> requests = new ArrayList<>();
        while (!closing || !queue.isEmpty()) {
            try {
                Request first = queue.poll(50, TimeUnit.MILLISECONDS);
                if (first != null && first.alone() != null) {
                    requests.add(first);
                    doAlone(first, first.alone());
                } else if (first != null) {
                    gather(first, requests);
                    commit(requests);
                }
            } catch (InterruptedException e) {
                closing = true;
            } catch (Throwable e) {
                log.error("a group was not stored", e);
                fail(requests, e);
            } finally {
                requests.clear();
            }
        }
        ended = true;
        List<Request> late = new ArrayList<>();
        queue.drainTo(late);
        fail(late, new OverloadedException());
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
            next = count < GROUP_EVENTS && bytes < GROUP_BYTES ? pollEvents() : null;
        }
    }

    /** The next request unless it stands alone, as a deletion does, and waits for what came before it. Only this thread takes requests. */
    private @Nullable Request pollEvents() {
        Request next = queue.peek();
        return next == null || next.alone() != null ? null : queue.poll();
    }

    private void doAlone(Request request, Supplier<Done> alone) {
        Done done = alone.get();
        groups.increment();
        request.durable().complete(done.any());
        tell(done.traces().stream());
    }

    private Done deleted(Deletion deletion) {
        writer.delete(deletion);
        Stream<EntityKey> traces = Stream.concat(
                deletion.traces().stream(),
                deletion.changed().stream().map(change -> change.after().key()));
        return new Done(
                !deletion.traces().isEmpty()
                        || !deletion.observations().isEmpty()
                        || !deletion.scores().isEmpty(),
                traces.toList());
    }

    /** A group that cannot be stored is halved until what is at fault stands alone. */
    private void commit(List<Request> requests) {
        WriteGroup written;
        try {
            written = write(requests);
        } catch (RuntimeException | StackOverflowError e) {
            if (requests.size() == 1) {
                log.error(
                        "a request of {} events was not stored",
                        requests.get(0).events().count(),
                        e);
                fail(requests, e);
            } else {
                int half = requests.size() / 2;
                commit(requests.subList(0, half));
                commit(requests.subList(half, requests.size()));
            }
            return;
        }
        requests.forEach(request -> request.durable().complete(true));
        tell(written.traces().stream().map(change -> change.after().key()));
    }

    private void fail(List<Request> requests, Throwable cause) {
        rejected.add(requests.size());
        requests.forEach(request -> request.durable().completeExceptionally(cause));
    }

    private WriteGroup write(List<Request> requests) {
        Group group = new Group();
        requests.forEach(request -> group.add(request.events()));
        WriteGroup merged = group.merge(writer, pricing, recent, clock.instant());
        writer.write(merged);
        if (!group.left().isEmpty()) {
            writer.delete(new Deletion(group.left(), Set.of(), Set.of(), List.of()));
        }
        group.remember(recent);
        groups.increment();
        requests.forEach(request -> events.add(request.events().count()));
        return merged;
    }

    private void tell(Stream<EntityKey> traces) {
        traces.collect(Collectors.groupingBy(
                        EntityKey::projectId, Collectors.mapping(EntityKey::id, Collectors.toSet())))
                .forEach((project, ids) -> {
                    Committed committed = new Committed(project, ids);
                    listeners.forEach(listener -> tell(listener, committed));
                });
    }

    private static void tell(Consumer<Committed> listener, Committed committed) {
        try {
            listener.accept(committed);
        } catch (RuntimeException e) {
            log.error("a listener to commits failed", e);
        }
    }

    /**
     * What waits.
     *
     * @param durable completes with whether anything was stored, deleted or changed
     * @param alone of a deletion or a change of what is stored; null where events are to be stored
     */
    private record Request(
            Events events,
            CompletableFuture<Boolean> durable,
            @Nullable Supplier<Done> alone) {}

    /** What something that stands alone did, and to which traces. */
    private record Done(boolean any, List<EntityKey> traces) {}
}
