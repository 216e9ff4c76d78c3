package dev.sonde.server.storage;

import static dev.sonde.server.storage.TestEvents.NOON;
import static dev.sonde.server.storage.TestEvents.PROJECT;
import static dev.sonde.server.storage.TestEvents.totals;
import static dev.sonde.server.storage.TestEvents.trace;
import static dev.sonde.server.storage.TestEvents.traces;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.server.model.Trace;
import dev.sonde.server.query.Column;
import dev.sonde.server.query.EventQuery;
import dev.sonde.server.query.Field;
import dev.sonde.server.query.Filter;
import dev.sonde.server.query.Order;
import dev.sonde.server.query.Slice;
import dev.sonde.server.query.TimeRange;
import dev.sonde.server.storage.GroupReader.Bucket;
import dev.sonde.server.storage.GroupReader.Figure;
import dev.sonde.server.storage.GroupReader.Group;
import dev.sonde.server.storage.GroupReader.Kind;
import dev.sonde.server.storage.GroupReader.Sort;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@link GroupReader} promises. */
public abstract class GroupReaderContract extends StorageContract {

    private static final Sort LAST = new Sort(Figure.LAST_SEEN, true);

    private void writeTraces() {
        write(traces(
                turn("t1", "chat", "ada", 0, "0.25"),
                turn("t2", "chat", "bob", 60, null),
                turn("t3", "other", "ada", 30, "2"),
                trace("alone").at(NOON.plusSeconds(90)).build(),
                trace("t4")
                        .with(t -> {
                            t.project = "project-2";
                            t.sessionId = "chat";
                        })
                        .build()));
    }

    private static Trace turn(String id, String session, String user, int second, String cost) {
        return trace(id)
                .at(NOON.plusSeconds(second))
                .with(t -> {
                    t.sessionId = session;
                    t.userId = user;
                    t.totals = totals(sums -> sums.with(s -> {
                        s.start = t.timestamp;
                        s.end = t.timestamp.plusSeconds(4);
                        s.errors = cost == null ? 2 : 0;
                        s.totalUsage = 10;
                        s.cost = cost == null ? null : new BigDecimal(cost);
                        s.scores = Map.of("helpful", cost == null ? 0.5 : 1.0);
                    }));
                })
                .build();
    }

    @Test
    final void find_sessions_sumsTheirTraces() {
        writeTraces();

        assertThat(find(Kind.SESSION, LAST, Slice.first(9)))
                .containsExactly(
                        new Group(
                                "chat",
                                2,
                                1,
                                NOON,
                                NOON.plusSeconds(60),
                                NOON.plusSeconds(64),
                                10,
                                10,
                                20,
                                new BigDecimal("0.25"),
                                2,
                                List.of("ada", "bob"),
                                1,
                                "t1",
                                "t2",
                                Map.of("helpful", 0.75)),
                        new Group(
                                "other",
                                1,
                                0,
                                NOON.plusSeconds(30),
                                NOON.plusSeconds(30),
                                NOON.plusSeconds(34),
                                5,
                                5,
                                10,
                                new BigDecimal("2"),
                                1,
                                List.of("ada"),
                                1,
                                "t3",
                                "t3",
                                Map.of("helpful", 1.0)));
        assertThat(storage.groups().count(all(), Kind.SESSION)).isEqualTo(2);
    }

    @Test
    final void find_users_inEveryOrder_unknownCostLast() {
        writeTraces();

        for (Figure figure : List.of(Figure.LAST_SEEN, Figure.FAILED)) {
            assertThat(ids(Kind.USER, new Sort(figure, true))).as(figure.name()).containsExactly("bob", "ada");
        }
        for (Figure figure : List.of(Figure.TRACES, Figure.USAGE, Figure.COST, Figure.DURATION)) {
            assertThat(ids(Kind.USER, new Sort(figure, true))).as(figure.name()).containsExactly("ada", "bob");
        }
        assertThat(ids(Kind.USER, new Sort(Figure.FIRST_SEEN, false))).containsExactly("ada", "bob");
        assertThat(ids(Kind.USER, new Sort(Figure.COST, false))).containsExactly("ada", "bob");
    }

    @Test
    final void find_pages_andFollowsTheFilterAndTheRange() {
        writeTraces();

        assertThat(find(Kind.SESSION, LAST, new Slice(1, 1, null)))
                .extracting(Group::id)
                .containsExactly("other");
        Filter ada = new Filter.TextIs(Field.of(Column.USER_ID), Filter.TextMatch.EQUAL, "ada", false);
        assertThat(storage.groups().find(where(ada), Kind.SESSION, LAST))
                .extracting(
                        Group::id,
                        Group::traces,
                        Group::lastTraceId,
                        group -> group.scores().get("helpful"))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("other", 1L, "t3", 1.0),
                        org.assertj.core.groups.Tuple.tuple("chat", 1L, "t1", 1.0));
        EventQuery early = new EventQuery(
                PROJECT,
                Filter.ALL,
                new TimeRange(NOON, NOON.plusSeconds(30)),
                Order.NEWEST_FIRST,
                Slice.first(9),
                false);
        assertThat(storage.groups().find(early, Kind.SESSION, LAST))
                .extracting(Group::id)
                .containsExactly("chat");
        assertThat(storage.groups().count(early, Kind.USER)).isEqualTo(1);
    }

    @Test
    final void series_bucketsByTime_withoutEmptyOnes() {
        writeTraces();

        assertThat(storage.groups().series(all(), Duration.ofMinutes(1)))
                .containsExactly(
                        new Bucket(NOON, 2, 0, 20, new BigDecimal("2.25")),
                        new Bucket(NOON.plusSeconds(60), 2, 1, 10, null));
        EventQuery one = new EventQuery(PROJECT, Filter.ALL, TimeRange.ALL, Order.NEWEST_FIRST, Slice.first(1), false);
        assertThat(storage.groups().series(one, Duration.ofMinutes(1))).hasSize(1);
        assertThatThrownBy(() -> storage.groups().series(all(), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private List<String> ids(Kind kind, Sort sort) {
        return find(kind, sort, Slice.first(9)).stream().map(Group::id).toList();
    }

    private List<Group> find(Kind kind, Sort sort, Slice slice) {
        return storage.groups()
                .find(new EventQuery(PROJECT, Filter.ALL, TimeRange.ALL, Order.NEWEST_FIRST, slice, false), kind, sort);
    }
}
