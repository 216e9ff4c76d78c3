package dev.sonde.agent.instrumentation.plainhttp;

import dev.sonde.agent.calls.Attached;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.Proxies;
import dev.sonde.agent.calls.Reaper;
import dev.sonde.boot.SiteHandler;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.Cleaner;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** The methods of Apache's blocking client that send a request and close its response. */
final class ApacheSites {
    /** By the response, which is a class, while its body may be read. */
    private static final Attached<Exchange> EXCHANGES = new Attached<>();

    private ApacheSites() {}

    /** Starts to observe a request of this host, which may be in the request itself. */
    static @Nullable Exchange start(@Nullable Object request, @Nullable Object target) {
        if (!"POST".equals(LibraryObjects.get(request, "getMethod"))) {
            return null;
        }
        String path = LibraryObjects.text(request, "getPath");
        Endpoint endpoint = Endpoints.of("POST", path);
        if (endpoint == null || path == null) {
            return null;
        }
        String host = LibraryObjects.text(target, "getHostName");
        String named =
                host == null ? LibraryObjects.text(LibraryObjects.get(request, "getAuthority"), "getHostName") : host;
        return Exchange.start(endpoint, path, named);
    }

    /** Tells the exchange what the head of a response says. */
    static void responds(Exchange exchange, @Nullable Object response) {
        exchange.responds(
                LibraryObjects.get(response, "getCode") instanceof Integer code ? code : 0,
                header(response, "Content-Type"),
                header(response, "Content-Encoding"));
    }

    private static @Nullable String header(@Nullable Object response, String name) {
        return LibraryObjects.text(LibraryObjects.call(response, "getFirstHeader", name), "getValue");
    }

    /** {@code doExecute}. */
    static final class Request implements SiteHandler {
        /** An exchange, and the body that the application's request has. */
        private record Scope(
                Exchange exchange, Object request, @Nullable Object entity) {}

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
            if (arguments == null || arguments[1] == null) {
                return null;
            }
            Object request = arguments[1];
            Exchange exchange = start(request, arguments[0]);
            if (exchange == null) {
                return null;
            }
            Object entity = LibraryObjects.get(request, "getEntity");
            if (entity != null) {
                LibraryObjects.call(request, "setEntity", StandIns.of(entity, new Sent(entity, exchange)));
            }
            return new Scope(exchange.enter(), request, entity);
        }

        @Override
        public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
            Scope entered = (Scope) scope;
            Exchange exchange = entered.exchange();
            exchange.leave();
            if (entered.entity() != null) {
                LibraryObjects.call(entered.request(), "setEntity", entered.entity());
            }
            if (error != null) {
                exchange.failed(error);
                return result;
            }
            if (result == null) {
                return null;
            }
            responds(exchange, result);
            Object body = LibraryObjects.get(result, "getEntity");
            if (body == null) {
                exchange.complete();
            } else {
                EXCHANGES.put(result, exchange);
                LibraryObjects.call(result, "setEntity", StandIns.of(body, new Received(body, exchange)));
            }
            return result;
        }
    }

    /** {@code close} of a response, maybe with its body unread. */
    static final class Close implements SiteHandler {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
            Exchange exchange = EXCHANGES.remove(self);
            if (exchange != null) {
                exchange.closed();
            }
            return null;
        }

        @Override
        public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
            return result;
        }
    }

    /** {@code HttpEntity} of a request. */
    private record Sent(Object entity, Exchange exchange) implements InvocationHandler {
        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            if (method.getName().equals("writeTo") && arguments != null && arguments[0] instanceof OutputStream out) {
                exchange.requestBegins();
                return Proxies.forward(entity, method, new Object[] {new SentBody(out, exchange::requested)});
            }
            return Proxies.forward(entity, method, arguments);
        }
    }

    /** What must be unreachable before a response counts as abandoned. */
    private static final class Handle {}

    /** {@code HttpEntity} of a response. By one thread at a time. */
    private static final class Received implements InvocationHandler {
        private final Object entity;
        private final Exchange exchange;
        private final Handle handle = new Handle();
        private final Cleaner.Cleanable watch;
        private @Nullable InputStream body;

        Received(Object entity, Exchange exchange) {
            this.entity = entity;
            this.exchange = exchange;
            this.watch = Reaper.watch(handle, exchange::abandoned);
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            if (method.getName().equals("writeTo") && arguments != null && arguments[0] instanceof OutputStream out) {
                Object result = Proxies.forward(entity, method, new Object[] {new SentBody(out, exchange::received)});
                exchange.complete();
                watch.clean();
                return result;
            }
            if (method.getName().equals("close")) {
                exchange.closed();
                watch.clean();
            }
            Object result = Proxies.forward(entity, method, arguments);
            if (result instanceof InputStream stream && method.getName().equals("getContent")) {
                if (body == null) {
                    body = new ReadBody(stream, exchange);
                }
                return body;
            }
            return result;
        }
    }
}
