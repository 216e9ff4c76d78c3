package dev.sonde.agent.instrumentation.pinecone;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.stores.Answer;
import dev.sonde.agent.stores.Request;
import dev.sonde.agent.stores.StoreJson;
import dev.sonde.agent.stores.StoreSite;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A search that Pinecone embeds itself: namespace, query, fields to tell, and how to rank again. */
final class RecordSearchSite extends StoreSite {
    RecordSearchSite() {
        super("java.lang.Object");
    }

    @Override
    protected Request asked(Object self, @Nullable Object[] arguments) {
        return Request.search("pinecone", "search records")
                .in(Indexes.name(self))
                .at(Indexes.authority(self))
                .topK(LibraryObjects.get(arguments[1], "getTopK"))
                .says("namespace", StoreJson.of(arguments[0]))
                .says("query", json(arguments[1]))
                .says("fields", StoreJson.of(arguments[2]))
                .says("rerank", json(arguments[3]))
                .answer(RecordSearchSite::found);
    }

    private static @Nullable String json(@Nullable Object model) {
        String json = LibraryObjects.text(model, "toJson");
        return json == null ? null : StoreJson.condensed(json);
    }

    private static Answer found(Object response) {
        Object hits = LibraryObjects.get(LibraryObjects.get(response, "getResult"), "getHits");
        return Answer.of(Answer.hits(
                hits,
                hit -> new Answer.Hit(
                        LibraryObjects.get(hit, "getId"),
                        LibraryObjects.get(hit, "getScore"),
                        Map.of("fields", StoreJson.of(LibraryObjects.get(hit, "getFields"))))));
    }
}
