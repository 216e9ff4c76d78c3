package dev.sonde.agent.instrumentation.qdrant;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.stores.Answer;
import dev.sonde.agent.stores.StoreJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what Qdrant found. */
final class Points {
    static final String FUTURE = "com.google.common.util.concurrent.ListenableFuture";

    private Points() {}

    /** Points, results of a batch that hold points, or groups that do. */
    static Answer found(Object result) {
        List<?> items = result instanceof List<?> list ? list : List.of();
        Object first = items.isEmpty() ? null : items.get(0);
        if (LibraryObjects.get(first, "getResultList") != null) {
            List<Answer> batch = new ArrayList<>();
            items.forEach(answer -> batch.add(
                    Answer.of(Answer.hits(LibraryObjects.get(answer, "getResultList"), point -> hit(point, null)))));
            return Answer.ofAll(batch);
        }
        if (LibraryObjects.get(first, "getHitsList") != null) {
            List<Answer.Hit> grouped = new ArrayList<>();
            for (Object group : items) {
                Object id = LibraryObjects.get(group, "getId");
                grouped.addAll(Answer.hits(LibraryObjects.get(group, "getHitsList"), point -> hit(point, id)));
            }
            return Answer.of(grouped);
        }
        return Answer.of(Answer.hits(items, point -> hit(point, null)));
    }

    /** Such as {@code localhost:6334}; null when the client does not tell. */
    static @Nullable String authority(Object client) {
        Object channel = LibraryObjects.field(LibraryObjects.field(client, "grpcClient"), "channel");
        return LibraryObjects.text(channel, "authority");
    }

    private static Answer.Hit hit(Object point, @Nullable Object group) {
        Map<String, String> more = new LinkedHashMap<>();
        if (group != null) {
            more.put("group", StoreJson.of(group));
        }
        Object payload = LibraryObjects.get(point, "getPayloadMap");
        if (payload instanceof Map<?, ?> members && !members.isEmpty()) {
            more.put("payload", StoreJson.of(members));
        }
        return new Answer.Hit(LibraryObjects.get(point, "getId"), LibraryObjects.get(point, "getScore"), more);
    }
}
