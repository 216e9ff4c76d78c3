package dev.sonde.agent.instrumentation.http;

import dev.sonde.boot.SiteHandler;
import org.jspecify.annotations.Nullable;

/**
 * Adds the header to a request that is about to be sent, unless it has one: then another tracer was there first. Ends
 * nothing.
 */
final class OutboundRequest implements SiteHandler {

    /** How one library's request is reached and written to. */
    interface Client {

        /** Where it goes; null when that cannot be told. */
        @Nullable
        Object host(@Nullable Object self, @Nullable Object[] arguments);

        /** Whether the header is there already. */
        boolean has(@Nullable Object self, @Nullable Object[] arguments);

        /** Writes the header; answers the request that is sent instead, or null where it could be changed. */
        @Nullable
        Object add(@Nullable Object self, @Nullable Object[] arguments, String value);
    }

    private final Client client;

    OutboundRequest(Client client) {
        this.client = client;
    }

    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        @Nullable Object[] values = arguments == null ? new Object[0] : arguments;
        String value = OutboundHeader.valueFor(client.host(self, values));
        return value == null || client.has(self, values) ? null : client.add(self, values, value);
    }

    @Override
    public @Nullable Object argument(Object scope, @Nullable Object value) {
        return scope;
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        return result;
    }
}
