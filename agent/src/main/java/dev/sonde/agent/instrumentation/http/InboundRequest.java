package dev.sonde.agent.instrumentation.http;

import dev.sonde.boot.ContextSlot;
import dev.sonde.boot.SiteHandler;
import dev.sonde.runtime.context.AttributeScope;
import dev.sonde.runtime.context.Attributes;
import dev.sonde.runtime.context.Baggage;
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
        Object members = Calls.call(arguments[0], "getHeader", Baggage.HEADER);
        Attributes attributes = Baggage.read(members == null ? null : members.toString());
        Object header = Calls.call(arguments[0], "getHeader", OutboundHeaders.TRACEPARENT);
        RemoteParent place = header == null ? null : RemoteParent.parse(attributes, header.toString());
        if (place != null) {
            return new Scope(place.enter());
        }
        return attributes.values().isEmpty()
                ? null
                : new Scope(AttributeScope.of(attributes).enter());
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        ContextSlot.swap(((Scope) scope).before());
        return result;
    }
}
