package dev.sonde.agent.instrumentation.http;

import dev.sonde.agent.instrumentation.http.OutboundRequest.Client;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** How the requests of each client library are written to. */
final class Clients {

    private Clients() {}

    /** The request is the only argument and is never changed: another one is sent. */
    static final class OkHttp implements Client {
        @Override
        public @Nullable Object host(@Nullable Object self, @Nullable Object[] arguments) {
            return Calls.call(Calls.call(arguments[0], "url"), "host");
        }

        @Override
        public boolean has(@Nullable Object self, @Nullable Object[] arguments) {
            return Calls.call(arguments[0], "header", OutboundHeader.NAME) != null;
        }

        @Override
        public @Nullable Object add(@Nullable Object self, @Nullable Object[] arguments, String value) {
            Object builder = Calls.call(arguments[0], "newBuilder");
            return Calls.call(Calls.call(builder, "header", OutboundHeader.NAME, value), "build");
        }
    }

    /** The host is the first argument, the request the second. */
    static final class Apache implements Client {
        @Override
        public @Nullable Object host(@Nullable Object self, @Nullable Object[] arguments) {
            Object host = Calls.call(arguments[0], "getHostName");
            return host == null ? Calls.call(Calls.call(arguments[1], "getAuthority"), "getHostName") : host;
        }

        @Override
        public boolean has(@Nullable Object self, @Nullable Object[] arguments) {
            return Boolean.TRUE.equals(Calls.call(arguments[1], "containsHeader", OutboundHeader.NAME));
        }

        @Override
        public @Nullable Object add(@Nullable Object self, @Nullable Object[] arguments, String value) {
            Calls.call(arguments[1], "addHeader", OutboundHeader.NAME, value);
            return null;
        }
    }

    /** The receiver is the request. */
    static final class Spring implements Client {
        @Override
        public @Nullable Object host(@Nullable Object self, @Nullable Object[] arguments) {
            return Calls.call(self, "getURI") instanceof URI uri ? uri.getHost() : null;
        }

        @Override
        public boolean has(@Nullable Object self, @Nullable Object[] arguments) {
            return Calls.call(Calls.call(self, "getHeaders"), "getFirst", OutboundHeader.NAME) != null;
        }

        @Override
        public @Nullable Object add(@Nullable Object self, @Nullable Object[] arguments, String value) {
            Calls.call(Calls.call(self, "getHeaders"), "set", OutboundHeader.NAME, value);
            return null;
        }
    }

    /** The receiver holds the request, whose headers of the client's own are still open. */
    static final class Jdk implements Client {
        @Override
        public @Nullable Object host(@Nullable Object self, @Nullable Object[] arguments) {
            return Calls.call(request(self), "uri") instanceof URI uri ? uri.getHost() : null;
        }

        @Override
        public boolean has(@Nullable Object self, @Nullable Object[] arguments) {
            return Calls.call(request(self), "headers") instanceof java.net.http.HttpHeaders headers
                    && headers.firstValue(OutboundHeader.NAME).isPresent();
        }

        @Override
        public @Nullable Object add(@Nullable Object self, @Nullable Object[] arguments, String value) {
            Calls.call(Calls.call(request(self), "getSystemHeadersBuilder"), "setHeader", OutboundHeader.NAME, value);
            return null;
        }

        private static @Nullable Object request(@Nullable Object exchange) {
            return exchange == null ? null : Calls.field(exchange, "request");
        }
    }
}
