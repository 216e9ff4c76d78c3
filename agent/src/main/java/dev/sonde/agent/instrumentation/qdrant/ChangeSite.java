package dev.sonde.agent.instrumentation.qdrant;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.stores.Request;
import dev.sonde.agent.stores.StoreJson;
import dev.sonde.agent.stores.StoreSite;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Points that are written or deleted. What is written is told by its ids. */
final class ChangeSite extends StoreSite {
    private final String operation;

    ChangeSite(String operation) {
        super(Points.FUTURE);
        this.operation = operation;
    }

    @Override
    protected Request asked(Object self, @Nullable Object[] arguments) {
        Request request = Request.change("qdrant", operation)
                .at(Points.authority(self))
                .in(LibraryObjects.text(arguments[0], "getCollectionName"));
        if (LibraryObjects.get(arguments[0], "getPointsList") instanceof List<?> points) {
            List<@Nullable Object> ids = new ArrayList<>();
            points.forEach(point -> ids.add(LibraryObjects.get(point, "getId")));
            return request.says("points", StoreJson.of(points.size())).says("ids", StoreJson.of(ids));
        }
        return request.says("points", StoreJson.of(LibraryObjects.get(arguments[0], "getPoints")));
    }
}
