package dev.sonde.agent.instrumentation.weaviate;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.stores.Answer;
import dev.sonde.agent.stores.Request;
import dev.sonde.agent.stores.StoreJson;
import dev.sonde.agent.stores.StoreSite;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Any query of a collection: its operator, and how the answer is grouped. */
final class QuerySite extends StoreSite {
    QuerySite(String resultType) {
        super(resultType);
    }

    @Override
    protected @Nullable Request asked(Object self, @Nullable Object[] arguments) {
        Object operator = arguments[0];
        if (operator == null) {
            return null;
        }
        Object channel = LibraryObjects.field(LibraryObjects.field(self, "grpcTransport"), "channel");
        Request request = Request.search("weaviate", words(operator.getClass().getSimpleName()))
                .in(LibraryObjects.text(LibraryObjects.field(self, "collection"), "collectionName"))
                .at(LibraryObjects.text(channel, "authority"))
                .topK(LibraryObjects.get(LibraryObjects.get(operator, "common"), "limit"))
                .says("query", StoreJson.of(operator));
        if (arguments.length > 1) {
            request.says("group_by", StoreJson.of(arguments[1]));
        }
        return request.answer(QuerySite::found);
    }

    /** Such as {@code near vector} for {@code NearVector}. */
    private static String words(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    private static Answer found(Object response) {
        return Answer.of(Answer.hits(LibraryObjects.get(response, "objects"), object -> {
            Object metadata = LibraryObjects.get(object, "queryMetadata");
            if (metadata == null) {
                metadata = LibraryObjects.get(object, "metadata"); // of one that is grouped
            }
            Object score = LibraryObjects.get(metadata, "score");
            if (score == null || score.equals(0f)) {
                score = LibraryObjects.get(metadata, "distance");
            }
            Map<String, String> more = new LinkedHashMap<>();
            Object group = LibraryObjects.get(object, "belongsToGroup");
            if (group != null) {
                more.put("group", StoreJson.of(group));
            }
            Object properties = LibraryObjects.get(object, "properties");
            if (properties != null) {
                more.put("properties", StoreJson.of(properties));
            }
            return new Answer.Hit(LibraryObjects.get(object, "uuid"), score, more);
        }));
    }
}
