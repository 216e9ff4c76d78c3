package dev.sonde.agent.instrumentation.plainhttp;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.Proxies;
import dev.sonde.agent.calls.Reaper;
import dev.sonde.boot.SiteHandler;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.Cleaner;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The method that every request of Spring's blocking clients comes through, whatever sends it; what sends it is within.
 */
final class SpringSite implements SiteHandler {
    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        if (self == null || !"POST".equals(LibraryObjects.text(self, "getMethod"))) {
            return null;
        }
        if (!(LibraryObjects.get(self, "getURI") instanceof URI uri)) {
            return null;
        }
        Endpoint endpoint = Endpoints.of("POST", uri.getRawPath());
        Exchange exchange = endpoint == null ? null : Exchange.start(endpoint, uri.getRawPath(), uri.getHost());
        if (exchange == null) {
            return null;
        }
        watchBody(self, exchange);
        return exchange.enter();
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        Exchange exchange = (Exchange) scope;
        exchange.leave();
        if (error != null) {
            exchange.failed(error);
            return result;
        }
        if (result == null) {
            return null;
        }
        Object headers = LibraryObjects.get(result, "getHeaders");
        Object status = LibraryObjects.get(LibraryObjects.get(result, "getStatusCode"), "value");
        exchange.responds(
                status instanceof Integer code ? code : 0,
                (String) LibraryObjects.call(headers, "getFirst", "Content-Type"),
                (String) LibraryObjects.call(headers, "getFirst", "Content-Encoding"));
        return StandIns.of(result, new Response(result, exchange));
    }

    /** The body is in memory already, or is written when the request is sent. */
    private static void watchBody(Object request, Exchange exchange) {
        for (String buffer : new String[] {"bodyStream", "bufferedOutput"}) {
            if (LibraryObjects.get(LibraryObjects.field(request, buffer), "toByteArray") instanceof byte[] bytes) {
                exchange.requested(bytes, 0, bytes.length);
                return;
            }
        }
        Object body = LibraryObjects.field(request, "body");
        if (body == null) {
            return;
        }
        Object watched = Proxies.of(body, "Body", (proxy, method, arguments) -> {
            if (arguments != null && arguments.length == 1 && arguments[0] instanceof OutputStream target) {
                exchange.requestBegins();
                return Proxies.forward(body, method, new Object[] {new SentBody(target, exchange::requested)});
            }
            return Proxies.forward(body, method, arguments);
        });
        for (Class<?> type = request.getClass(); type != null; type = type.getSuperclass()) {
            try {
                Field field = type.getDeclaredField("body");
                if (field.trySetAccessible()) {
                    field.set(request, watched);
                }
                return;
            } catch (NoSuchFieldException | IllegalAccessException e) {
                // maybe one class further up
            }
        }
    }

    /** What must be unreachable before a response counts as abandoned. */
    private static final class Handle {}

    /** {@code ClientHttpResponse}: its body is watched, and closing it closes the body. By one thread at a time. */
    private static final class Response implements InvocationHandler {
        private final Object response;
        private final Exchange exchange;
        private final Handle handle = new Handle();
        private final Cleaner.Cleanable watch;
        private @Nullable InputStream body;

        Response(Object response, Exchange exchange) {
            this.response = response;
            this.exchange = exchange;
            this.watch = Reaper.watch(handle, exchange::abandoned);
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            if (method.getName().equals("close")) {
                exchange.closed();
                watch.clean();
            }
            Object result = Proxies.forward(response, method, arguments);
            if (result instanceof InputStream stream && method.getName().equals("getBody")) {
                if (body == null) {
                    body = new ReadBody(stream, exchange);
                }
                return body;
            }
            return result;
        }
    }
}
