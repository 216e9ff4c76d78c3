package dev.sonde.server.ingest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * The life of a few traces, observations and scores, as events that clients could have sent; the same for the same seed.
 * No two events of one id are of the same time but a creation and its update, an observation's later events do not say an
 * earlier start, and nested metadata is said by one event only: where these do not hold, the result depends on the order
 * of arrival.
 */
final class RandomEvents {

    static final int TRACES = 2;
    static final int OBSERVATIONS = 4;
    static final int SCORES = 2;

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final String[] TYPES = {"span", "generation", "event", "agent", "tool", "chain", "embedding"};
    private static final String[] LEVELS = {"DEBUG", "DEFAULT", "WARNING", "ERROR"};

    private final Random random;
    private final boolean tracesSayEnvironment;
    private final List<ObjectNode> events = new ArrayList<>();

    private RandomEvents(Random random) {
        this.random = random;
        this.tracesSayEnvironment = random.nextBoolean();
    }

    /** All events, each once, in no particular order. */
    static List<ObjectNode> of(Random random) {
        RandomEvents all = new RandomEvents(random);
        for (int i = 0; i < TRACES; i++) {
            all.traces("t" + i);
        }
        for (int i = 0; i < OBSERVATIONS; i++) {
            all.observations("o" + i);
        }
        for (int i = 0; i < SCORES; i++) {
            all.scores("s" + i);
        }
        return all.events;
    }

    private void traces(String id) {
        for (Instant at : times(random.nextInt(4))) {
            ObjectNode body = event("trace-create", at, id);
            if (chance()) {
                body.put("timestamp", at.minusSeconds(random.nextInt(100)).toString());
            }
            for (String field : new String[] {"name", "userId", "sessionId", "release", "version"}) {
                text(body, field, at);
            }
            if (chance()) {
                body.putArray("tags").add("tag" + random.nextInt(4)).add("tag" + random.nextInt(4));
            } else if (chance()) {
                body.putNull("tags");
            }
            if (chance()) {
                body.put("public", random.nextBoolean());
            }
            if (tracesSayEnvironment && chance()) {
                body.put("environment", "env" + at.getEpochSecond());
            }
            content(body, at);
        }
    }

    private void observations(String id) {
        List<Instant> times = times(1 + random.nextInt(4));
        String type = TYPES[random.nextInt(TYPES.length)];
        boolean updatable = type.equals("span") || type.equals("generation");
        boolean sameStart = random.nextBoolean();
        String trace = random.nextInt(5) == 0 ? null : "t" + random.nextInt(TRACES);
        int creation = random.nextInt(times.size());
        for (int i = 0; i < times.size(); i++) {
            Instant at = times.get(i);
            observation(id, type + (i == creation || !updatable ? "-create" : "-update"), at, trace)
                    .put("startTime", start(at, sameStart));
            if (updatable && i == creation && chance()) {
                observation(id, type + "-update", at, trace);
            }
        }
    }

    private static String start(Instant at, boolean same) {
        return (same ? NOON : at.minusMillis(1)).toString();
    }

    private ObjectNode observation(String id, String eventType, Instant at, String trace) {
        ObjectNode body = event(eventType, at, id);
        if (trace != null && (eventType.endsWith("-create") || random.nextBoolean())) {
            body.put("traceId", trace);
        }
        for (String field : new String[] {"name", "version", "statusMessage", "parentObservationId", "model"}) {
            text(body, field, at);
        }
        if (chance()) {
            body.put("level", LEVELS[random.nextInt(4)]);
        } else if (chance()) {
            body.putNull("level");
        }
        if (chance()) {
            body.put("endTime", NOON.plusSeconds(1000 + random.nextInt(100)).toString());
        } else if (chance()) {
            body.putNull("endTime");
        }
        if (chance()) {
            body.put(
                    "completionStartTime",
                    NOON.plusSeconds(1000 + random.nextInt(100)).toString());
        }
        if (chance()) {
            body.putObject("modelParameters").put("temperature", random.nextInt(10));
        }
        if (!tracesSayEnvironment && chance()) {
            body.put("environment", "production");
        }
        amounts(body);
        content(body, at);
        return body;
    }

    private void amounts(ObjectNode body) {
        if (chance()) {
            body.putObject("usage").put("input", random.nextInt(100)).put("output", random.nextInt(100));
        }
        if (chance()) {
            ObjectNode usage = body.putObject("usageDetails");
            usage.put("input", random.nextInt(100)).put("input_cached", "" + random.nextInt(100));
            usage.put("negative", -1).put("broken", 0.5).putObject("nested").put("a", 1);
        } else if (chance()) {
            body.putObject("usageDetails");
        }
        if (chance()) {
            body.putObject("costDetails")
                    .put("total", random.nextInt(1000) / 8.0)
                    .put("negative", -2);
        } else if (chance()) {
            body.putNull("costDetails");
        }
    }

    private void scores(String id) {
        String trace = "t" + random.nextInt(TRACES);
        for (Instant at : times(random.nextInt(4))) {
            ObjectNode body = event("score-create", at, id)
                    .put("traceId", trace)
                    .put("name", "score-" + id)
                    .put("value", random.nextInt(100) / 4.0);
            text(body, "comment", at);
            if (chance()) {
                body.put("observationId", "o" + random.nextInt(OBSERVATIONS));
            }
            if (chance()) {
                body.put("environment", "env" + at.getEpochSecond());
            }
            metadata(body, at);
        }
    }

    private void content(ObjectNode body, Instant at) {
        for (String field : new String[] {"input", "output"}) {
            switch (random.nextInt(10)) {
                case 0 -> body.putNull(field);
                case 1 -> body.put(field, "");
                case 2 -> body.put(field, 0);
                case 3 -> body.put(field, false);
                case 4 -> body.putObject(field).put("said", at.toString());
                case 5 -> body.put(field, "text of " + at + " \uD83D\uDE00");
                default -> {
                    // absent
                }
            }
        }
        metadata(body, at);
    }

    private void metadata(ObjectNode body, Instant at) {
        switch (random.nextInt(6)) {
            case 0 -> body.putNull("metadata");
            case 1 -> body.put("metadata", "text of " + at);
            case 2 -> {
                ObjectNode metadata = body.putObject("metadata");
                metadata.put("k" + random.nextInt(3), at.toString());
                metadata.put("n" + random.nextInt(3), at.getEpochSecond());
                metadata.putObject("nested").put("of" + at.getEpochSecond() + random.nextInt(100), true);
            }
            default -> {
                // absent
            }
        }
    }

    private void text(ObjectNode body, String field, Instant at) {
        if (chance()) {
            body.put(field, field + " of " + at);
        } else if (chance()) {
            body.putNull(field);
        }
    }

    private ObjectNode event(String type, Instant at, String id) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        events.add(event);
        event.put("id", new UUID(random.nextLong(), random.nextLong()).toString());
        return event.put("type", type)
                .put("timestamp", at.toString())
                .putObject("body")
                .put("id", id);
    }

    private List<Instant> times(int count) {
        List<Integer> seconds = new ArrayList<>();
        for (int i = 1; i <= 9; i++) {
            seconds.add(i);
        }
        Collections.shuffle(seconds, random);
        return seconds.subList(0, count).stream()
                .sorted()
                .map(second -> NOON.plusSeconds(second).plusNanos(1_000L * random.nextInt(1_000_000)))
                .toList();
    }

    private boolean chance() {
        return random.nextInt(3) == 0;
    }

    /** Something that is no event: refused alone. */
    static ObjectNode broken(Random random) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("id", "broken-" + random.nextInt(1_000_000)).put("type", "trace-create");
        switch (random.nextInt(4)) {
            case 0 ->
                event.put("timestamp", "2026-11-20T12:00:00")
                        .putObject("body")
                        .put("id", "t0")
                        .put("name", "broken");
            case 1 -> event.put("timestamp", NOON.toString()).put("body", "broken");
            case 2 ->
                event.put("timestamp", NOON.toString())
                        .put("type", "broken-create")
                        .putObject("body")
                        .put("id", "o0");
            default ->
                event.put("timestamp", NOON.toString())
                        .putObject("body")
                        .putArray("id")
                        .add("t0");
        }
        return event;
    }

    static ArrayNode array(List<ObjectNode> events) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        array.addAll(events);
        return array;
    }
}
