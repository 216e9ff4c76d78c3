package dev.sonde.server.storage;

import dev.sonde.server.model.Level;
import dev.sonde.server.model.ModelUse;
import dev.sonde.server.model.Observation;
import dev.sonde.server.model.ObservationType;
import dev.sonde.server.model.Payload;
import dev.sonde.server.model.PromptLink;
import dev.sonde.server.model.Score;
import dev.sonde.server.model.Trace;
import dev.sonde.server.model.TraceContext;
import dev.sonde.server.model.TraceTotals;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Traces, observations and scores for tests: {@code trace("t1").with(t -> t.userId = "ada").build()}. */
public final class TestEvents {

    public static final String PROJECT = "project-1";
    public static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private TestEvents() {}

    public static TraceBuilder trace(String id) {
        return new TraceBuilder(id);
    }

    public static ObservationBuilder observation(String id, String traceId) {
        return new ObservationBuilder(id, traceId);
    }

    public static ScoreBuilder score(String id, String name, double value) {
        return new ScoreBuilder(id, name, value);
    }

    /** All of them new. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <T> List<Change<T>> added(T... rows) {
        return Arrays.stream(rows).map(row -> new Change<T>(null, row)).toList();
    }

    public static WriteGroup traces(Trace... rows) {
        return new WriteGroup(added(rows), List.of(), List.of());
    }

    public static WriteGroup observations(Observation... rows) {
        return new WriteGroup(List.of(), added(rows), List.of());
    }

    public static WriteGroup scores(Score... rows) {
        return new WriteGroup(List.of(), List.of(), added(rows));
    }

    public static final class TraceBuilder {
        public String project = PROJECT;
        public Instant timestamp = NOON;
        public String name = "chat";
        public String userId;
        public String sessionId;
        public String release;
        public String version;
        public String environment = "default";
        public List<String> tags = List.of();
        public boolean isPublic;
        public boolean bookmarked;
        public Payload payload = Payload.NONE;
        public TraceTotals totals = TraceTotals.NONE;
        public Instant createdAt = NOON;
        private final String id;

        private TraceBuilder(String id) {
            this.id = id;
        }

        public TraceBuilder at(Instant time) {
            timestamp = time;
            createdAt = time;
            return this;
        }

        public TraceBuilder with(java.util.function.Consumer<TraceBuilder> change) {
            change.accept(this);
            return this;
        }

        public Trace build() {
            return new Trace(
                    project,
                    id,
                    timestamp,
                    name,
                    userId,
                    sessionId,
                    release,
                    version,
                    environment,
                    tags,
                    isPublic,
                    bookmarked,
                    payload,
                    totals,
                    createdAt,
                    createdAt.plusMillis(1));
        }
    }

    public static final class ObservationBuilder {
        public String project = PROJECT;
        public String parentId;
        public ObservationType type = ObservationType.SPAN;
        public String name = "step";
        public Instant startTime = NOON;
        public Instant endTime = NOON.plusMillis(250);
        public Instant completionStartTime;
        public Level level = Level.DEFAULT;
        public String statusMessage;
        public String version;
        public String environment = "default";
        public ModelUse model = ModelUse.NONE;
        public PromptLink prompt;
        public TraceContext context = TraceContext.NONE;
        public Payload payload = Payload.NONE;
        private final String id;
        private final String traceId;

        private ObservationBuilder(String id, String traceId) {
            this.id = id;
            this.traceId = traceId;
        }

        /** Starts here and takes as long as before. */
        public ObservationBuilder at(Instant time) {
            endTime = endTime == null ? null : time.plus(Duration.between(startTime, endTime));
            startTime = time;
            return this;
        }

        public ObservationBuilder with(java.util.function.Consumer<ObservationBuilder> change) {
            change.accept(this);
            return this;
        }

        public Observation build() {
            return new Observation(
                    project,
                    id,
                    traceId,
                    parentId,
                    type,
                    name,
                    startTime,
                    endTime,
                    completionStartTime,
                    level,
                    statusMessage,
                    version,
                    environment,
                    model,
                    prompt,
                    context,
                    payload,
                    startTime,
                    startTime.plusMillis(1));
        }
    }

    public static final class ScoreBuilder {
        public String project = PROJECT;
        public Score.Target target = new Score.Target("t1", null, null, null);
        public Score.DataType dataType = Score.DataType.NUMERIC;
        public String stringValue;
        public Score.Details details = Score.Details.NONE;
        public Instant timestamp = NOON;
        private final String id;
        private final String name;
        private final double value;

        private ScoreBuilder(String id, String name, double value) {
            this.id = id;
            this.name = name;
            this.value = value;
        }

        public ScoreBuilder with(java.util.function.Consumer<ScoreBuilder> change) {
            change.accept(this);
            return this;
        }

        public Score build() {
            return new Score(
                    project,
                    id,
                    name,
                    target,
                    dataType,
                    value,
                    stringValue,
                    Score.Source.API,
                    details,
                    timestamp,
                    "default",
                    timestamp,
                    timestamp.plusMillis(1));
        }
    }

    public static Payload payload(String input, String output) {
        return new Payload(input, output, Map.of());
    }

    public static ModelUse model(String name, long input, long output, String cost) {
        BigDecimal half = new BigDecimal(cost).divide(BigDecimal.valueOf(2)).stripTrailingZeros();
        return new ModelUse(
                name,
                null,
                null,
                null,
                Map.of("input", input, "output", output, "total", input + output),
                Map.of("input", half, "output", half, "total", new BigDecimal(cost)),
                false);
    }

    public static TraceTotals totals(UnaryOperator<TotalsBuilder> change) {
        return change.apply(new TotalsBuilder()).build();
    }

    public static final class TotalsBuilder {
        public int observations = 1;
        public int errors;
        public Instant start = NOON;
        public Instant end = NOON.plusSeconds(1);
        public Level level = Level.DEFAULT;
        public long totalUsage;
        public BigDecimal cost;
        public Map<String, Double> scores = Map.of();
        public Map<String, String> categories = Map.of();

        public TotalsBuilder with(java.util.function.Consumer<TotalsBuilder> change) {
            change.accept(this);
            return this;
        }

        TraceTotals build() {
            return new TraceTotals(
                    observations,
                    errors,
                    0,
                    start,
                    end,
                    level,
                    totalUsage / 2,
                    totalUsage - totalUsage / 2,
                    totalUsage,
                    cost,
                    scores,
                    categories);
        }
    }

    /** Every field set. */
    public static Trace fullTrace() {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("zebra", "1");
        metadata.put("apple", "{\"a\":1}");
        metadata.put("umlaut", "ü".repeat(5_000));
        return trace("t1")
                .with(t -> {
                    t.userId = "ada";
                    t.sessionId = "session";
                    t.release = "r1";
                    t.version = "v1";
                    t.environment = "staging";
                    t.tags = List.of("a", "b");
                    t.isPublic = true;
                    t.bookmarked = true;
                    t.payload = new Payload("{\"q\":\"hi\"}", "there", metadata);
                    t.totals = new TraceTotals(
                            3,
                            1,
                            1,
                            NOON,
                            NOON.plusNanos(123_456_000),
                            Level.ERROR,
                            10,
                            20,
                            30,
                            new BigDecimal("0.000000150001"),
                            Map.of("quality", 0.25),
                            Map.of("tone", "kind"));
                })
                .build();
    }

    /** Every field set. */
    public static Observation fullObservation() {
        return observation("o1", "t1")
                .with(o -> {
                    o.parentId = "o0";
                    o.type = ObservationType.GENERATION;
                    o.completionStartTime = NOON.plusMillis(100);
                    o.level = Level.WARNING;
                    o.statusMessage = "slow";
                    o.version = "v1";
                    o.environment = "staging";
                    o.model = new ModelUse(
                            "gpt-4o",
                            "model-1",
                            "standard",
                            "{\"temperature\":0.5}",
                            Map.of("input", 10L, "input_cached", 2L, "output", 20L, "total", 32L),
                            Map.of("input", new BigDecimal("0.00000015"), "total", new BigDecimal("12.5")),
                            true);
                    o.prompt = new PromptLink("prompt-1", "greeting", 3);
                    o.context = new TraceContext("chat", "ada", "session", "r1", List.of("a"), true);
                    o.payload = new Payload("[1]", "text", Map.of("k", "v"));
                })
                .build();
    }

    /** Every field set. */
    public static Score fullScore() {
        return score("s1", "tone", 2)
                .with(s -> {
                    s.target = new Score.Target("t1", "o1", null, null);
                    s.dataType = Score.DataType.CATEGORICAL;
                    s.stringValue = "kind";
                    s.details = new Score.Details("because", "ada", "c1", "q1", "t9", Map.of("k", "v"));
                })
                .build();
    }
}
