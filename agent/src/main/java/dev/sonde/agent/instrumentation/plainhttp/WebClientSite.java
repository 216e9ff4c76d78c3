package dev.sonde.agent.instrumentation.plainhttp;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.Proxies;
import dev.sonde.boot.SiteHandler;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The method that every request of Spring's WebClient comes through, called when somebody subscribes. Reactor's operators
 * are applied by name to the application's publishers; they ask for nothing themselves.
 */
final class WebClientSite implements SiteHandler {
    private static final Set<String> WRITING = Set.of("writeWith", "writeAndFlushWith");

    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        Object request = arguments == null ? null : arguments[0];
        if (request == null || !"POST".equals(LibraryObjects.text(request, "method"))) {
            return null;
        }
        if (!(LibraryObjects.get(request, "url") instanceof URI uri)) {
            return null;
        }
        Endpoint endpoint = Endpoints.of("POST", uri.getRawPath());
        return endpoint == null ? null : Exchange.start(endpoint, uri.getRawPath(), uri.getHost());
    }

    @Override
    public @Nullable Object argument(Object scope, @Nullable Object value) {
        return value == null ? null : Proxies.of(value, "ClientRequest", new Request(value, (Exchange) scope));
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        Exchange exchange = (Exchange) scope;
        if (error != null || result == null) {
            exchange.failed(error == null ? new NullPointerException("no publisher") : error);
            return result;
        }
        Function<Object, Object> watching = response -> response(response, exchange);
        Consumer<Throwable> failing = exchange::failed;
        Runnable cancelling = exchange::cancelled;
        Object mono = LibraryObjects.call(result, "map", watching);
        mono = LibraryObjects.call(mono, "doOnError", failing);
        mono = LibraryObjects.call(mono, "doOnCancel", cancelling);
        return mono == null ? result : exchange.placed(mono);
    }

    /** The response with its body watched; itself when that cannot be. */
    private static Object response(Object response, Exchange exchange) {
        Object headers = LibraryObjects.get(LibraryObjects.get(response, "headers"), "asHttpHeaders");
        Object status = LibraryObjects.get(LibraryObjects.get(response, "statusCode"), "value");
        exchange.responds(
                status instanceof Integer code ? code : 0,
                (String) LibraryObjects.call(headers, "getFirst", "Content-Type"),
                (String) LibraryObjects.call(headers, "getFirst", "Content-Encoding"));
        Object builder = LibraryObjects.get(response, "mutate");
        Object watched = builder == null ? null : WebClientBodies.body(builder, body -> received(body, exchange));
        Object replaced = LibraryObjects.get(watched, "build");
        return replaced == null ? response : replaced;
    }

    private static Object received(Object flux, Exchange exchange) {
        Consumer<Object> each = buffer -> {
            byte[] bytes = bytes(buffer);
            exchange.received(bytes, 0, bytes.length);
        };
        Runnable over = exchange::complete;
        Runnable closing = exchange::closed;
        Consumer<Throwable> failing = exchange::failed;
        Object watched = LibraryObjects.call(flux, "doOnNext", each);
        watched = LibraryObjects.call(watched, "doOnComplete", over);
        watched = LibraryObjects.call(watched, "doOnError", failing);
        watched = LibraryObjects.call(watched, "doOnCancel", closing);
        return watched == null ? flux : watched;
    }

    /** What a buffer has to be read, which stays to be read; of every character the byte that it stands for. */
    private static byte[] bytes(Object buffer) {
        Object text = LibraryObjects.call(
                buffer,
                "toString",
                LibraryObjects.get(buffer, "readPosition"),
                LibraryObjects.get(buffer, "readableByteCount"),
                StandardCharsets.ISO_8859_1);
        return text instanceof String latin ? latin.getBytes(StandardCharsets.ISO_8859_1) : new byte[0];
    }

    /** {@code ClientRequest}: writes itself to what the connector has made for it. */
    private record Request(Object request, Exchange exchange) implements InvocationHandler {
        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            Object target = method.getName().equals("writeTo") && arguments != null ? arguments[0] : null;
            if (target == null || arguments == null) {
                return Proxies.forward(request, method, arguments);
            }
            exchange.requestBegins();
            Object watched = StandIns.of(target, new Writing(target, exchange));
            return Proxies.forward(request, method, new Object[] {watched, arguments[1]});
        }
    }

    /** The connector's request: takes a publisher of buffers, or of publishers of such. */
    private record Writing(Object target, Exchange exchange) implements InvocationHandler {
        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            Object body = WRITING.contains(method.getName()) && arguments != null ? arguments[0] : null;
            if (body == null) {
                return Proxies.forward(target, method, arguments);
            }
            Object watched = method.getName().equals("writeWith") ? sent(body) : WebClientBodies.map(body, this::sent);
            return Proxies.forward(target, method, new Object[] {watched});
        }

        private Object sent(Object publisher) {
            Consumer<Object> each = buffer -> {
                byte[] bytes = bytes(buffer);
                exchange.requested(bytes, 0, bytes.length);
            };
            Object watched = LibraryObjects.call(WebClientBodies.reactor(publisher), "doOnNext", each);
            return watched == null ? publisher : watched;
        }
    }
}
