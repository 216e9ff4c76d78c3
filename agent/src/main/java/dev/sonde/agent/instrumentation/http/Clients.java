package dev.sonde.agent.instrumentation.http;

import dev.sonde.agent.instrumentation.http.OutboundRequest.Client;
import java.net.URI;
import java.util.Map;
import java.util.function.Consumer;
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
        public @Nullable Object header(@Nullable Object self, @Nullable Object[] arguments, String name) {
            return Calls.call(arguments[0], "header", name);
        }

        @Override
        public @Nullable Object write(
                @Nullable Object self, @Nullable Object[] arguments, Map<String, String> headers) {
            Object builder = Calls.call(arguments[0], "newBuilder");
            headers.forEach((name, value) -> Calls.call(builder, "header", name, value));
            return Calls.call(builder, "build");
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
        public @Nullable Object header(@Nullable Object self, @Nullable Object[] arguments, String name) {
            return Calls.call(Calls.call(arguments[1], "getFirstHeader", name), "getValue");
        }

        @Override
        public @Nullable Object write(
                @Nullable Object self, @Nullable Object[] arguments, Map<String, String> headers) {
            headers.forEach((name, value) -> Calls.call(arguments[1], "setHeader", name, value));
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
        public @Nullable Object header(@Nullable Object self, @Nullable Object[] arguments, String name) {
            return Calls.call(Calls.call(self, "getHeaders"), "getFirst", name);
        }

        @Override
        public @Nullable Object write(
                @Nullable Object self, @Nullable Object[] arguments, Map<String, String> headers) {
            Object all = Calls.call(self, "getHeaders");
            headers.forEach((name, value) -> Calls.call(all, "set", name, value));
            return null;
        }
    }

    /** The request is the only argument and is never changed: another one is sent. */
    static final class WebClient implements Client {
        @Override
        public @Nullable Object host(@Nullable Object self, @Nullable Object[] arguments) {
            return Calls.call(arguments[0], "url") instanceof URI uri ? uri.getHost() : null;
        }

        @Override
        public @Nullable Object header(@Nullable Object self, @Nullable Object[] arguments, String name) {
            return Calls.call(Calls.call(arguments[0], "headers"), "getFirst", name);
        }

        @Override
        public @Nullable Object write(
                @Nullable Object self, @Nullable Object[] arguments, Map<String, String> headers) {
            Object builder = Calls.callStatic(arguments[0], "from");
            Object all = Calls.call(builder, "headers", (Consumer<Object>)
                    held -> headers.forEach((name, value) -> Calls.call(held, "set", name, value)));
            return Calls.call(all, "build");
        }
    }

    /** The receiver holds the request, whose headers of the client's own are still open. */
    static final class Jdk implements Client {
        @Override
        public @Nullable Object host(@Nullable Object self, @Nullable Object[] arguments) {
            return Calls.call(request(self), "uri") instanceof URI uri ? uri.getHost() : null;
        }

        @Override
        public @Nullable Object header(@Nullable Object self, @Nullable Object[] arguments, String name) {
            return Calls.call(request(self), "headers") instanceof java.net.http.HttpHeaders headers
                    ? headers.firstValue(name).orElse(null)
                    : null;
        }

        @Override
        public @Nullable Object write(
                @Nullable Object self, @Nullable Object[] arguments, Map<String, String> headers) {
            Object builder = Calls.call(request(self), "getSystemHeadersBuilder");
            headers.forEach((name, value) -> Calls.call(builder, "setHeader", name, value));
            return null;
        }

        private static @Nullable Object request(@Nullable Object exchange) {
            return exchange == null ? null : Calls.field(exchange, "request");
        }
    }
}
