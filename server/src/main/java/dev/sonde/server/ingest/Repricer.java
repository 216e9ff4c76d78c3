package dev.sonde.server.ingest;

import dev.sonde.server.model.EntityKey;
import dev.sonde.server.model.ModelUse;
import dev.sonde.server.model.Observation;
import dev.sonde.server.model.Repricing;
import dev.sonde.server.model.Trace;
import dev.sonde.server.query.Column;
import dev.sonde.server.query.EventQuery;
import dev.sonde.server.query.Field;
import dev.sonde.server.query.Filter;
import dev.sonde.server.query.Order;
import dev.sonde.server.query.Slice;
import dev.sonde.server.query.TimeRange;
import dev.sonde.server.storage.Baseline;
import dev.sonde.server.storage.Change;
import dev.sonde.server.storage.Storage;
import dev.sonde.server.storage.WriteGroup;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computes the costs of stored observations anew, with the prices of today. Costs that clients sent stay. Passes run one
 * after the other, a part at a time between the commits of what comes in; each is kept with what it changed. Running one
 * again is harmless: it finds nothing left to change.
 */
public final class Repricer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Repricer.class);

    private static final int PART = 500;

    private final Storage storage;
    private final Committer committer;
    private final UnaryOperator<Observation> pricing;
    private final Clock clock;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "repricer");
        made.setDaemon(true);
        return made;
    });
    private volatile boolean closing;

    /** Passes that an earlier process left behind are marked as failed. */
    public Repricer(Storage storage, Committer committer, UnaryOperator<Observation> pricing, Clock clock) {
        this.storage = storage;
        this.committer = committer;
        this.pricing = pricing;
        this.clock = clock;
        storage.repricings()
                .running()
                .forEach(left -> storage.repricings()
                        .save(left.with(
                                Repricing.State.FAILED,
                                "the server was stopped; start it again to go on",
                                left.differences(),
                                now())));
    }

    /**
     * What is to be priced anew.
     *
     * @param from start times, inclusive
     * @param to start times, exclusive
     * @param model the name as clients sent it; null for all
     */
    public record Scope(Instant from, Instant to, @Nullable String model) {

        public Scope {
            from = from.truncatedTo(ChronoUnit.MICROS);
            to = to.truncatedTo(ChronoUnit.MICROS);
            if (!from.isBefore(to)) {
                throw new IllegalArgumentException("to: " + to + " (expected: later than from)");
            }
        }
    }

    /** Begins a pass, or lets it wait for those that began before; the store says how far it is. */
    public Repricing start(String projectId, String askedBy, Scope scope, boolean dryRun) {
        Repricing started = new Repricing(
                UUID.randomUUID().toString(),
                projectId,
                askedBy,
                dryRun,
                scope.from(),
                scope.to(),
                scope.model(),
                Repricing.State.RUNNING,
                null,
                List.of(),
                now(),
                null);
        storage.repricings().save(started);
        thread.execute(() -> run(started));
        return started;
    }

    @Override
    public void close() {
        closing = true;
        thread.shutdown();
        try {
            if (!thread.awaitTermination(10, java.util.concurrent.TimeUnit.SECONDS)) {
                log.warn("a repricing did not end in time; it is to be started again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Repricing repricing) {
        Map<String, Repricing.Difference> differences = new TreeMap<>();
        try {
            Slice.Position after = null;
            do {
                if (closing) {
                    throw new IllegalStateException("the server was stopped; start it again to go on");
                }
                List<Observation> part = storage.observations().find(query(repricing, after));
                List<Observation> before = repricing.dryRun()
                        ? part
                        : committer.rewrite(() -> rewritten(part)).join();
                before.forEach(o -> differences.merge(name(o), difference(o), Repricer::sum));
                after = part.size() < PART ? null : position(part.get(part.size() - 1));
                if (after != null) {
                    storage.repricings()
                            .save(repricing.with(
                                    Repricing.State.RUNNING, null, List.copyOf(differences.values()), null));
                }
            } while (after != null);
            storage.repricings()
                    .save(repricing.with(Repricing.State.DONE, null, List.copyOf(differences.values()), now()));
        } catch (RuntimeException e) {
            log.error("repricing {} failed", repricing.id(), e);
            storage.repricings()
                    .save(repricing.with(
                            Repricing.State.FAILED,
                            String.valueOf(e.getMessage()),
                            List.copyOf(differences.values()),
                            now()));
        }
    }

    private static Slice.Position position(Observation last) {
        return new Slice.Position(last.startTime(), last.id());
    }

    private static EventQuery query(Repricing repricing, Slice.@Nullable Position after) {
        Field model = Field.of(Column.MODEL);
        String name = repricing.model();
        return new EventQuery(
                repricing.projectId(),
                name == null
                        ? new Filter.Present(model, true)
                        : new Filter.OneOf(model, Filter.SetMatch.ANY_OF, List.of(name)),
                new TimeRange(repricing.from(), repricing.to()),
                Order.NEWEST_FIRST,
                new Slice(PART, 0, after),
                repricing.dryRun());
    }

    /** Prices these as they are stored now: what came in meanwhile counts. On the committer's thread. */
    private Committer.Rewrite rewritten(List<Observation> found) {
        Set<EntityKey> keys = new HashSet<>();
        found.forEach(o -> keys.add(o.key()));
        Map<EntityKey, Observation> stored =
                storage.writer().baseline(Set.of(), keys, Set.of()).observations();
        Map<EntityKey, List<Change<Observation>>> byTrace = new HashMap<>();
        List<Change<Observation>> changes = new ArrayList<>();
        stored.values().forEach(before -> {
            Observation after = priced(before);
            if (differs(before.model(), after.model())) {
                Change<Observation> change = new Change<>(before, after);
                changes.add(change);
                byTrace.computeIfAbsent(new EntityKey(before.projectId(), before.traceId()), k -> new ArrayList<>())
                        .add(change);
            }
        });
        Baseline traces = storage.writer().baseline(byTrace.keySet(), Set.of(), Set.of());
        List<Change<Trace>> changedTraces = new ArrayList<>();
        traces.traces().forEach((key, trace) -> {
            Totals totals = new Totals(trace.totals());
            byTrace.getOrDefault(key, List.of()).forEach(totals::observation);
            changedTraces.add(new Change<>(trace, Group.with(trace, totals)));
        });
        return new Committer.Rewrite(new WriteGroup(changedTraces, changes, List.of()), List.copyOf(stored.values()));
    }

    private Observation priced(Observation o) {
        return o.model().costProvided() ? o : pricing.apply(o);
    }

    private Repricing.Difference difference(Observation before) {
        boolean provided = before.model().costProvided();
        ModelUse after = priced(before).model();
        return new Repricing.Difference(
                name(before),
                1,
                provided ? 1 : 0,
                differs(before.model(), after) ? 1 : 0,
                provided ? BigDecimal.ZERO : cost(before.model()),
                provided ? BigDecimal.ZERO : cost(after));
    }

    private static Repricing.Difference sum(Repricing.Difference a, Repricing.Difference b) {
        return new Repricing.Difference(
                a.model(),
                a.observations() + b.observations(),
                a.provided() + b.provided(),
                a.changed() + b.changed(),
                a.costBefore().add(b.costBefore()),
                a.costAfter().add(b.costAfter()));
    }

    private static boolean differs(ModelUse before, ModelUse after) {
        return !java.util.Objects.equals(before.modelId(), after.modelId())
                || !java.util.Objects.equals(before.pricingTierName(), after.pricingTierName())
                || !before.usage().equals(after.usage())
                || !plain(before.cost()).equals(plain(after.cost()));
    }

    private static Map<String, BigDecimal> plain(Map<String, BigDecimal> cost) {
        Map<String, BigDecimal> plain = new HashMap<>();
        cost.forEach((type, amount) -> plain.put(type, amount.stripTrailingZeros()));
        return plain;
    }

    private static BigDecimal cost(ModelUse use) {
        BigDecimal total = use.totalCost();
        return total == null ? BigDecimal.ZERO : total;
    }

    private static String name(Observation o) {
        return String.valueOf(o.model().providedModel());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
