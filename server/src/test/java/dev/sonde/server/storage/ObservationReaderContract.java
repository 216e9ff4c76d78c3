package dev.sonde.server.storage;

import static dev.sonde.server.storage.TestEvents.NOON;
import static dev.sonde.server.storage.TestEvents.PROJECT;
import static dev.sonde.server.storage.TestEvents.added;
import static dev.sonde.server.storage.TestEvents.model;
import static dev.sonde.server.storage.TestEvents.observation;
import static dev.sonde.server.storage.TestEvents.observations;
import static dev.sonde.server.storage.TestEvents.payload;
import static dev.sonde.server.storage.TestEvents.score;
import static dev.sonde.server.storage.TestEvents.totals;
import static dev.sonde.server.storage.TestEvents.trace;
import static dev.sonde.server.storage.TraceReaderContract.anyCase;
import static dev.sonde.server.storage.TraceReaderContract.metadata;
import static dev.sonde.server.storage.TraceReaderContract.not;
import static dev.sonde.server.storage.TraceReaderContract.number;
import static dev.sonde.server.storage.TraceReaderContract.oneOf;
import static dev.sonde.server.storage.TraceReaderContract.ordered;
import static dev.sonde.server.storage.TraceReaderContract.present;
import static dev.sonde.server.storage.TraceReaderContract.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.server.model.Level;
import dev.sonde.server.model.Observation;
import dev.sonde.server.model.ObservationType;
import dev.sonde.server.model.Payload;
import dev.sonde.server.model.PromptLink;
import dev.sonde.server.model.Score;
import dev.sonde.server.query.Column;
import dev.sonde.server.query.EventQuery;
import dev.sonde.server.query.Field;
import dev.sonde.server.query.Filter;
import dev.sonde.server.query.Filter.Comparison;
import dev.sonde.server.query.Filter.SetMatch;
import dev.sonde.server.query.Filter.TextMatch;
import dev.sonde.server.query.Order;
import dev.sonde.server.query.Slice;
import dev.sonde.server.query.TimeRange;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What {@link ObservationReader} promises. Rows that run and rows that ended are one list. */
public abstract class ObservationReaderContract extends StorageContract {

    private static final Observation LLM = observation("llm", "t1")
            .at(NOON.plusSeconds(2))
            .with(o -> {
                o.parentId = "root";
                o.type = ObservationType.GENERATION;
                o.name = "answer";
                o.model = model("gpt-4o", 40, 60, "0.25");
                o.prompt = new PromptLink(null, "support", 7);
                o.completionStartTime = NOON.plusSeconds(2).plusMillis(100);
                o.environment = "production";
                o.version = "v-1";
                o.payload = new Payload("a hidden needle", "found", Map.of("tier", "gold"));
            })
            .build();
    private static final Observation RUNNING = observation("running", "t1")
            .at(NOON.plusSeconds(1))
            .with(o -> {
                o.parentId = "root";
                o.type = ObservationType.TOOL;
                o.level = Level.ERROR;
                o.statusMessage = "timeout of backend";
                o.endTime = null;
            })
            .build();
    private static final Observation ROOT = observation("root", "t1").build();
    private static final Observation OTHER =
            observation("other", "t2").at(NOON.minusSeconds(1)).build();

    private void writeFour() {
        write(new WriteGroup(
                added(
                        trace("t1")
                                .with(t -> {
                                    t.name = "Support chat";
                                    t.userId = "ada";
                                    t.sessionId = "s-1";
                                    t.release = "r-1";
                                    t.tags = List.of("beta", "vip");
                                    t.bookmarked = true;
                                    t.totals = totals(b -> b.with(x -> {
                                        x.observations = 3;
                                        x.end = NOON.plusSeconds(5);
                                    }));
                                })
                                .build(),
                        trace("t2").at(NOON.minusSeconds(1)).build()),
                added(LLM, RUNNING, ROOT, OTHER),
                added(
                        score("s1", "quality", 0.9)
                                .with(s -> s.target = new Score.Target("t1", "llm", null, null))
                                .build(),
                        score("s2", "tone", 1)
                                .with(s -> {
                                    s.target = new Score.Target("t1", "root", null, null);
                                    s.dataType = Score.DataType.CATEGORICAL;
                                    s.stringValue = "kind";
                                })
                                .build())));
    }

    private record Case(String name, Filter filter, String... expected) {}

    @TestFactory
    final Stream<DynamicTest> find_filters() {
        writeFour();
        return Stream.of(ownCases(), relatedCases())
                .flatMap(List::stream)
                .map(c -> DynamicTest.dynamicTest(c.name(), () -> {
                    assertThat(observationIds(storage.observations().find(where(c.filter()))))
                            .containsExactly(c.expected());
                    assertThat(storage.observations().count(where(c.filter()))).isEqualTo(c.expected().length);
                }));
    }

    private static List<Case> ownCases() {
        return List.of(
                new Case("all", Filter.ALL, "llm", "running", "root", "other"),
                new Case("id", oneOf(Column.ID, SetMatch.ANY_OF, "root", "llm"), "llm", "root"),
                new Case("name", text(Column.NAME, TextMatch.EQUAL, "answer"), "llm"),
                new Case("type", text(Column.TYPE, TextMatch.EQUAL, "TOOL"), "running"),
                new Case("trace", text(Column.TRACE_ID, TextMatch.EQUAL, "t2"), "other"),
                new Case("parent", text(Column.PARENT_ID, TextMatch.EQUAL, "root"), "llm", "running"),
                new Case("root", present(Column.PARENT_ID, false), "root", "other"),
                new Case("running", present(Column.END_TIME, false), "running"),
                new Case("level", oneOf(Column.LEVEL, SetMatch.ANY_OF, "ERROR", "WARNING"), "running"),
                new Case("status", text(Column.STATUS_MESSAGE, TextMatch.STARTS_WITH, "timeout"), "running"),
                new Case("environment", text(Column.ENVIRONMENT, TextMatch.EQUAL, "production"), "llm"),
                new Case("version", text(Column.VERSION, TextMatch.EQUAL, "v-1"), "llm"),
                new Case("model", text(Column.MODEL, TextMatch.EQUAL, "gpt-4o"), "llm"),
                new Case("prompt", text(Column.PROMPT_NAME, TextMatch.EQUAL, "support"), "llm"),
                new Case("prompt version", number(Column.PROMPT_VERSION, Comparison.GREATER, "6"), "llm"),
                new Case("input usage", number(Column.INPUT_USAGE, Comparison.EQUAL, "40"), "llm"),
                new Case("usage", number(Column.TOTAL_USAGE, Comparison.EQUAL, "100"), "llm"),
                new Case("cost", number(Column.TOTAL_COST, Comparison.GREATER_OR_EQUAL, "0.25"), "llm"),
                new Case("latency", number(Column.LATENCY_SECONDS, Comparison.LESS, "1"), "llm", "root", "other"),
                new Case("first token", number(Column.TIME_TO_FIRST_TOKEN_SECONDS, Comparison.EQUAL, "0.1"), "llm"),
                new Case("metadata", metadata("tier", "gold"), "llm"),
                new Case("input", text(Column.INPUT, TextMatch.CONTAINS, "needle"), "llm"),
                new Case("text", anyCase(Column.TEXT, TextMatch.CONTAINS, "FOUND"), "llm"),
                new Case(
                        "not text", not(anyCase(Column.TEXT, TextMatch.CONTAINS, "found")), "running", "root", "other"),
                new Case("time", new Filter.TimeIs(Field.of(Column.TIMESTAMP), Comparison.LESS, NOON), "other"));
    }

    private static List<Case> relatedCases() {
        return List.of(
                new Case("user of the trace", text(Column.USER_ID, TextMatch.EQUAL, "ada"), "llm", "running", "root"),
                new Case("another user", not(text(Column.USER_ID, TextMatch.EQUAL, "ada")), "other"),
                new Case("session", text(Column.SESSION_ID, TextMatch.EQUAL, "s-1"), "llm", "running", "root"),
                new Case("release", text(Column.RELEASE, TextMatch.EQUAL, "r-2")),
                new Case("tag", oneOf(Column.TAGS, SetMatch.ALL_OF, "vip"), "llm", "running", "root"),
                new Case("trace name", anyCase(Column.TRACE_NAME, TextMatch.CONTAINS, "CHAT T")),
                new Case(
                        "trace name, any case",
                        anyCase(Column.TRACE_NAME, TextMatch.STARTS_WITH, "SUPPORT"),
                        "llm",
                        "running",
                        "root"),
                new Case("bookmarked", new Filter.FlagIs(Field.of(Column.BOOKMARKED), false), "other"),
                new Case(
                        "score",
                        new Filter.NumberIs(Field.of(Column.SCORE, "quality"), Comparison.GREATER, BigDecimal.ZERO),
                        "llm"),
                new Case(
                        "no score",
                        new Filter.Present(Field.of(Column.SCORE, "quality"), false),
                        "running",
                        "root",
                        "other"),
                new Case(
                        "category",
                        new Filter.TextIs(Field.of(Column.SCORE_CATEGORY, "tone"), TextMatch.EQUAL, "kind", false),
                        "root"));
    }

    @Test
    final void find_pagesAcrossRunningAndEnded() {
        writeFour();

        assertThat(observationIds(storage.observations().find(all().with(new Slice(2, 0, null)))))
                .containsExactly("llm", "running");
        assertThat(observationIds(storage.observations().find(all().with(new Slice(2, 1, null)))))
                .containsExactly("running", "root");
        assertThat(observationIds(storage.observations()
                        .find(all().with(new Slice(2, 0, new Slice.Position(NOON.plusSeconds(1), "running"))))))
                .containsExactly("root", "other");
    }

    @Test
    final void find_ordersByColumn() {
        writeFour();

        assertThat(observationIds(storage.observations().find(ordered(Column.TOTAL_COST, true))))
                .containsExactly("llm", "running", "root", "other");
        assertThat(observationIds(storage.observations().find(ordered(Column.LEVEL, true)))
                        .get(0))
                .isEqualTo("running");
    }

    @Test
    final void find_withPayload_readsIt() {
        writeFour();
        EventQuery query = new EventQuery(
                PROJECT,
                text(Column.ID, TextMatch.EQUAL, "llm"),
                TimeRange.ALL,
                Order.NEWEST_FIRST,
                Slice.first(1),
                true);

        assertThat(storage.observations().find(query)).containsExactly(LLM);
    }

    @Test
    final void find_byId_ofRunningAndEnded() {
        writeFour();

        assertThat(storage.observations().find(PROJECT, "running")).contains(RUNNING);
        assertThat(storage.observations().find(PROJECT, "llm")).contains(LLM);
        assertThat(storage.observations().find(PROJECT, "t1")).isEmpty();
        assertThat(storage.observations().find("project-2", "llm")).isEmpty();
    }

    @Test
    final void ofTrace_byStartThenId() {
        writeFour();

        assertThat(storage.observations().ofTrace(PROJECT, "t1", true)).containsExactly(ROOT, RUNNING, LLM);
        assertThat(storage.observations().ofTrace(PROJECT, "t1", false))
                .allMatch(o -> o.payload().equals(Payload.NONE))
                .hasSize(3);
        assertThat(storage.observations().ofTrace(PROJECT, "t9", true)).isEmpty();
    }

    @Test
    final void ofTrace_withoutTraceRow_stillFindsThem() {
        write(observations(ROOT, LLM));

        assertThat(storage.observations().ofTrace(PROJECT, "t1", false))
                .extracting(Observation::id)
                .containsExactly("root", "llm");
    }

    @Test
    final void ofTrace_tenThousand_allOfThem() {
        Instant end = NOON.plus(Duration.ofSeconds(10_000));
        Observation[] rows = IntStream.range(0, 10_000)
                .mapToObj(i -> observation(String.format("o%05d", i), "t1")
                        .at(NOON.plusSeconds(i))
                        .with(o -> o.payload = payload("input " + o.startTime, null))
                        .build())
                .toArray(Observation[]::new);
        write(new WriteGroup(
                added(trace("t1")
                        .with(t -> t.totals = totals(b -> b.with(x -> {
                            x.observations = 10_000;
                            x.end = end;
                        })))
                        .build()),
                added(rows),
                List.of()));

        assertThat(storage.observations().ofTrace(PROJECT, "t1", true)).containsExactly(rows);
    }
}
