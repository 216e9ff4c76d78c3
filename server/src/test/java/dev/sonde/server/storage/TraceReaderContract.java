package dev.sonde.server.storage;

import static dev.sonde.server.storage.TestEvents.NOON;
import static dev.sonde.server.storage.TestEvents.PROJECT;
import static dev.sonde.server.storage.TestEvents.added;
import static dev.sonde.server.storage.TestEvents.model;
import static dev.sonde.server.storage.TestEvents.observation;
import static dev.sonde.server.storage.TestEvents.payload;
import static dev.sonde.server.storage.TestEvents.totals;
import static dev.sonde.server.storage.TestEvents.trace;
import static dev.sonde.server.storage.TestEvents.traces;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.server.model.Level;
import dev.sonde.server.model.ObservationType;
import dev.sonde.server.model.Payload;
import dev.sonde.server.model.PromptLink;
import dev.sonde.server.model.Trace;
import dev.sonde.server.query.Column;
import dev.sonde.server.query.EventQuery;
import dev.sonde.server.query.Facet;
import dev.sonde.server.query.Field;
import dev.sonde.server.query.Filter;
import dev.sonde.server.query.Filter.Comparison;
import dev.sonde.server.query.Filter.SetMatch;
import dev.sonde.server.query.Filter.TextMatch;
import dev.sonde.server.query.Order;
import dev.sonde.server.query.Slice;
import dev.sonde.server.query.TimeRange;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What {@link TraceReader} promises. */
public abstract class TraceReaderContract extends StorageContract {

    /** Three traces: {@code rich} has everything, {@code plain} has other values, {@code bare} has next to nothing. */
    private void writeThree() {
        Trace rich = trace("rich")
                .at(NOON.plusSeconds(2))
                .with(t -> {
                    t.name = "Support chat";
                    t.userId = "ada";
                    t.sessionId = "s-1";
                    t.release = "r-1";
                    t.version = "v-1";
                    t.environment = "production";
                    t.tags = List.of("beta", "vip");
                    t.isPublic = true;
                    t.bookmarked = true;
                    t.payload = new Payload("Where is my refund?", "On its way", Map.of("tier", "gold", "size", "12"));
                    t.totals = totals(b -> b.with(x -> {
                        x.observations = 3;
                        x.errors = 1;
                        x.start = NOON.plusSeconds(2);
                        x.end = NOON.plusSeconds(5);
                        x.level = Level.ERROR;
                        x.totalUsage = 100;
                        x.cost = new BigDecimal("0.25");
                        x.scores = Map.of("quality", 0.9);
                        x.categories = Map.of("tone", "kind");
                    }));
                })
                .build();
        Trace plain = trace("plain")
                .at(NOON.plusSeconds(1))
                .with(t -> {
                    t.name = "batch";
                    t.userId = "bob";
                    t.tags = List.of("vip");
                    t.payload = new Payload("100% sure_thing", null, Map.of("tier", "silver"));
                    t.totals = totals(b -> b.with(x -> {
                        x.start = NOON.plusSeconds(1);
                        x.end = NOON.plusSeconds(2);
                        x.totalUsage = 10;
                        x.cost = new BigDecimal("0.125");
                        x.scores = Map.of("quality", 0.1);
                    }));
                })
                .build();
        Trace bare = trace("bare").at(NOON).with(t -> t.name = null).build();
        Trace foreign = trace("foreign").with(t -> t.project = "project-2").build();
        write(traces(plain, rich, bare, foreign));
        write(new WriteGroup(
                List.of(),
                added(
                        observation("o1", "rich")
                                .at(NOON.plusSeconds(3))
                                .with(o -> {
                                    o.type = ObservationType.GENERATION;
                                    o.name = "answer";
                                    o.model = model("gpt-4o", 40, 60, "0.25");
                                    o.prompt = new PromptLink(null, "support", 7);
                                    o.completionStartTime = NOON.plusSeconds(3).plusMillis(100);
                                    o.payload = payload("a hidden needle", "x");
                                })
                                .build(),
                        observation("o2", "rich")
                                .at(NOON.plusSeconds(3))
                                .with(o -> {
                                    o.parentId = "o1";
                                    o.type = ObservationType.TOOL;
                                    o.level = Level.ERROR;
                                    o.statusMessage = "timeout of backend";
                                    o.endTime = null;
                                })
                                .build(),
                        observation("o3", "plain").at(NOON.plusSeconds(1)).build()),
                List.of()));
    }

    private record Case(String name, Filter filter, String... expected) {}

    @TestFactory
    final Stream<DynamicTest> find_filters() {
        writeThree();
        return Stream.of(textCases(), numberCases(), observationCases(), structureCases())
                .flatMap(List::stream)
                .map(c -> DynamicTest.dynamicTest(c.name(), () -> {
                    assertThat(traceIds(storage.traces().find(where(c.filter()))))
                            .containsExactly(c.expected());
                    assertThat(storage.traces().count(where(c.filter()))).isEqualTo(c.expected().length);
                }));
    }

    private static List<Case> textCases() {
        return List.of(
                new Case("id", text(Column.ID, TextMatch.EQUAL, "plain"), "plain"),
                new Case("name equal", text(Column.NAME, TextMatch.EQUAL, "batch"), "plain"),
                new Case("name equal minds case", text(Column.NAME, TextMatch.EQUAL, "BATCH")),
                new Case("name equal, any case", anyCase(Column.NAME, TextMatch.EQUAL, "BATCH"), "plain"),
                new Case("name contains", text(Column.NAME, TextMatch.CONTAINS, "chat"), "rich"),
                new Case("name contains, any case", anyCase(Column.NAME, TextMatch.CONTAINS, "SUPPORT"), "rich"),
                new Case("name starts", text(Column.NAME, TextMatch.STARTS_WITH, "Supp"), "rich"),
                new Case("name ends", text(Column.NAME, TextMatch.ENDS_WITH, "chat"), "rich"),
                new Case("name glob", text(Column.NAME, TextMatch.GLOB, "S*t c*"), "rich"),
                new Case("glob knows only the star", text(Column.NAME, TextMatch.GLOB, "b%h")),
                new Case("quote is data", text(Column.NAME, TextMatch.EQUAL, "x' OR '1'='1")),
                new Case("user", text(Column.USER_ID, TextMatch.EQUAL, "ada"), "rich"),
                new Case("session", text(Column.SESSION_ID, TextMatch.EQUAL, "s-1"), "rich"),
                new Case("release", text(Column.RELEASE, TextMatch.EQUAL, "r-1"), "rich"),
                new Case("version", text(Column.VERSION, TextMatch.EQUAL, "v-1"), "rich"),
                new Case("environment", text(Column.ENVIRONMENT, TextMatch.EQUAL, "default"), "plain", "bare"),
                new Case("level", text(Column.LEVEL, TextMatch.EQUAL, "ERROR"), "rich"),
                new Case("trace id and name", text(Column.TRACE_NAME, TextMatch.EQUAL, "batch"), "plain"),
                new Case("tag", text(Column.TAGS, TextMatch.EQUAL, "beta"), "rich"),
                new Case("tag contains", text(Column.TAGS, TextMatch.CONTAINS, "i"), "rich", "plain"),
                new Case("any tag", oneOf(Column.TAGS, SetMatch.ANY_OF, "beta", "vip"), "rich", "plain"),
                new Case("all tags", oneOf(Column.TAGS, SetMatch.ALL_OF, "beta", "vip"), "rich"),
                new Case("no tag", oneOf(Column.TAGS, SetMatch.NONE_OF, "beta"), "plain", "bare"),
                new Case("any user", oneOf(Column.USER_ID, SetMatch.ANY_OF, "ada", "bob"), "rich", "plain"),
                new Case("none of the users", oneOf(Column.USER_ID, SetMatch.NONE_OF, "ada"), "plain", "bare"),
                new Case("any of nothing", oneOf(Column.USER_ID, SetMatch.ANY_OF)),
                new Case("none of nothing", oneOf(Column.USER_ID, SetMatch.NONE_OF), "rich", "plain", "bare"),
                new Case("any of very many", oneOf(Column.ID, SetMatch.ANY_OF, many("plain")), "plain"),
                new Case("input", text(Column.INPUT, TextMatch.CONTAINS, "refund"), "rich"),
                new Case("input is literal", text(Column.INPUT, TextMatch.CONTAINS, "100% sure_"), "plain"),
                new Case("output", anyCase(Column.OUTPUT, TextMatch.EQUAL, "on its WAY"), "rich"),
                new Case("text in input", anyCase(Column.TEXT, TextMatch.CONTAINS, "REFUND"), "rich"),
                new Case("text in name", anyCase(Column.TEXT, TextMatch.CONTAINS, "batch"), "plain"),
                new Case("text is id", anyCase(Column.TEXT, TextMatch.CONTAINS, "bare"), "bare"),
                new Case("text in an observation", anyCase(Column.TEXT, TextMatch.CONTAINS, "needle"), "rich"),
                new Case("text glob", anyCase(Column.TEXT, TextMatch.GLOB, "*hid*need*"), "rich"),
                new Case("text nowhere", anyCase(Column.TEXT, TextMatch.CONTAINS, "haystack")),
                new Case("has input", present(Column.INPUT, true), "rich", "plain"),
                new Case("metadata", metadata("tier", "gold"), "rich"),
                new Case("metadata of another key", metadata("level", "gold")),
                new Case(
                        "score category",
                        new Filter.TextIs(Field.of(Column.SCORE_CATEGORY, "tone"), TextMatch.EQUAL, "kind", false),
                        "rich"));
    }

    private static List<Case> numberCases() {
        return List.of(
                new Case("latency", number(Column.LATENCY_SECONDS, Comparison.GREATER, "1.5"), "rich"),
                new Case("latency exactly", number(Column.LATENCY_SECONDS, Comparison.EQUAL, "3"), "rich"),
                new Case("cost", number(Column.TOTAL_COST, Comparison.LESS, "0.2"), "plain"),
                new Case("cost exactly", number(Column.TOTAL_COST, Comparison.EQUAL, "0.25"), "rich"),
                new Case("cost at most", number(Column.TOTAL_COST, Comparison.LESS_OR_EQUAL, "0.125"), "plain"),
                new Case(
                        "cost below an absurd sum",
                        number(Column.TOTAL_COST, Comparison.LESS, "1e50"),
                        "rich",
                        "plain"),
                new Case("tokens", number(Column.TOTAL_USAGE, Comparison.GREATER_OR_EQUAL, "100"), "rich"),
                new Case("input tokens", number(Column.INPUT_USAGE, Comparison.EQUAL, "50"), "rich"),
                new Case("output tokens", number(Column.OUTPUT_USAGE, Comparison.EQUAL, "5"), "plain"),
                new Case("observations", number(Column.OBSERVATION_COUNT, Comparison.EQUAL, "3"), "rich"),
                new Case("errors", number(Column.ERROR_COUNT, Comparison.GREATER, "0"), "rich"),
                new Case("not this many", number(Column.OBSERVATION_COUNT, Comparison.NOT_EQUAL, "3"), "plain", "bare"),
                new Case(
                        "score",
                        new Filter.NumberIs(
                                Field.of(Column.SCORE, "quality"), Comparison.GREATER, new BigDecimal("0.5")),
                        "rich"),
                new Case("has score", new Filter.Present(Field.of(Column.SCORE, "quality"), true), "rich", "plain"),
                new Case(
                        "metadata as number",
                        new Filter.NumberIs(Field.of(Column.METADATA, "size"), Comparison.GREATER, BigDecimal.TEN),
                        "rich"),
                new Case(
                        "time",
                        new Filter.TimeIs(Field.of(Column.TIMESTAMP), Comparison.GREATER, NOON.plusSeconds(1)),
                        "rich"),
                new Case(
                        "end time",
                        new Filter.TimeIs(Field.of(Column.END_TIME), Comparison.LESS_OR_EQUAL, NOON.plusSeconds(2)),
                        "plain"),
                new Case("public", new Filter.FlagIs(Field.of(Column.PUBLIC), true), "rich"),
                new Case("not bookmarked", new Filter.FlagIs(Field.of(Column.BOOKMARKED), false), "plain", "bare"));
    }

    private static List<Case> observationCases() {
        return List.of(
                new Case("any type", text(Column.TYPE, TextMatch.EQUAL, "TOOL"), "rich"),
                new Case("any model", text(Column.MODEL, TextMatch.GLOB, "gpt-*"), "rich"),
                new Case("no such model", not(text(Column.MODEL, TextMatch.GLOB, "gpt-*")), "plain", "bare"),
                new Case("any parent", text(Column.PARENT_ID, TextMatch.EQUAL, "o1"), "rich"),
                new Case("any status", text(Column.STATUS_MESSAGE, TextMatch.CONTAINS, "timeout"), "rich"),
                new Case("any prompt", text(Column.PROMPT_NAME, TextMatch.EQUAL, "support"), "rich"),
                new Case("any prompt version", number(Column.PROMPT_VERSION, Comparison.EQUAL, "7"), "rich"),
                new Case(
                        "time to first token",
                        number(Column.TIME_TO_FIRST_TOKEN_SECONDS, Comparison.LESS_OR_EQUAL, "0.1"),
                        "rich"));
    }

    private static List<Case> structureCases() {
        Filter ada = text(Column.USER_ID, TextMatch.EQUAL, "ada");
        Filter vip = text(Column.TAGS, TextMatch.EQUAL, "vip");
        return List.of(
                new Case("all", Filter.ALL, "rich", "plain", "bare"),
                new Case("and", Filter.and(ada, vip), "rich"),
                new Case("or", new Filter.Or(List.of(ada, metadata("tier", "silver"))), "rich", "plain"),
                new Case("or of nothing", new Filter.Or(List.of())),
                new Case("not, absent counts", not(ada), "plain", "bare"),
                new Case("not and", not(new Filter.And(List.of(ada, vip))), "plain", "bare"),
                new Case("not not", not(not(ada)), "rich"),
                new Case("not text", not(anyCase(Column.TEXT, TextMatch.CONTAINS, "refund")), "plain", "bare"),
                new Case("not metadata", not(metadata("tier", "gold")), "plain", "bare"),
                new Case("has user", present(Column.USER_ID, true), "rich", "plain"),
                new Case("has no user", present(Column.USER_ID, false), "bare"),
                new Case("has tags", present(Column.TAGS, true), "rich", "plain"),
                new Case("has usage", present(Column.TOTAL_USAGE, true), "rich", "plain"),
                new Case("has cost", present(Column.TOTAL_COST, true), "rich", "plain"),
                new Case("has model", present(Column.MODEL, true), "rich"));
    }

    @Test
    final void find_newestFirst_tiesById() {
        write(traces(
                trace("b").build(),
                trace("a").build(),
                trace("new").at(NOON.plusSeconds(1)).build(),
                trace("c").build()));

        assertThat(traceIds(storage.traces().find(all()))).containsExactly("new", "c", "b", "a");
    }

    @Test
    final void find_pagesByPosition_seeEveryRowOnce() {
        Trace[] rows = new Trace[25];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = trace("t" + i).at(NOON.plusSeconds(i / 4)).build();
        }
        write(traces(rows));
        List<Trace> whole = storage.traces().find(all());

        List<Trace> paged = new ArrayList<>();
        Slice slice = Slice.first(4);
        List<Trace> page = storage.traces().find(all().with(slice));
        while (!page.isEmpty()) {
            paged.addAll(page);
            Trace last = page.get(page.size() - 1);
            slice = new Slice(4, 0, new Slice.Position(last.timestamp(), last.id()));
            page = storage.traces().find(all().with(slice));
        }

        assertThat(paged).hasSize(25).isEqualTo(whole);
    }

    @Test
    final void find_pagesByOffset() {
        write(traces(
                trace("a").at(NOON).build(),
                trace("b").at(NOON.plusSeconds(1)).build(),
                trace("c").at(NOON.plusSeconds(2)).build()));

        assertThat(traceIds(storage.traces().find(all().with(new Slice(2, 1, null)))))
                .containsExactly("b", "a");
        assertThat(storage.traces().find(all().with(new Slice(2, 3, null)))).isEmpty();
    }

    @Test
    final void find_positionInAnotherOrder_isRefused() {
        EventQuery query = ordered(Column.NAME, false).with(new Slice(1, 0, new Slice.Position(NOON, "a")));

        assertThatThrownBy(() -> storage.traces().find(query)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    final void find_ordersByColumn_absentLast() {
        writeThree();

        assertThat(traceIds(storage.traces().find(ordered(Column.NAME, false))))
                .containsExactly("rich", "plain", "bare");
        assertThat(traceIds(storage.traces().find(ordered(Column.TOTAL_COST, true))))
                .containsExactly("rich", "plain", "bare");
        assertThat(traceIds(storage.traces().find(ordered(Column.LATENCY_SECONDS, false))))
                .containsExactly("plain", "rich", "bare");
        assertThat(traceIds(storage.traces().find(ordered(Column.LEVEL, true))))
                .containsExactly("rich", "plain", "bare");
        assertThat(traceIds(storage.traces().find(ordered(Column.TIMESTAMP, false))))
                .containsExactly("bare", "plain", "rich");
        assertThat(traceIds(storage.traces()
                        .find(new EventQuery(
                                PROJECT,
                                Filter.ALL,
                                TimeRange.ALL,
                                new Order(Field.of(Column.SCORE, "quality"), false),
                                Slice.first(9),
                                false))))
                .containsExactly("plain", "rich", "bare");
    }

    @Test
    final void find_range_fromIsInclusive_toIsNot() {
        write(traces(
                trace("a").at(NOON).build(),
                trace("b").at(NOON.plusSeconds(1)).build(),
                trace("c").at(NOON.plusSeconds(2)).build()));

        assertThat(traceIds(inRange(NOON, NOON.plusSeconds(2)))).containsExactly("b", "a");
        assertThat(traceIds(inRange(NOON.plusSeconds(1), null))).containsExactly("c", "b");
        assertThat(traceIds(inRange(null, NOON.plusSeconds(1)))).containsExactly("a");
        assertThat(traceIds(inRange(Instant.MIN, Instant.MAX))).containsExactly("c", "b", "a");
        assertThat(inRange(NOON.plusSeconds(9), NOON)).isEmpty();
    }

    @Test
    final void find_withoutPayload_carriesNone() {
        writeThree();

        assertThat(storage.traces().find(all())).allMatch(t -> t.payload().equals(Payload.NONE));
        assertThat(storage.traces()
                        .find(new EventQuery(
                                PROJECT, Filter.ALL, TimeRange.ALL, Order.NEWEST_FIRST, Slice.first(1), true)))
                .extracting(t -> t.payload().input())
                .containsExactly("Where is my refund?");
    }

    @Test
    final void find_unknownId_isEmpty() {
        writeThree();

        assertThat(storage.traces().find(PROJECT, "nobody")).isEmpty();
        assertThat(storage.traces().find("project-3", "rich")).isEmpty();
        assertThat(storage.traces().find(PROJECT, "foreign")).isEmpty();
    }

    @Test
    final void find_replacedText_isNoLongerFound() {
        Trace before =
                trace("t1").with(t -> t.payload = payload("first words", null)).build();
        Trace after =
                trace("t1").with(t -> t.payload = payload("second words", null)).build();
        write(traces(before));
        write(new WriteGroup(List.of(new Change<>(before, after)), List.of(), List.of()));

        assertThat(storage.traces().find(where(text(Column.TEXT, TextMatch.CONTAINS, "first"))))
                .isEmpty();
        assertThat(storage.traces().find(where(text(Column.TEXT, TextMatch.CONTAINS, "second"))))
                .hasSize(1);
    }

    @Test
    final void find_wrongKindOfField_isRefused() {
        assertThatThrownBy(() -> storage.traces().find(where(number(Column.TAGS, Comparison.EQUAL, "1"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> storage.traces().find(where(new Filter.FlagIs(Field.of(Column.NAME), true))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> storage.traces().find(ordered(Column.TAGS, true)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    final void facet_countsValues_mostFrequentFirst() {
        writeThree();
        write(traces(trace("more").with(t -> t.name = "batch").build()));

        assertThat(storage.traces().facet(all(), Column.NAME))
                .containsExactly(new Facet("batch", 2), new Facet("Support chat", 1));
        assertThat(storage.traces().facet(all(), Column.TAGS))
                .containsExactly(new Facet("vip", 2), new Facet("beta", 1));
        assertThat(storage.traces().facet(all().with(Slice.first(1)), Column.ENVIRONMENT))
                .containsExactly(new Facet("default", 3));
        assertThat(storage.traces().facet(where(text(Column.USER_ID, TextMatch.EQUAL, "ada")), Column.LEVEL))
                .containsExactly(new Facet("ERROR", 1));
        assertThat(storage.traces().facet(all(), Column.SESSION_ID)).containsExactly(new Facet("s-1", 1));
    }

    private List<Trace> inRange(Instant from, Instant to) {
        return storage.traces()
                .find(new EventQuery(
                        PROJECT, Filter.ALL, new TimeRange(from, to), Order.NEWEST_FIRST, Slice.first(9), false));
    }

    static EventQuery ordered(Column column, boolean descending) {
        return new EventQuery(
                PROJECT, Filter.ALL, TimeRange.ALL, new Order(Field.of(column), descending), Slice.first(9), false);
    }

    static Filter text(Column column, TextMatch match, String value) {
        return new Filter.TextIs(Field.of(column), match, value, false);
    }

    static Filter anyCase(Column column, TextMatch match, String value) {
        return new Filter.TextIs(Field.of(column), match, value, true);
    }

    static Filter number(Column column, Comparison comparison, String value) {
        return new Filter.NumberIs(Field.of(column), comparison, new BigDecimal(value));
    }

    static Filter oneOf(Column column, SetMatch match, String... values) {
        return new Filter.OneOf(Field.of(column), match, List.of(values));
    }

    static Filter present(Column column, boolean present) {
        return new Filter.Present(Field.of(column), present);
    }

    static Filter metadata(String key, String value) {
        return new Filter.TextIs(Field.of(Column.METADATA, key), TextMatch.EQUAL, value, false);
    }

    static Filter not(Filter filter) {
        return new Filter.Not(filter);
    }

    private static String[] many(String last) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            values.add("no-" + i);
        }
        values.add(last);
        return values.toArray(String[]::new);
    }
}
