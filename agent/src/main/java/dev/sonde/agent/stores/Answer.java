package dev.sonde.agent.stores;

import dev.sonde.agent.calls.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a store answers.
 *
 * @param json of bounded length
 * @param rows how many were found; negative where nothing was looked for
 */
public record Answer(String json, long rows) {

    /** The outcome of a change. */
    public static Answer of(String json) {
        return new Answer(json, -1);
    }

    /** What a search found, best first. */
    public static Answer of(List<Hit> hits) {
        return new Answer(StoreJson.list(hits.size(), i -> hits.get(i).json()), hits.size());
    }

    /** What several searches of one request found. */
    public static Answer ofAll(List<Answer> answers) {
        return new Answer(
                StoreJson.list(answers.size(), i -> answers.get(i).json()),
                answers.stream().mapToLong(Answer::rows).sum());
    }

    /**
     * One thing that was found.
     *
     * @param score a number that tells how near it is, a distance where the store answers distances; null for none
     * @param more what else is told of it, as JSON by name, in order
     */
    public record Hit(@Nullable Object id, @Nullable Object score, Map<String, String> more) {

        String json() {
            Map<String, String> members = new LinkedHashMap<>();
            if (id != null) {
                members.put("id", StoreJson.of(id));
            }
            if (score != null) {
                members.put("score", StoreJson.of(score));
            }
            members.putAll(more);
            return JsonText.object(members);
        }
    }

    /** From each item of a list that is one; of nothing for anything else. */
    public static List<Hit> hits(@Nullable Object list, Function<Object, Hit> reading) {
        List<Hit> hits = new ArrayList<>();
        if (list instanceof Iterable<?> items) {
            for (Object item : items) {
                hits.add(reading.apply(item));
            }
        }
        return hits;
    }
}
