package dev.sonde.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sonde.server.query.Slice;

/** {@code page} and {@code limit} of a numbered list, and the {@code meta} of its answer. */
record Page(int number, int limit) {

    private static final int MOST = 100;

    static Page of(Call call) {
        return of(call, 50);
    }

    static Page of(Call call, int limitByDefault) {
        return new Page(call.queryInt("page", 1, 1, 1_000_000), call.queryInt("limit", limitByDefault, 1, MOST));
    }

    Slice slice() {
        return new Slice(limit, (number - 1) * limit, null);
    }

    ObjectNode answer(ArrayNode data, long total) {
        var json = Json.object();
        json.set("data", data);
        json.set(
                "meta",
                Json.object()
                        .put("page", number)
                        .put("limit", limit)
                        .put("totalItems", total)
                        .put("totalPages", (total + limit - 1) / limit));
        return json;
    }
}
