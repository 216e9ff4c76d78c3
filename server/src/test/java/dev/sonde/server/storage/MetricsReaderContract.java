package dev.sonde.server.storage;

import static dev.sonde.server.storage.TestEvents.NOON;
import static dev.sonde.server.storage.TestEvents.PROJECT;
import static dev.sonde.server.storage.TestEvents.added;
import static dev.sonde.server.storage.TestEvents.model;
import static dev.sonde.server.storage.TestEvents.observation;
import static dev.sonde.server.storage.TestEvents.observations;
import static dev.sonde.server.storage.TestEvents.score;
import static dev.sonde.server.storage.TestEvents.totals;
import static dev.sonde.server.storage.TestEvents.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sonde.server.model.Level;
import dev.sonde.server.model.Observation;
import dev.sonde.server.model.ObservationType;
import dev.sonde.server.model.PromptLink;
import dev.sonde.server.model.Score;
import dev.sonde.server.model.TraceContext;
import dev.sonde.server.query.LangfuseMetrics;
import dev.sonde.server.query.MetricsQuery.Aggregation;
import dev.sonde.server.query.MetricsView;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@link MetricsReader} promises. */
public abstract class MetricsReaderContract extends StorageContract {

    private static final String RANGE =
            "'fromTimestamp':'2020-01-01T00:00:00Z','toTimestamp':'2040-01-01T00:00:00+01:00'";

    private static TestEvents.TraceBuilder told(String id, String name, String user, long usage, String cost) {
        return trace(id).with(t -> {
            t.name = name;
            t.userId = user;
            t.sessionId = "s-" + user;
            t.release = "r1";
            t.version = "v1";
            t.tags = List.of("a", user);
            t.totals = totals(sums -> sums.with(s -> {
                s.end = NOON.plusMillis(usage * 100);
                s.totalUsage = usage;
                s.cost = cost == null ? null : new BigDecimal(cost);
            }));
        });
    }

    private void writeAll() {
        Observation chat = observation("chat", "t1")
                .with(o -> {
                    o.parentId = "step";
                    o.type = ObservationType.GENERATION;
                    o.name = "chat";
                    o.model = model("gpt", 100, 50, "0.3");
                    o.endTime = NOON.plusSeconds(2);
                    o.completionStartTime = NOON.plusMillis(500);
                    o.prompt = new PromptLink("p", "greeting", 3);
                })
                .build();
        Observation step = observation("step", "t1").build();
        Observation open = observation("open", "t2")
                .with(o -> {
                    o.endTime = null;
                    o.level = Level.ERROR;
                    o.context = new TraceContext("own", "eve", null, "r9", List.of(), true);
                    o.parentId = "elsewhere";
                })
                .build();
        write(new WriteGroup(
                added(
                        told("t1", "answer", "ada", 150, "0.3").build(),
                        told("t2", "answer", "bob", 0, null).build(),
                        told("t3", "other", "ada", 30, "2")
                                .at(NOON.plus(Duration.ofDays(1)))
                                .build(),
                        told("t4", "foreign", "ada", 30, "2")
                                .with(t -> t.project = "project-2")
                                .build()),
                added(chat, step, open),
                added(
                        score("n1", "quality", 0.5)
                                .with(s -> s.target = new Score.Target("t1", "chat", null, null))
                                .build(),
                        score("n2", "quality", 1)
                                .with(s -> s.target = new Score.Target("t2", null, null, null))
                                .build(),
                        score("b1", "ok", 1)
                                .with(s -> s.dataType = Score.DataType.BOOLEAN)
                                .build(),
                        score("c1", "tone", 0)
                                .with(s -> {
                                    s.dataType = Score.DataType.CATEGORICAL;
                                    s.stringValue = "kind";
                                    s.target = new Score.Target(null, null, "alone", null);
                                })
                                .build())));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            traces       | name             | count count, sum totalTokens, sum totalCost | [answer, 2, 150, 0.3] [other, 1, 30, 2]
            traces       |                  | uniq uniqueUserIds, count uniqueUserIds     | [2, 3]
            traces       |                  | avg latency, max latency, sum scoresCount   | [6000.0, 15000.0, 3]
            traces       | tags             | count count                                 | [[a, ada], 2] [[a, bob], 1]
            traces       | timestampMonth   | sum observationsCount                       | [2026-11, 3]
            observations | type             | count count, sum totalTokens                | [SPAN, 2, 0] [GENERATION, 1, 150]
            observations | providedModelName | sum inputTokens, sum outputTokens          | [gpt, 100, 50] [null, 0, 0]
            observations | providedModelName | sum totalCost, avg inputCost, max outputCost | [gpt, 0.3, 0.15, 0.15] [null, null, null, null]
            observations | userId           | count count                                 | [ada, 2] [eve, 1]
            observations | traceName, traceRelease, traceVersion | count count            | [answer, r1, v1, 2] [answer, r9, v1, 1]
            observations | promptName, promptVersion | count count                        | [null, null, 2] [greeting, 3, 1]
            observations | level            | count latency, p50 latency                  | [DEFAULT, 2, 1125.0] [ERROR, 0, null]
            observations |                  | max timeToFirstToken, max streamingLatency  | [500.0, 1500.0]
            observations |                  | max tokensPerSecond, min outputTokensPerSecond | [75.0, 0.0]
            observations | name             | sum countScores                             | [chat, 1] [step, 0]
            scores-numeric | name           | count count, avg value                      | [quality, 2, 0.75] [ok, 1, 1.0]
            scores-numeric | observationName, observationModelName | count count           | [null, null, 2] [chat, gpt, 1]
            scores-numeric | userId, value  | count count                                 | [ada, 0.5, 1] [ada, 1.0, 1] [bob, 1.0, 1]
            scores-boolean | booleanValue   | avg value                                   | [true, 1.0]
            scores-categorical | stringValue, sessionId | count count                     | [kind, alone, 1]
            """)
    final void read_bringsTheRowsOfEachGroupTogether(String view, String dimensions, String metrics, String expected) {
        writeAll();

        assertThat(rows(view, dimensions, metrics, "", false)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            isRootObservation | count count             | [true, 2] [false, 1]
            release           | uniq traceId            | [r1, 1] [r9, 1]
            costType          | sum costByType          | [input, 0.15] [output, 0.15]
            ``                | sum usageByType         | [input, 100] [output, 50]
            name              | sum usageByType         | [chat, input, 100] [chat, output, 50]
            ``                | uniq uniqueSessionIds   | [2]
            """)
    final void read_laterColumnsAndMeasures(String dimensions, String metrics, String expected) {
        writeAll();

        assertThat(rows("observations", dimensions, metrics, "", true)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            traces         | string       | name              | =          | 'other'             | 1
            traces         | arrayOptions | tags              | any of     | ['bob','none']      | 1
            traces         | arrayOptions | tags              | none of    | ['bob']             | 2
            traces         | datetime     | timestamp         | >=         | '2026-11-21T00:00:00Z' | 1
            observations   | stringOptions | level            | any of     | ['ERROR','DEBUG']   | 1
            observations   | string       | traceName         | contains   | 'answ'              | 3
            observations   | string       | userId            | =          | 'ada'               | 2
            observations   | number       | promptVersion     | <          | 4                   | 1
            observations   | null         | providedModelName | is null    | ''                  | 2
            observations   | boolean      | isRootObservation | =          | false               | 1
            scores-numeric | number       | value             | >          | 0.5                 | 2
            scores-numeric | string       | observationPromptName | =      | 'greeting'          | 1
            scores-boolean | boolean      | booleanValue      | <>         | true                | 0
            scores-categorical | string   | stringValue       | starts with | 'k'                | 1
            """)
    final void read_countsWhatIsSelected(
            String view, String type, String column, String operator, String value, long expected) {
        writeAll();
        String filter = "'filters':[{'type':'" + type + "','column':'" + column + "','operator':'" + operator
                + "','value':" + value + "}],";

        boolean later = !view.equals("traces");
        assertThat(rows(view, "", "count count", filter, later)).isEqualTo("[" + expected + "]");
    }

    @Test
    final void read_byTime_oldestFirst_inSpansOfUtc() {
        Instant monday = Instant.parse("2026-01-05T00:00:00Z");
        List<Observation> rows = new ArrayList<>();
        for (Duration after : List.of(
                Duration.ZERO,
                Duration.ofSeconds(59),
                Duration.ofSeconds(60),
                Duration.ofHours(25),
                Duration.ofDays(6),
                Duration.ofDays(7),
                Duration.ofDays(31))) {
            rows.add(observation("o" + after, "t").at(monday.plus(after)).build());
        }
        write(observations(rows.toArray(Observation[]::new)));

        assertThat(starts("minute"))
                .containsExactly(
                        "2026-01-05T00:00:00Z=2",
                        "2026-01-05T00:01:00Z=1",
                        "2026-01-06T01:00:00Z=1",
                        "2026-01-11T00:00:00Z=1",
                        "2026-01-12T00:00:00Z=1",
                        "2026-02-05T00:00:00Z=1");
        assertThat(starts("hour")).hasSize(5).startsWith("2026-01-05T00:00:00Z=3");
        assertThat(starts("day")).hasSize(5).startsWith("2026-01-05T00:00:00Z=3", "2026-01-06T00:00:00Z=1");
        assertThat(starts("week"))
                .containsExactly("2026-01-05T00:00:00Z=5", "2026-01-12T00:00:00Z=1", "2026-02-02T00:00:00Z=1");
        assertThat(starts("month")).containsExactly("2026-01-01T00:00:00Z=6", "2026-02-01T00:00:00Z=1");
    }

    @Test
    final void read_theRangeEndsBeforeItsEnd() {
        write(observations(
                observation("first", "t").at(NOON).build(),
                observation("second", "t").at(NOON.plusSeconds(1)).build()));
        String range = "{'view':'observations','metrics':[{'measure':'count','aggregation':'count'}],'fromTimestamp':'"
                + NOON + "','toTimestamp':'" + NOON.plusSeconds(1) + "'}";

        assertThat(storage.metrics().read(LangfuseMetrics.parse(PROJECT, range.replace('\'', '"'), true)))
                .extracting(MetricsReader.Group::metrics)
                .containsExactly(List.of(1L));
    }

    @Test
    final void read_histogram_countsPartsOfEqualWidth() {
        List<Observation> rows = new ArrayList<>();
        for (int i = 0; i <= 10; i++) {
            int millis = i * 100;
            rows.add(observation("o" + i, "t")
                    .with(o -> o.endTime = NOON.plusMillis(millis))
                    .build());
        }
        rows.add(observation("other", "t").with(o -> o.name = "other").build());
        write(observations(rows.toArray(Observation[]::new)));

        assertThat(rows("observations", "name", "histogram latency, count count", "'config':{'bins':5},", true))
                .isEqualTo("[step, [Bin[from=0.0, to=200.0, count=2], Bin[from=200.0, to=400.0, count=2],"
                        + " Bin[from=400.0, to=600.0, count=2], Bin[from=600.0, to=800.0, count=2],"
                        + " Bin[from=800.0, to=1000.0, count=3]], 11]"
                        + " [other, [Bin[from=250.0, to=250.0, count=1]], 1]");
    }

    @Test
    final void read_histogramOfNothing_isEmpty() {
        assertThat(rows("observations", "", "histogram latency, sum totalTokens, avg latency", "", true))
                .isEqualTo("[[], 0, null]");
    }

    @Test
    final void read_everyColumnAndMeasure_inEveryView() {
        writeAll();

        for (MetricsView view : MetricsView.values()) {
            boolean later = view != MetricsView.TRACES;
            for (String dimension : view.dimensions(later).keySet()) {
                assertThat(rows(view.word(), dimension, "count count", TOP, later))
                        .as(view + " by " + dimension)
                        .isNotEmpty();
            }
            view.measures(later).forEach((name, measure) -> {
                for (Aggregation aggregation : Aggregation.values()) {
                    String word = aggregation.name().toLowerCase(Locale.ROOT);
                    boolean countable = aggregation == Aggregation.COUNT || aggregation == Aggregation.UNIQ;
                    if (countable || !measure.isText()) {
                        assertThat(rows(view.word(), "", word + " " + name, "", later))
                                .as(view + ": " + word + " " + name)
                                .isNotEmpty();
                    }
                }
            });
        }
    }

    private static final String TOP =
            "'config':{'row_limit':100},'orderBy':[{'field':'count_count','direction':'desc'}],";

    @Test
    final void read_agreesWithCountingByHand() {
        Random random = new Random(7);
        List<Observation> rows = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            String name = "n" + random.nextInt(5);
            long units = random.nextInt(1_000);
            int millis = random.nextInt(5_000);
            rows.add(observation("o" + i, "t" + random.nextInt(30))
                    .at(NOON.plusSeconds(random.nextInt(300_000)))
                    .with(o -> {
                        o.name = name;
                        o.model = model("m", units, 2 * units, "0.000" + (units + 1));
                        o.endTime = millis % 9 == 0 ? null : o.startTime.plusMillis(millis);
                    })
                    .build());
        }
        write(observations(rows.toArray(Observation[]::new)));
        Map<String, List<Observation>> byName =
                rows.stream().collect(Collectors.groupingBy(Observation::name, TreeMap::new, Collectors.toList()));

        List<MetricsReader.Group> groups = storage.metrics()
                .read(query(
                        "observations",
                        "name",
                        "count count, sum totalTokens, sum totalCost, uniq traceId, p95 latency, avg latency",
                        "'orderBy':[{'field':'name','direction':'asc'}],",
                        true));

        assertThat(groups).hasSize(byName.size());
        for (MetricsReader.Group group : groups) {
            List<Observation> own = byName.get(group.dimensions().get(0));
            List<Object> figures = group.metrics();
            assertThat(figures.get(0)).isEqualTo((long) own.size());
            assertThat(((Number) figures.get(1)).longValue())
                    .isEqualTo(
                            own.stream().mapToLong(o -> o.model().totalUsage()).sum());
            assertThat((BigDecimal) figures.get(2))
                    .isEqualByComparingTo(
                            own.stream().map(o -> o.model().totalCost()).reduce(BigDecimal.ZERO, BigDecimal::add));
            assertThat(figures.get(3))
                    .isEqualTo(own.stream().map(Observation::traceId).distinct().count());
            List<Double> latencies = own.stream()
                    .filter(o -> o.endTime() != null)
                    .map(o -> Duration.between(o.startTime(), o.endTime()).toNanos() / 1e6)
                    .sorted(Comparator.naturalOrder())
                    .toList();
            double place = 0.95 * (latencies.size() - 1);
            double below = latencies.get((int) place);
            double above = latencies.get((int) Math.ceil(place));
            assertThat((Double) figures.get(4)).isEqualTo(below + (above - below) * (place % 1), within(1e-6));
            assertThat((Double) figures.get(5))
                    .isEqualTo(latencies.stream().mapToDouble(x -> x).average().orElseThrow(), within(1e-6));
        }
    }

    private List<String> starts(String granularity) {
        return storage
                .metrics()
                .read(query(
                        "observations",
                        "",
                        "count count",
                        "'timeDimension':{'granularity':'" + granularity + "'},",
                        true))
                .stream()
                .map(group -> group.start() + "=" + group.metrics().get(0))
                .toList();
    }

    private String rows(String view, String dimensions, String metrics, String more, boolean later) {
        return storage.metrics().read(query(view, dimensions, metrics, more, later)).stream()
                .map(group -> {
                    List<Object> row = new ArrayList<>(group.dimensions());
                    row.addAll(group.metrics());
                    return row.toString();
                })
                .collect(Collectors.joining(" "));
    }

    private static dev.sonde.server.query.MetricsQuery query(
            String view, String dimensions, String metrics, String more, boolean later) {
        String fields = list(dimensions).stream()
                .map(name -> "{'field':'" + name + "'}")
                .collect(Collectors.joining(","));
        String measures = list(metrics).stream()
                .map(metric -> metric.split(" "))
                .map(words -> "{'aggregation':'" + words[0] + "','measure':'" + words[1] + "'}")
                .collect(Collectors.joining(","));
        // grouping by what every row has by itself must name an order and a limit
        boolean many = later && dimensions != null && dimensions.matches(".*(userId|sessionId).*") && more.isEmpty();
        String first = list(metrics).get(0).replace(' ', '_');
        String rest =
                many ? "'config':{'row_limit':100},'orderBy':[{'field':'" + first + "','direction':'desc'}]," : more;
        String json = "{'view':'" + view + "','dimensions':[" + fields + "],'metrics':[" + measures + "]," + rest
                + RANGE + "}";
        return LangfuseMetrics.parse(PROJECT, json.replace('\'', '"'), later);
    }

    private static List<String> list(String names) {
        return names == null || names.isBlank() ? List.of() : List.of(names.split(", "));
    }
}
