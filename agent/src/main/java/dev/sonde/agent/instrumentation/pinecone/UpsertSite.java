package dev.sonde.agent.instrumentation.pinecone;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.stores.Request;
import dev.sonde.agent.stores.StoreJson;
import dev.sonde.agent.stores.StoreSite;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Vectors that are written: one, which begins with its id, or a list. The namespace is last. */
final class UpsertSite extends StoreSite {
    UpsertSite(String resultType) {
        super(resultType);
    }

    @Override
    protected Request asked(Object self, @Nullable Object[] arguments) {
        List<@Nullable Object> ids = new ArrayList<>();
        if (arguments[0] instanceof List<?> vectors) {
            vectors.forEach(vector -> ids.add(LibraryObjects.get(vector, "getId")));
        } else {
            ids.add(arguments[0]);
        }
        return Request.change("pinecone", "upsert")
                .in(Indexes.name(self))
                .at(Indexes.authority(self))
                .says("vectors", StoreJson.of(ids.size()))
                .says("ids", StoreJson.of(ids))
                .says("namespace", StoreJson.of(arguments[arguments.length - 1]));
    }
}
