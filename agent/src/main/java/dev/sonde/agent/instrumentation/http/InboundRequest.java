package dev.sonde.agent.instrumentation.http;

import dev.sonde.boot.ContextSlot;
import dev.sonde.boot.SiteHandler;
import dev.sonde.runtime.context.Attributes;
import dev.sonde.runtime.context.Context;
import dev.sonde.runtime.context.RemoteParent;
import org.jspecify.annotations.Nullable;

/** Makes the caller's place in its trace current while a servlet serves its request. Makes no observation. */
final class InboundRequest implements SiteHandler {

    /** What was current before. */
    private record Scope(@Nullable Object before) {}

    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        if (arguments == null || Context.current() != null) {
            return null; // an included or forwarded request is in its place already
        }
        Object header = Calls.call(arguments[0], "getHeader", OutboundHeader.NAME);
        RemoteParent place = header == null ? null : RemoteParent.parse(Attributes.NONE, header.toString());
        return place == null ? null : new Scope(place.enter());
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        ContextSlot.swap(((Scope) scope).before());
        return result;
    }
}
