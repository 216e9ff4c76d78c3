package dev.sonde.agent.instrumentation.chroma;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.stores.Request;
import dev.sonde.agent.stores.StoreJson;
import dev.sonde.agent.stores.StoreSite;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Documents that are written or deleted. The ids are the last argument. */
final class ChangeSite extends StoreSite {
    private final String operation;

    ChangeSite(String operation) {
        super("java.lang.Object");
        this.operation = operation;
    }

    @Override
    protected Request asked(Object self, @Nullable Object[] arguments) {
        Object ids = arguments[arguments.length - 1];
        return Request.change("chroma", operation)
                .in(LibraryObjects.text(self, "getName"))
                .at(QuerySite.authority(self))
                .says("documents", ids instanceof List<?> list ? StoreJson.of(list.size()) : null)
                .says("ids", StoreJson.of(ids));
    }
}
