package dev.sonde.agent.instrumentation.milvus;

import dev.sonde.agent.calls.JsonText;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.stores.Answer;
import dev.sonde.agent.stores.Request;
import dev.sonde.agent.stores.StoreJson;
import dev.sonde.agent.stores.StoreSite;
import java.nio.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A search for the nearest of one vector or several, the same over several fields, or a query by a filter. */
final class SearchSite extends StoreSite {
    private final String operation;

    SearchSite(String operation) {
        super("java.lang.Object");
        this.operation = operation;
    }

    @Override
    protected Request asked(Object self, @Nullable Object[] arguments) {
        Object search = arguments[0];
        Request request = Clients.about(self, search, Request.search("milvus", operation))
                .topK(limit(search))
                .says("limit", StoreJson.of(limit(search)))
                .says("vectors", vectors(LibraryObjects.get(search, "getData")))
                .says("field", json(search, "getAnnsField"))
                .says("filter", json(search, "getFilter"))
                .says("filter_values", json(search, "getFilterTemplateValues"))
                .says("ids", json(search, "getIds"))
                .says("parameters", json(search, "getSearchParams"))
                .says("output_fields", json(search, "getOutputFields"));
        if (LibraryObjects.get(search, "getSearchRequests") instanceof List<?> searches) {
            List<String> parts = new ArrayList<>();
            searches.forEach(part -> parts.add(part(part)));
            request.says("searches", parts.toString());
        }
        return request.answer(SearchSite::found);
    }

    /** One field's part of a hybrid search. */
    private static String part(Object search) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("field", json(search, "getVectorFieldName"));
        members.put("limit", StoreJson.of(limit(search)));
        members.put("vectors", String.valueOf(vectors(LibraryObjects.get(search, "getVectors"))));
        members.values().removeIf("null"::equals);
        return JsonText.object(members);
    }

    /** Newer versions have another name for it; a number below 1 is none. */
    private static @Nullable Object limit(@Nullable Object search) {
        Object limit = LibraryObjects.get(search, "getLimit");
        Object known = limit instanceof Number number && number.longValue() > 0
                ? limit
                : LibraryObjects.get(search, "getTopK");
        return known instanceof Number number && number.longValue() > 0 ? known : null;
    }

    private static @Nullable String vectors(@Nullable Object data) {
        if (!(data instanceof List<?> vectors)) {
            return null;
        }
        List<String> parts = new ArrayList<>();
        for (Object vector : vectors) {
            Object numbers = LibraryObjects.get(vector, "getData");
            if (numbers instanceof Map<?, ?> sparse) {
                parts.add("{\"entries\":" + sparse.size() + "}");
            } else if (numbers instanceof Buffer bytes) {
                parts.add("{\"bytes\":" + bytes.remaining() + "}");
            } else {
                parts.add(StoreJson.vector(numbers));
            }
        }
        return parts.size() == 1 ? parts.get(0) : parts.toString();
    }

    private static String json(@Nullable Object search, String accessor) {
        return StoreJson.of(LibraryObjects.get(search, accessor));
    }

    private static Answer found(Object response) {
        if (LibraryObjects.get(response, "getSearchResults") instanceof List<?> lists) {
            List<Answer> answers = new ArrayList<>();
            lists.forEach(list -> answers.add(Answer.of(Answer.hits(list, SearchSite::hit))));
            return answers.size() == 1 ? answers.get(0) : Answer.ofAll(answers);
        }
        return Answer.of(Answer.hits(LibraryObjects.get(response, "getQueryResults"), SearchSite::hit));
    }

    private static Answer.Hit hit(Object hit) {
        Object entity = LibraryObjects.get(hit, "getEntity");
        return new Answer.Hit(
                LibraryObjects.get(hit, "getId"),
                LibraryObjects.get(hit, "getScore"),
                entity instanceof Map<?, ?> fields && !fields.isEmpty()
                        ? Map.of("entity", StoreJson.of(fields))
                        : Map.of());
    }
}
