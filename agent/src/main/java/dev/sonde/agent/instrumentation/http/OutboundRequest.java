package dev.sonde.agent.instrumentation.http;

import dev.sonde.boot.SiteHandler;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds headers to a request that is about to be sent, unless it has them: then another tracer was there first. Ends
 * nothing.
 */
final class OutboundRequest implements SiteHandler {

    /** How one library's request is reached and written to. */
    interface Client {

        /** Where it goes; null when that cannot be told. */
        @Nullable
        Object host(@Nullable Object self, @Nullable Object[] arguments);

        /** A header as it is; null when there is none. */
        @Nullable
        Object header(@Nullable Object self, @Nullable Object[] arguments, String name);

        /** Writes headers in the place of those that are there; answers the request that is sent instead, or null. */
        @Nullable
        Object write(@Nullable Object self, @Nullable Object[] arguments, Map<String, String> headers);
    }

    private final Client client;

    OutboundRequest(Client client) {
        this.client = client;
    }

    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        @Nullable Object[] values = arguments == null ? new Object[0] : arguments;
        Map<String, String> headers =
                OutboundHeaders.of(client.host(self, values), name -> client.header(self, values, name));
        return headers.isEmpty() ? null : client.write(self, values, headers);
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
