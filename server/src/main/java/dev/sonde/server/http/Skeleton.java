package dev.sonde.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sonde.server.model.Observation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All observations of a trace without their text, column by column: an order of magnitude smaller and faster to read
 * than one object a row. Times are microseconds after {@code base}; words are indexes into a dictionary.
 */
final class Skeleton {

    private static final int ROOT = -1;
    private static final int NOT_RECEIVED = -2;
    private static final long UNKNOWN = -1;

    private Skeleton() {}

    /** @param rows ordered by start, then id */
    static ObjectNode of(List<Observation> rows) {
        ObjectNode json = Json.object().put("n", rows.size());
        long base = rows.isEmpty() ? 0 : micros(rows.get(0).startTime());
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            places.put(rows.get(i).id(), i);
        }
        json.put("base", base);
        column(json, "id", rows, (array, o) -> array.add(o.id()));
        column(json, "parent", rows, (array, o) -> array.add(parent(o, places)));
        column(json, "start", rows, (array, o) -> array.add(micros(o.startTime()) - base));
        column(json, "duration", rows, (array, o) -> array.add(after(o, o.endTime())));
        column(json, "ttft", rows, (array, o) -> array.add(after(o, o.completionStartTime())));
        words(json, "type", rows, o -> o.type().name());
        words(json, "name", rows, Observation::name);
        words(json, "level", rows, o -> o.level().name());
        words(json, "model", rows, o -> o.model().providedModel());
        words(json, "thread", rows, o -> o.payload().metadata().get("thread.name"));
        column(json, "inputUsage", rows, (array, o) -> array.add(o.model().usageOf("input")));
        column(json, "outputUsage", rows, (array, o) -> array.add(o.model().usageOf("output")));
        column(json, "totalUsage", rows, (array, o) -> array.add(o.model().totalUsage()));
        column(json, "cost", rows, (array, o) -> array.add(o.model().totalCost()));
        return json;
    }

    private static int parent(Observation o, Map<String, Integer> places) {
        Integer place = o.parentId() == null ? Integer.valueOf(ROOT) : places.get(o.parentId());
        return place == null ? NOT_RECEIVED : place;
    }

    private static long after(Observation o, @Nullable Instant time) {
        return time == null ? UNKNOWN : Math.max(0, micros(time) - micros(o.startTime()));
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private static void column(ObjectNode json, String name, List<Observation> rows, Cell cell) {
        ArrayNode array = json.putArray(name);
        rows.forEach(o -> cell.add(array, o));
    }

    private static void words(
            ObjectNode json, String name, List<Observation> rows, Function<Observation, @Nullable String> word) {
        Map<String, Integer> dictionary = new LinkedHashMap<>();
        ArrayNode values = Json.array();
        for (Observation o : rows) {
            String text = word.apply(o);
            values.add(dictionary.computeIfAbsent(text == null ? "" : text, k -> dictionary.size()));
        }
        ObjectNode column = json.putObject(name);
        ArrayNode dict = column.putArray("dict");
        dictionary.keySet().forEach(dict::add);
        column.set("v", values);
    }

    private interface Cell {
        void add(ArrayNode array, Observation observation);
    }
}
