package dev.sonde.agent.calls;

import dev.sonde.agent.calls.RawResponses.Handle;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.Objects;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Watches streamed answers go by: part by part, when the application asks for the next, and never ahead of it. */
final class StreamResponses {
    private StreamResponses() {}

    /** A stand-in for the library's {@code StreamResponse}; the object itself when it is none. */
    static Object observe(Object answer, Handle handle) {
        return Proxies.of(answer, "StreamResponse", new StreamHandler(answer, handle));
    }

    /** {@code StreamResponse}: {@code stream()} is watched part by part, {@code close()} before the end cancels. */
    private static final class StreamHandler implements InvocationHandler {
        private final Object target;
        private final Handle handle;
        private final Object lock = new Object();
        /** Guarded by lock. */
        private @Nullable Stream<?> observed;

        StreamHandler(Object target, Handle handle) {
            this.target = target;
            this.handle = handle;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            Object result = Proxies.forward(target, method, arguments);
            if (method.getName().equals("close")) {
                handle.call().closed();
            } else if (result instanceof Stream<?> stream) {
                synchronized (lock) {
                    if (observed == null) {
                        observed = observe(stream, handle);
                    }
                    return observed;
                }
            }
            return result;
        }
    }

    private static <T> Stream<T> observe(Stream<T> stream, Handle handle) {
        return StreamSupport.<T>stream(
                        () -> new ObservedParts<>(stream.spliterator(), handle), Spliterator.ORDERED, false)
                .onClose(stream::close);
    }

    /** The parts of a stream in order; what the application's own code throws is not the stream's failure. */
    private static final class ObservedParts<T> implements Spliterator<T> {
        private final Spliterator<T> source;
        private final Handle handle;
        private @Nullable T part;

        ObservedParts(Spliterator<T> source, Handle handle) {
            this.source = source;
            this.handle = handle;
        }

        @Override
        public boolean tryAdvance(Consumer<? super T> action) {
            boolean advanced;
            try {
                advanced = source.tryAdvance(next -> part = next);
            } catch (RuntimeException | Error e) {
                handle.call().failed(e);
                throw e;
            }
            if (!advanced) {
                handle.call().exhausted();
                return false;
            }
            T current = Objects.requireNonNull(part);
            part = null;
            handle.call().part(current);
            action.accept(current);
            return true;
        }

        @Override
        public @Nullable Spliterator<T> trySplit() {
            return null;
        }

        @Override
        public long estimateSize() {
            return Long.MAX_VALUE;
        }

        @Override
        public int characteristics() {
            return Spliterator.ORDERED;
        }
    }
}
