package dev.sonde.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sonde.server.model.Observation;
import dev.sonde.server.model.Score;
import dev.sonde.server.model.Trace;
import dev.sonde.server.storage.EventWriter;
import dev.sonde.server.storage.Storage;
import dev.sonde.server.storage.duckdb.DuckDbStorage;
import dev.sonde.server.storage.duckdb.StorageConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * However events are shuffled, repeated, and split into batches, with broken ones among them, what is stored is what
 * {@link ReferenceMerge} says. 100,000 batches go through decoding and the committer into memory; 2,500 into DuckDB, to be
 * read back as the API reads. {@code -Dsonde.seed=} begins at another scenario than 0.
 */
@Timeout(300)
class RandomBatchesTest {

    private static final long SEED = Long.getLong("sonde.seed", 0);
    private static final int IN_MEMORY = 100_000;
    private static final int IN_DUCKDB = 2_500;
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path directory;

    @Test
    void batches_intoMemory_endAsTheReferenceSays() {
        MemoryEventWriter store = new MemoryEventWriter();
        try (Committer committer = committer(store)) {
            Ingest ingest = new Ingest(committer, ScoreConfigs.NONE, Clock.systemUTC());
            int batches = 0;
            for (long seed = SEED; batches < IN_MEMORY; seed++) {
                Scenario scenario = new Scenario(seed);
                CompletableFuture.allOf(scenario.send(ingest).toArray(CompletableFuture[]::new))
                        .join();
                batches += scenario.batches.size();
                Map<String, Map<String, Object>> stored = new TreeMap<>();
                store.traces().forEach((key, t) -> stored.put("trace " + key.id(), fields(t)));
                store.observations().forEach((key, o) -> stored.put("observation " + key.id(), fields(o)));
                store.scores().forEach((key, s) -> stored.put("score " + key.id(), fields(s)));
                scenario.check(stored);
                store.clear();
            }
        }
    }

    @Test
    void batches_intoDuckDb_areReadBackAsTheReferenceSays() {
        try (Storage storage = DuckDbStorage.open(StorageConfig.of(directory));
                Committer committer = committer(storage.writer())) {
            Ingest ingest = new Ingest(committer, ScoreConfigs.NONE, Clock.systemUTC());
            int batches = 0;
            for (long seed = SEED; batches < IN_DUCKDB; ) {
                List<Scenario> scenarios = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    scenarios.add(new Scenario(seed++));
                    batches += scenarios.get(i).batches.size();
                }
                sendInTurns(scenarios, ingest);
                scenarios.forEach(scenario -> scenario.check(readBack(storage, scenario)));
            }
        }
    }

    /** The first batches of all, when these are on disk the second ones, and so on: other events fill the groups. */
    private static void sendInTurns(List<Scenario> scenarios, Ingest ingest) {
        int turns = scenarios.stream().mapToInt(s -> s.batches.size()).max().orElseThrow();
        for (int i = 0; i < turns; i++) {
            int turn = i;
            CompletableFuture.allOf(scenarios.stream()
                            .filter(s -> turn < s.batches.size())
                            .map(s -> s.send(ingest, s.batches.get(turn)))
                            .toArray(CompletableFuture[]::new))
                    .join();
        }
    }

    /** Prices are another matter: nothing is priced here. */
    private static Committer committer(EventWriter writer) {
        return new Committer(writer, o -> o, Clock.systemUTC());
    }

    /** Every id that was ever spoken of, looked up. */
    private static Map<String, Map<String, Object>> readBack(Storage storage, Scenario scenario) {
        Map<String, Map<String, Object>> stored = new TreeMap<>();
        Set<String> ids = new HashSet<>(Set.of("t0", "t1"));
        scenario.events.forEach(event -> ids.add(event.get("body").get("id").asText()));
        for (String id : ids) {
            storage.traces().find(scenario.project, id).ifPresent(t -> stored.put("trace " + id, fields(t)));
            storage.observations()
                    .find(scenario.project, id)
                    .ifPresent(o -> stored.put("observation " + id, fields(o)));
            storage.scores().find(scenario.project, id).ifPresent(s -> stored.put("score " + id, fields(s)));
        }
        return stored;
    }

    /** One seed's events, and the batches they are sent in. */
    private static final class Scenario {

        private final long seed;
        private final String project;
        private final List<ObjectNode> events;
        private final List<List<ObjectNode>> batches = new ArrayList<>();

        Scenario(long seed) {
            this.seed = seed;
            this.project = "project-" + seed;
            Random random = new Random(seed);
            this.events = RandomEvents.of(random);
            List<ObjectNode> all = new ArrayList<>(events);
            for (int i = random.nextInt(6); i > 0; i--) {
                all.add(
                        random.nextInt(3) == 0
                                ? RandomEvents.broken(random)
                                : events.get(random.nextInt(events.size())));
            }
            Collections.shuffle(all, random);
            for (int from = 0; from < all.size(); ) {
                int to = Math.min(all.size(), from + 1 + random.nextInt(3));
                batches.add(all.subList(from, to));
                from = to;
            }
        }

        List<CompletableFuture<Void>> send(Ingest ingest) {
            return batches.stream().map(batch -> send(ingest, batch)).toList();
        }

        private CompletableFuture<Void> send(Ingest ingest, List<ObjectNode> batch) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.set("batch", RandomEvents.array(batch));
            return ingest.batch(project, false, body.toString().getBytes(StandardCharsets.UTF_8))
                    .thenAccept(answer -> {
                        assertThat(ids(answer.get("errors")))
                                .as(this::name)
                                .containsExactlyElementsOf(ids(batch, true));
                        assertThat(ids(answer.get("successes")))
                                .as(this::name)
                                .containsExactlyElementsOf(ids(batch, false));
                    });
        }

        void check(Map<String, Map<String, Object>> stored) {
            Map<String, Map<String, Object>> expected = ReferenceMerge.of(events);
            assertThat(stored.keySet()).as(this::name).isEqualTo(expected.keySet());
            expected.forEach((what, fields) ->
                    assertThat(stored.get(what)).as(() -> name() + ": " + what).isEqualTo(fields));
        }

        private String name() {
            return "scenario -Dsonde.seed=" + seed + " " + batches;
        }

        private static List<String> ids(List<ObjectNode> batch, boolean broken) {
            return batch.stream()
                    .map(event -> event.get("id").asText())
                    .filter(id -> id.startsWith("broken") == broken)
                    .toList();
        }

        private static List<String> ids(JsonNode answers) {
            List<String> ids = new ArrayList<>();
            answers.forEach(answer -> ids.add(answer.get("id").asText()));
            return ids;
        }
    }

    private static Map<String, Object> fields(Trace t) {
        Map<String, Object> fields = new TreeMap<>();
        fields.put("timestamp", t.timestamp());
        fields.put("name", t.name());
        fields.put("userId", t.userId());
        fields.put("sessionId", t.sessionId());
        fields.put("release", t.release());
        fields.put("version", t.version());
        fields.put("environment", t.environment());
        fields.put("tags", t.tags());
        fields.put("public", t.isPublic());
        fields.put("input", t.payload().input());
        fields.put("output", t.payload().output());
        fields.put("metadata", ReferenceMerge.parsed(t.payload().metadata()));
        fields.put("observations", t.totals().observations());
        fields.put("errors", t.totals().errors());
        fields.put("warnings", t.totals().warnings());
        fields.put("inputUsage", t.totals().inputUsage());
        fields.put("outputUsage", t.totals().outputUsage());
        fields.put("scores", new TreeMap<>(t.totals().scores()));
        var cost = t.totals().cost();
        fields.put("cost", cost == null || cost.signum() == 0 ? null : ReferenceMerge.plain(cost));
        fields.values().removeIf(java.util.Objects::isNull);
        return fields;
    }

    private static Map<String, Object> fields(Observation o) {
        Map<String, Object> fields = new TreeMap<>();
        fields.put("traceId", o.traceId());
        fields.put("parentObservationId", o.parentId());
        fields.put("type", o.type().name().toLowerCase(Locale.ROOT));
        fields.put("name", o.name());
        fields.put("startTime", o.startTime());
        fields.put("endTime", o.endTime());
        fields.put("completionStartTime", o.completionStartTime());
        fields.put("level", o.level().name());
        fields.put("statusMessage", o.statusMessage());
        fields.put("version", o.version());
        fields.put("environment", o.environment());
        fields.put("model", o.model().providedModel());
        fields.put("modelParameters", json(o.model().parametersJson()));
        fields.put(
                "usage",
                o.model().usage().isEmpty() ? null : new TreeMap<>(o.model().usage()));
        Map<String, Object> cost = new TreeMap<>();
        o.model().cost().forEach((type, amount) -> cost.put(type, ReferenceMerge.plain(amount)));
        fields.put("cost", cost.isEmpty() ? null : cost);
        fields.put("input", o.payload().input());
        fields.put("output", o.payload().output());
        fields.put("metadata", ReferenceMerge.parsed(o.payload().metadata()));
        fields.values().removeIf(java.util.Objects::isNull);
        return fields;
    }

    private static Map<String, Object> fields(Score s) {
        Map<String, Object> fields = new TreeMap<>();
        fields.put("traceId", s.target().traceId());
        fields.put("observationId", s.target().observationId());
        fields.put("name", s.name());
        fields.put("value", s.value());
        fields.put("timestamp", s.timestamp());
        fields.put("environment", s.environment());
        fields.put("comment", s.details().comment());
        fields.put("metadata", ReferenceMerge.parsed(s.details().metadata()));
        fields.values().removeIf(java.util.Objects::isNull);
        return fields;
    }

    private static JsonNode json(String text) {
        try {
            return text == null ? null : JSON.readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}
