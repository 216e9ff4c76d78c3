package dev.sonde.agent.instrumentation.plainhttp;

import dev.sonde.agent.calls.Attached;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.Proxies;
import dev.sonde.boot.ContextSlot;
import dev.sonde.boot.SiteHandler;
import dev.sonde.runtime.context.Context;
import org.jspecify.annotations.Nullable;

/** The methods of OkHttp by which a call begins, sends its body, and gets its response. */
final class OkHttpSites {
    /** By the call, while it is under way. */
    private static final Attached<Exchange> EXCHANGES = new Attached<>();

    /** By the call: where it was put into the client's queue, which other calls' threads take it out of. */
    private static final Attached<Queued> QUEUED = new Attached<>();

    private OkHttpSites() {}

    /** What was current; null for nothing. */
    private record Queued(@Nullable Context context) {}

    /** The endpoint that a call's request goes to; null for any other. */
    private static @Nullable Endpoint endpoint(@Nullable Object request) {
        Object method = LibraryObjects.get(request, "method");
        return "POST".equals(method) ? Endpoints.of("POST", LibraryObjects.text(request, "url")) : null;
    }

    /** {@code enqueue}: remembers where. */
    static final class Queue implements SiteHandler {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
            if (self != null && endpoint(LibraryObjects.get(self, "getOriginalRequest")) != null) {
                QUEUED.put(self, new Queued(Context.current()));
            }
            return null;
        }

        @Override
        public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
            return result;
        }
    }

    /** All that a call does on the thread that does it, up to the head of the response. */
    static final class Chain implements SiteHandler {
        private record Scope(Object call, Exchange exchange) {}

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
            Object request = LibraryObjects.get(self, "getOriginalRequest");
            Endpoint endpoint = endpoint(request);
            if (self == null || endpoint == null) {
                return null;
            }
            Object url = LibraryObjects.get(request, "url");
            Exchange exchange = start(
                    QUEUED.remove(self),
                    endpoint,
                    String.valueOf(LibraryObjects.get(url, "encodedPath")),
                    LibraryObjects.text(url, "host"));
            if (exchange == null) {
                return null;
            }
            EXCHANGES.put(self, exchange);
            return new Scope(self, exchange.enter());
        }

        private static @Nullable Exchange start(
                @Nullable Queued queued, Endpoint endpoint, String path, @Nullable String host) {
            if (queued == null) {
                return Exchange.start(endpoint, path, host);
            }
            Object before = ContextSlot.swap(queued.context());
            try {
                return Exchange.start(endpoint, path, host);
            } finally {
                ContextSlot.swap(before);
            }
        }

        @Override
        public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
            Object call = ((Scope) scope).call();
            Exchange exchange = ((Scope) scope).exchange();
            EXCHANGES.remove(call);
            exchange.leave();
            if (error != null) {
                OkHttpResponse.failed(exchange, call, error);
                return result;
            }
            return result == null ? null : OkHttpResponse.observed(result, call, exchange);
        }
    }

    /** Opens the connection for a request's body. */
    static final class RequestBody implements SiteHandler {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
            return EXCHANGES.get(LibraryObjects.get(self, "getCall$okhttp"));
        }

        @Override
        public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
            if (result == null) {
                return null;
            }
            Exchange exchange = (Exchange) scope;
            exchange.requestBegins();
            return Proxies.of(result, "Sink", (proxy, method, arguments) -> {
                if (method.getName().equals("write") && arguments != null) {
                    OkHttpResponse.copy(arguments[0], 0, (Long) arguments[1], exchange::requested);
                }
                return Proxies.forward(result, method, arguments);
            });
        }
    }
}
