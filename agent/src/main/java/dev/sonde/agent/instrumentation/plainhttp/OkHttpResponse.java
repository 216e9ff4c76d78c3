package dev.sonde.agent.instrumentation.plainhttp;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.Proxies;
import dev.sonde.agent.calls.Reaper;
import java.io.OutputStream;
import java.lang.ref.Cleaner;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A response of OkHttp that has another body, which reads from the same connection when it is read. */
final class OkHttpResponse {
    /** The members of the application's copy of the library, by its class of responses; empty for an unknown version. */
    private static final ClassValue<Optional<Members>> MEMBERS = new ClassValue<>() {
        @Override
        protected Optional<Members> computeValue(Class<?> type) {
            return Members.of(type);
        }
    };

    private OkHttpResponse() {}

    /** The response with its body watched; the response itself when that cannot be. */
    static Object observed(Object response, Object call, Exchange exchange) {
        Object body = LibraryObjects.get(response, "body");
        Optional<Members> members = MEMBERS.get(response.getClass());
        Object source = LibraryObjects.get(body, "source");
        if (!(LibraryObjects.get(response, "code") instanceof Integer code) || members.isEmpty() || source == null) {
            exchange.closed();
            return response;
        }
        exchange.responds(code, header(response, "Content-Type"), header(response, "Content-Encoding"));
        Object watched = Proxies.of(source, "BufferedSource", new Reading(source, call, exchange));
        try {
            Object type = LibraryObjects.get(body, "contentType");
            Object length = LibraryObjects.get(body, "contentLength");
            Object buffered = members.get().buffer().invoke(null, watched);
            Object newBody = members.get().create().invoke(null, type, length, buffered);
            Object builder = LibraryObjects.call(LibraryObjects.get(response, "newBuilder"), "body", newBody);
            Object replaced = LibraryObjects.get(builder, "build");
            return replaced == null ? response : replaced;
        } catch (IllegalAccessException | InvocationTargetException e) {
            exchange.closed();
            return response;
        }
    }

    private static @Nullable String header(Object response, String name) {
        return LibraryObjects.call(response, "header", name) instanceof String value ? value : null;
    }

    /** A call that the application has cancelled fails by whatever the connection does then. */
    static void failed(Exchange exchange, Object call, Throwable error) {
        if (Boolean.TRUE.equals(LibraryObjects.get(call, "isCanceled"))) {
            exchange.cancelled();
        } else {
            exchange.failed(error);
        }
    }

    /** Hands on so many bytes of a buffer, which stays as it is. */
    static void copy(@Nullable Object buffer, long offset, long count, SentBody.Seen target) {
        if (buffer == null) {
            return;
        }
        Optional<Members> members = MEMBERS.get(buffer.getClass());
        try {
            if (members.isPresent()) {
                members.get()
                        .copyTo()
                        .invoke(buffer, new SentBody(OutputStream.nullOutputStream(), target), offset, count);
            }
        } catch (IllegalAccessException | InvocationTargetException e) {
            // what is copied is only for us
        }
    }

    /** Static methods and one that is overloaded. */
    private record Members(Method buffer, Method create, Method copyTo) {
        static Optional<Members> of(Class<?> known) {
            ClassLoader loader = known.getClassLoader();
            try {
                Class<?> source = Class.forName("okio.Source", false, loader);
                Class<?> buffered = Class.forName("okio.BufferedSource", false, loader);
                Class<?> body = Class.forName("okhttp3.ResponseBody", false, loader);
                Class<?> media = Class.forName("okhttp3.MediaType", false, loader);
                Class<?> buffer = Class.forName("okio.Buffer", false, loader);
                return Optional.of(new Members(
                        Class.forName("okio.Okio", false, loader).getMethod("buffer", source),
                        body.getMethod("create", media, long.class, buffered),
                        buffer.getMethod("copyTo", OutputStream.class, long.class, long.class)));
            } catch (ReflectiveOperationException | LinkageError e) {
                return Optional.empty();
            }
        }
    }

    /** What must be unreachable before a response counts as abandoned. */
    private static final class Handle {}

    /** {@code okio.Source}: what was read into the application's buffer is at its end. */
    private static final class Reading implements InvocationHandler {
        private final Object source;
        private final Object call;
        private final Exchange exchange;
        private final Handle handle = new Handle();
        private final Cleaner.Cleanable watch;

        Reading(Object source, Object call, Exchange exchange) {
            this.source = source;
            this.call = call;
            this.exchange = exchange;
            this.watch = Reaper.watch(handle, exchange::abandoned);
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            if (method.getName().equals("close")) {
                exchange.closed();
                watch.clean();
                return Proxies.forward(source, method, arguments);
            }
            Object result;
            try {
                result = Proxies.forward(source, method, arguments);
            } catch (Exception | Error e) {
                failed(exchange, call, e);
                watch.clean();
                throw e;
            }
            if (method.getName().equals("read") && arguments != null && result instanceof Long read) {
                read(arguments[0], read);
            }
            return result;
        }

        private void read(Object buffer, long count) {
            if (count < 0) {
                exchange.complete();
                watch.clean();
            } else if (LibraryObjects.get(buffer, "size") instanceof Long size) {
                copy(buffer, size - count, count, exchange::received);
            }
        }
    }
}
