package dev.sonde.agent.instrumentation.qdrant;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.stores.Request;
import dev.sonde.agent.stores.StoreJson;
import dev.sonde.agent.stores.StoreSite;
import org.jspecify.annotations.Nullable;

/** A search, whose first argument is all of it; or a batch, which is a collection and the searches in it. */
final class SearchSite extends StoreSite {
    private final String operation;

    SearchSite(String operation) {
        super(Points.FUTURE);
        this.operation = operation;
    }

    @Override
    protected Request asked(Object self, @Nullable Object[] arguments) {
        Request request =
                Request.search("qdrant", operation).at(Points.authority(self)).answer(Points::found);
        return arguments[0] instanceof String collection
                ? request.in(collection).says(StoreJson.of(arguments[1]))
                : request.in(LibraryObjects.text(arguments[0], "getCollectionName"))
                        .topK(LibraryObjects.get(arguments[0], "getLimit"))
                        .says(StoreJson.of(arguments[0]));
    }
}
