package dev.sonde.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.server.model.EntityKey;
import dev.sonde.server.model.Level;
import dev.sonde.server.model.Observation;
import dev.sonde.server.model.ObservationType;
import dev.sonde.server.model.Trace;
import dev.sonde.server.pricing.Models;
import dev.sonde.server.pricing.PriceTable;
import dev.sonde.server.pricing.Pricer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However the events of a trace are ordered, split over requests and repeated, they end in the same state. */
class MergePermutationsTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Pricer PRICER = new Pricer(new Models(PriceTable.builtIn(), project -> List.of()));
    private static final int OBSERVATIONS = 3;

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void merge_ofAnyOrderSplitAndRepetition_endsAsInOrder(long seed) {
        Random random = new Random(seed);
        List<Fragment> events = events(random);
        List<Fragment> inOrder = new ArrayList<>(events);
        inOrder.sort((a, b) -> Long.compare(a.order(), b.order()));
        State expected = stored(List.of(inOrder));

        List<Fragment> shuffled = new ArrayList<>(events);
        for (int i = random.nextInt(4); i > 0; i--) {
            shuffled.add(events.get(random.nextInt(events.size())));
        }
        Collections.shuffle(shuffled, random);
        List<List<Fragment>> groups = new ArrayList<>();
        for (int from = 0; from < shuffled.size(); ) {
            int to = Math.min(shuffled.size(), from + 1 + random.nextInt(4));
            groups.add(shuffled.subList(from, to));
            from = to;
        }

        assertThat(stored(groups)).isEqualTo(expected);
    }

    @Test
    void merge_ofTotals_isTheSumOfWhatIsStored() {
        State state = stored(List.of(events(new Random(1)), events(new Random(2)), events(new Random(3))));

        BigDecimal cost = null;
        long units = 0;
        for (Observation o : state.observations().values()) {
            BigDecimal own = o.model().totalCost();
            cost = own == null ? cost : cost == null ? own : cost.add(own);
            units += o.model().totalUsage();
        }
        Trace trace = state.traces().get(new EntityKey("p", "t"));
        assertThat(trace.totals().cost()).isEqualByComparingTo(cost);
        assertThat(trace.totals().totalUsage()).isEqualTo(units);
        assertThat(trace.totals().observations()).isEqualTo(state.observations().size());
    }

    /** What is stored, without what depends on how it got there: widened times and the order of metadata. */
    private record State(Map<EntityKey, Trace> traces, Map<EntityKey, Observation> observations) {}

    private static State stored(List<List<Fragment>> groups) {
        MemoryEventWriter store = new MemoryEventWriter();
        RecentTimes recent = new RecentTimes();
        for (List<Fragment> fragments : groups) {
            Group group = new Group();
            group.add(new Events(fragments, List.of(), 1));
            store.write(group.merge(store, PRICER::price, recent, NOON));
            group.remember(recent);
        }
        Map<EntityKey, Trace> traces = new HashMap<>();
        store.traces().forEach((key, t) -> traces.put(key, withExactTotals(t, store)));
        return new State(traces, store.observations());
    }

    private static Trace withExactTotals(Trace t, MemoryEventWriter store) {
        var totals = t.totals();
        BigDecimal cost = totals.cost() == null ? null : totals.cost().stripTrailingZeros();
        // an end or a level that was taken back stays in the totals: reads of the trace may not miss what was once
        // there
        var comparable = new dev.sonde.server.model.TraceTotals(
                totals.observations(),
                totals.errors(),
                totals.warnings(),
                null,
                null,
                null,
                totals.inputUsage(),
                totals.outputUsage(),
                totals.totalUsage(),
                cost == null || cost.signum() == 0 ? null : cost,
                totals.scores(),
                totals.categories());
        return new Trace(
                t.projectId(),
                t.id(),
                t.timestamp(),
                t.name(),
                t.userId(),
                t.sessionId(),
                t.release(),
                t.version(),
                t.environment(),
                t.tags(),
                t.isPublic(),
                t.bookmarked(),
                t.payload(),
                comparable,
                t.createdAt(),
                t.updatedAt());
    }

    /** Creations and later updates of one trace and its observations; one update at the time of the creation. */
    private static List<Fragment> events(Random random) {
        List<Fragment> events = new ArrayList<>();
        List<Integer> times = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            times.add(i);
        }
        Collections.shuffle(times, random);
        for (int i = 0; i < 4; i++) {
            events.add(trace(random, NOON.plusSeconds(times.get(i))));
        }
        for (int o = 0; o < OBSERVATIONS; o++) {
            int one = times.get(4 + 3 * o);
            int other = times.get(5 + 3 * o);
            Instant first = NOON.plusSeconds(Math.min(one, other));
            events.add(observation(random, "o" + o, first, false).with(Part.START_TIME, first.minusMillis(1)));
            events.add(observation(random, "o" + o, first, true));
            events.add(observation(random, "o" + o, NOON.plusSeconds(Math.max(one, other)), true));
        }
        return events;
    }

    private static Fragment trace(Random random, Instant at) {
        Fragment f = Fragment.trace("p", "t", at).with(Part.TIMESTAMP, at);
        maybe(random, f, Part.NAME, "name-" + at);
        maybe(random, f, Part.USER_ID, null);
        maybe(random, f, Part.SESSION_ID, "session-" + at);
        maybe(random, f, Part.ENVIRONMENT, "env" + at.getEpochSecond());
        maybe(random, f, Part.TAGS, List.of("tag" + random.nextInt(3)));
        maybe(random, f, Part.INPUT, random.nextBoolean() ? "input-" + at : "");
        maybe(random, f, Part.PUBLIC, random.nextBoolean());
        maybe(random, f, Part.METADATA, Map.of("k" + random.nextInt(3), "v-" + at));
        return f;
    }

    private static Fragment observation(Random random, String id, Instant at, boolean update) {
        Fragment f = Fragment.observation("p", id, at, update).with(Part.TRACE_ID, "t");
        f.with(Part.TYPE, random.nextBoolean() ? ObservationType.GENERATION : ObservationType.SPAN);
        maybe(random, f, Part.NAME, random.nextBoolean() ? "name-" + at : null);
        maybe(random, f, Part.PARENT_ID, "parent" + random.nextInt(3));
        maybe(random, f, Part.END_TIME, NOON.plusSeconds(100 + random.nextInt(50)));
        maybe(random, f, Part.LEVEL, Level.values()[random.nextInt(4)]);
        maybe(random, f, Part.STATUS_MESSAGE, random.nextBoolean() ? "message-" + at : null);
        maybe(random, f, Part.MODEL, "gpt-4o");
        maybe(random, f, Part.USAGE, Map.of("input", (long) random.nextInt(1000), "output", (long)
                random.nextInt(1000)));
        maybe(random, f, Part.COST, Map.of("total", BigDecimal.valueOf(random.nextInt(1000), 5)));
        maybe(random, f, Part.OUTPUT, "output-" + at);
        maybe(random, f, Part.METADATA, Map.of("k" + random.nextInt(3), "v-" + at));
        maybe(random, f, Part.TAGS, List.of("tag" + random.nextInt(3)));
        return f;
    }

    private static void maybe(Random random, Fragment f, Part part, Object value) {
        if (random.nextInt(3) == 0) {
            f.with(part, value);
        }
    }
}
