package dev.sonde.agent.instrumentation.milvus;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.stores.Answer;
import dev.sonde.agent.stores.Request;
import dev.sonde.agent.stores.StoreJson;
import dev.sonde.agent.stores.StoreSite;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows that are written or deleted. */
final class ChangeSite extends StoreSite {
    /** How many, by the operation. */
    private static final Map<String, String> COUNTS =
            Map.of("insert", "getInsertCnt", "upsert", "getUpsertCnt", "delete", "getDeleteCnt");

    private final String operation;

    ChangeSite(String operation) {
        super("java.lang.Object");
        this.operation = operation;
    }

    @Override
    protected Request asked(Object self, @Nullable Object[] arguments) {
        Object change = arguments[0];
        Object rows = LibraryObjects.get(change, "getData");
        return Clients.about(self, change, Request.change("milvus", operation))
                .says("rows", rows instanceof List<?> list ? StoreJson.of(list.size()) : null)
                .says("ids", StoreJson.of(LibraryObjects.get(change, "getIds")))
                .says("filter", StoreJson.of(LibraryObjects.get(change, "getFilter")))
                .answer(this::done);
    }

    private Answer done(Object response) {
        Object count = LibraryObjects.get(response, COUNTS.getOrDefault(operation, ""));
        Object keys = LibraryObjects.get(response, "getPrimaryKeys");
        String ids = keys instanceof List<?> list && !list.isEmpty() ? ",\"ids\":" + StoreJson.of(list) : "";
        return Answer.of("{\"rows\":" + StoreJson.of(count) + ids + "}");
    }
}
