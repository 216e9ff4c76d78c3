package dev.sonde.agent.instrumentation.http;

import dev.sonde.boot.ContextSlot;
import dev.sonde.boot.SiteHandler;
import dev.sonde.runtime.context.Attributes;
import dev.sonde.runtime.context.Baggage;
import dev.sonde.runtime.context.Context;
import dev.sonde.runtime.context.RemoteParent;
import dev.sonde.runtime.ends.library.LibraryResults;
import org.jspecify.annotations.Nullable;

/** Makes the caller's place in its trace current for what a reactive server does with a request. Makes no observation. */
final class InboundExchange implements SiteHandler {

    /** The place, and what was current before. */
    private record Scope(Context place, @Nullable Object before) {}

    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        Object headers = arguments == null ? null : Calls.call(arguments[0], "getHeaders");
        Object header = Calls.call(headers, "getFirst", OutboundHeaders.TRACEPARENT);
        Object members = Calls.call(headers, "getFirst", Baggage.HEADER);
        Attributes attributes = Baggage.read(members == null ? null : members.toString());
        RemoteParent place = header == null ? null : RemoteParent.parse(attributes, header.toString());
        return place == null ? null : new Scope(place, place.enter());
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        Scope entered = (Scope) scope;
        ContextSlot.swap(entered.before());
        return result == null ? null : LibraryResults.placed(result, entered.place());
    }
}
