package dev.sonde.agent.instrumentation.pinecone;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.stores.Answer;
import dev.sonde.agent.stores.Request;
import dev.sonde.agent.stores.StoreJson;
import dev.sonde.agent.stores.StoreSite;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The query with all parameters: limit, vector, a sparse one's indices and values, id, namespace, filter, what to tell. */
final class QuerySite extends StoreSite {
    QuerySite(String resultType) {
        super(resultType);
    }

    @Override
    protected Request asked(Object self, @Nullable Object[] arguments) {
        Request request = Request.search("pinecone", "query")
                .in(Indexes.name(self))
                .at(Indexes.authority(self))
                .topK(arguments[0])
                .says("top_k", StoreJson.of(arguments[0]));
        if (arguments[1] instanceof List<?> vector && !vector.isEmpty()) {
            request.says("vector", StoreJson.vector(vector));
        }
        if (arguments[3] instanceof List<?> values && !values.isEmpty()) {
            request.says("sparse_vector", "{\"entries\":" + values.size() + "}");
        }
        return request.says("id", StoreJson.of(arguments[4]))
                .says("namespace", StoreJson.of(arguments[5]))
                .says("filter", StoreJson.of(arguments[6]))
                .answer(QuerySite::found);
    }

    private static Answer found(Object response) {
        return Answer.of(Answer.hits(LibraryObjects.get(response, "getMatchesList"), match -> {
            Map<String, String> more = new LinkedHashMap<>();
            String metadata = StoreJson.of(LibraryObjects.get(match, "getMetadata"));
            if (!metadata.equals("{}") && !metadata.equals("null")) {
                more.put("metadata", metadata);
            }
            return new Answer.Hit(LibraryObjects.get(match, "getId"), LibraryObjects.get(match, "getScore"), more);
        }));
    }
}
