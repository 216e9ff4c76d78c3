package dev.sonde.runtime.internal;

import dev.sonde.boot.ContextSlot;
import dev.sonde.runtime.context.AttributeScope;
import dev.sonde.runtime.context.Attributes;
import dev.sonde.runtime.context.Context;
import dev.sonde.runtime.context.RemoteParent;
import dev.sonde.runtime.context.Suppression;
import dev.sonde.runtime.export.Log;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Opens and closes contexts on the calling thread. Opening answers what to give to {@code restore}. */
final class Scopes {

    /** No attribute: says that the others are handed on to other processes. */
    private static final String BAGGAGE = "as-baggage";

    @Nullable
    Object apply(String operation, @Nullable Object[] arguments) {
        return switch (operation) {
            case "propagate" -> propagate(arguments[0]);
            case "continue" -> continued(String.valueOf(arguments[0]), arguments[1]);
            case "suppress" -> new Suppression().enter();
            default -> ContextSlot.swap(arguments[0]);
        };
    }

    private static @Nullable Object continued(String traceId, @Nullable Object parentId) {
        Context around = Context.current();
        Attributes inherited = around == null ? Attributes.NONE : around.inherited();
        RemoteParent place = RemoteParent.of(inherited, traceId, parentId == null ? null : parentId.toString());
        if (place == null) {
            Log.warn("continue", "not a trace to continue: " + traceId + ", " + parentId);
            return AttributeScope.of(Attributes.NONE).enter();
        }
        return place.enter();
    }

    private static @Nullable Object propagate(@Nullable Object added) {
        Attributes attributes = Attributes.NONE;
        if (added instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                attributes = BAGGAGE.equals(entry.getKey())
                        ? attributes.asBaggage()
                        : attributes.with(String.valueOf(entry.getKey()), entry.getValue());
            }
        }
        return AttributeScope.of(attributes).enter();
    }
}
