package dev.sonde.agent.instrumentation.chroma;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.stores.Answer;
import dev.sonde.agent.stores.Request;
import dev.sonde.agent.stores.StoreJson;
import dev.sonde.agent.stores.StoreSite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A query: texts, how many results for each, filters of metadata and documents, what to tell. */
final class QuerySite extends StoreSite {
    QuerySite() {
        super("java.lang.Object");
    }

    @Override
    protected Request asked(Object self, @Nullable Object[] arguments) {
        return Request.search("chroma", "query")
                .in(LibraryObjects.text(self, "getName"))
                .at(authority(self))
                .topK(arguments[1])
                .says("query_texts", StoreJson.of(arguments[0]))
                .says("n_results", StoreJson.of(arguments[1]))
                .says("where", StoreJson.of(arguments[2]))
                .says("where_document", StoreJson.of(arguments[3]))
                .answer(QuerySite::found);
    }

    /** Host and port of the server; null when the collection does not tell. */
    static @Nullable String authority(Object collection) {
        Object client = LibraryObjects.get(LibraryObjects.field(collection, "api"), "getApiClient");
        String url = LibraryObjects.text(client, "getBasePath");
        int scheme = url == null ? -1 : url.indexOf("://");
        if (url == null || scheme < 0) {
            return null;
        }
        int end = url.indexOf('/', scheme + 3);
        return url.substring(scheme + 3, end < 0 ? url.length() : end);
    }

    private static Answer found(Object response) {
        List<?> ids = list(LibraryObjects.get(response, "getIds"));
        List<Answer> answers = new ArrayList<>();
        for (int query = 0; query < ids.size(); query++) {
            answers.add(found(response, query, list(ids.get(query))));
        }
        return answers.size() == 1 ? answers.get(0) : Answer.ofAll(answers);
    }

    /** What one of the texts found; the response has a list for each kind of thing it tells. */
    private static Answer found(Object response, int query, List<?> ids) {
        List<?> distances = of(LibraryObjects.get(response, "getDistances"), query);
        List<?> documents = of(LibraryObjects.get(response, "getDocuments"), query);
        List<?> metadata = of(LibraryObjects.get(response, "getMetadatas"), query);
        List<Answer.Hit> hits = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            Map<String, String> more = new LinkedHashMap<>();
            if (i < documents.size()) {
                more.put("document", StoreJson.of(documents.get(i)));
            }
            if (i < metadata.size()) {
                more.put("metadata", StoreJson.of(metadata.get(i)));
            }
            hits.add(new Answer.Hit(ids.get(i), i < distances.size() ? distances.get(i) : null, more));
        }
        return Answer.of(hits);
    }

    private static List<?> of(@Nullable Object lists, int query) {
        List<?> all = list(lists);
        return query < all.size() ? list(all.get(query)) : List.of();
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> items ? items : List.of();
    }
}
