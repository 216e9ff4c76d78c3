package dev.sonde.runtime.ends;

import java.lang.ref.Reference;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Iterator;
import java.util.PrimitiveIterator;
import java.util.Spliterator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.BaseStream;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A stream of the JDK ends its call when its last operation has returned, when it is closed, or when it is let go of. The
 * pipeline stays the application's: items are looked at in passing, and stand-ins of the same interfaces see which
 * operation is the last. The observation is current during that operation.
 */
final class Streams implements Ending {

    static final Ending ENDING = new Streams();

    /** What a pipeline shows to the application, the more exact ones first. */
    private static final Class<?>[] INTERFACES = {
        Stream.class,
        IntStream.class,
        LongStream.class,
        DoubleStream.class,
        PrimitiveIterator.OfInt.class,
        PrimitiveIterator.OfLong.class,
        PrimitiveIterator.OfDouble.class,
        Iterator.class,
        Spliterator.OfInt.class,
        Spliterator.OfLong.class,
        Spliterator.OfDouble.class,
        Spliterator.class
    };

    private Streams() {}

    @Override
    public Object follow(Object result, ObservedCall observed) {
        StreamedCall call = StreamedCall.many(observed);
        BaseStream<?, ?> peeked;
        if (result instanceof IntStream ints) {
            peeked = ints.peek(call::item);
        } else if (result instanceof LongStream longs) {
            peeked = longs.peek(call::item);
        } else if (result instanceof DoubleStream doubles) {
            peeked = doubles.peek(call::item);
        } else {
            peeked = ((Stream<?>) result).peek(call::item);
        }
        Watched watched = new Watched(call);
        call.endWith(watched);
        return watched.standIn(peeked.onClose(call::cancelled));
    }

    /** The call together with its unfinished parts, held by all that stand in for the stream. */
    private static final class Watched {
        private final StreamedCall call;

        /** Spliterators that are not exhausted; 1 until there is a spliterator. */
        private final AtomicInteger parts = new AtomicInteger(1);

        Watched(StreamedCall call) {
            this.call = call;
        }

        Object standIn(Object real) {
            for (Class<?> type : INTERFACES) {
                if (type.isInstance(real)) {
                    return Proxy.newProxyInstance(null, new Class<?>[] {type}, new StandIn(real, this));
                }
            }
            return real;
        }

        void partDone() {
            if (parts.decrementAndGet() == 0) {
                call.completed();
            }
        }
    }

    /** Passes everything on to a stream, an iterator or a spliterator. */
    private record StandIn(Object real, Watched watched) implements InvocationHandler {

        @Override
        public @Nullable Object invoke(Object seen, Method method, @Nullable Object @Nullable [] arguments)
                throws Throwable {
            return switch (method.getName()) {
                case "equals" -> arguments != null && seen == arguments[0];
                case "hashCode" -> System.identityHashCode(seen);
                case "toString" -> real.toString();
                default -> passedOn(seen, method, arguments);
            };
        }

        private @Nullable Object passedOn(Object seen, Method method, @Nullable Object @Nullable [] arguments)
                throws Throwable {
            Object before = watched.call.enter();
            try {
                Object result = method.invoke(real, arguments);
                if (result == real) {
                    return seen;
                }
                looked(method.getName(), method.getReturnType(), result);
                return result == null ? null : watched.standIn(result);
            } catch (InvocationTargetException e) {
                Throwable thrown = e.getTargetException();
                watched.call.failed(thrown);
                throw thrown;
            } finally {
                StreamedCall.leave(before);
                Reference.reachabilityFence(watched);
            }
        }

        private void looked(String operation, Class<?> returns, @Nullable Object result) {
            boolean exhausted = Boolean.FALSE.equals(result);
            if (real instanceof Spliterator) {
                if (operation.equals("trySplit") && result != null) {
                    watched.parts.incrementAndGet();
                } else if (operation.equals("forEachRemaining") || (operation.equals("tryAdvance") && exhausted)) {
                    watched.partDone();
                }
            } else if (real instanceof Iterator) {
                if (operation.equals("forEachRemaining") || (operation.equals("hasNext") && exhausted)) {
                    watched.call.completed();
                }
            } else if (isLast(operation, returns)) {
                watched.call.completed();
            }
        }

        private static boolean isLast(String operation, Class<?> returns) {
            return switch (operation) {
                case "iterator", "spliterator", "isParallel", "close" -> false;
                default -> !BaseStream.class.isAssignableFrom(returns);
            };
        }
    }
}
