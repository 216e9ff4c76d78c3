package dev.sonde.agent.instrumentation.plainhttp;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.Proxies;
import dev.sonde.boot.SiteHandler;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The method of Apache's clients that do not wait, which takes what produces a request and what consumes its response;
 * both are replaced by stand-ins that see the bodies go by. The call is not current meanwhile, for what the client runs
 * later is the application's.
 */
final class ApacheAsyncSite implements SiteHandler {
    private static final String CALLBACK = "org.apache.hc.core5.concurrent.FutureCallback";

    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        if (self == null || arguments == null || arguments[1] == null || arguments[2] == null) {
            return null;
        }
        // A producer hands its request out only once; those that the library makes have it in a field.
        Object request = LibraryObjects.field(arguments[1], "request");
        Exchange exchange = request == null ? null : ApacheSites.start(request, arguments[0]);
        return exchange == null ? null : new Call(exchange, self, arguments[1], arguments[2]);
    }

    @Override
    public @Nullable Object argument(Object scope, @Nullable Object value) {
        Call call = (Call) scope;
        if (value == call.producer) {
            return StandIns.of(value, new Producer(value, call.exchange));
        }
        if (value != call.consumer) {
            return callback(value, call);
        }
        Object consumer = StandIns.of(value, new Consumer(value, call.exchange));
        if (consumer == value) {
            call.exchange.closed(); // its answer will not be seen
        }
        return consumer;
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        if (error != null) {
            ((Call) scope).exchange.failed(error);
        }
        return result;
    }

    /** One that hears of a cancelled call, which consumers do only as of any other failure, and not always. */
    private static @Nullable Object callback(@Nullable Object given, Call call) {
        Callback callback = new Callback(given, call.exchange);
        if (given != null) {
            return StandIns.of(given, callback);
        }
        try {
            ClassLoader loader = call.client.getClass().getClassLoader();
            Class<?> type = Class.forName(CALLBACK, false, loader);
            return Proxy.newProxyInstance(loader, new Class<?>[] {type}, callback);
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }

    private record Call(Exchange exchange, Object client, Object producer, Object consumer) {}

    /** {@code FutureCallback}: the application's own, or none. */
    private record Callback(@Nullable Object callback, Exchange exchange) implements InvocationHandler {
        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            if (method.getName().equals("cancelled")) {
                exchange.cancelled();
            }
            if (callback != null) {
                return Proxies.forward(callback, method, arguments);
            }
            return method.getDeclaringClass() == Object.class ? Proxies.forward(this, method, arguments) : null;
        }
    }

    /** {@code AsyncRequestProducer}: is asked for bytes as the connection takes them. By one thread at a time. */
    private static final class Producer implements InvocationHandler {
        private final Object producer;
        private final Exchange exchange;
        /** Whether the next bytes are the first, of the first attempt or another. */
        private boolean begins = true;

        Producer(Object producer, Exchange exchange) {
            this.producer = producer;
            this.exchange = exchange;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            Object argument = arguments == null ? null : arguments[0];
            switch (method.getName()) {
                case "produce" -> {
                    if (argument != null) {
                        return Proxies.forward(producer, method, new Object[] {channel(argument)});
                    }
                }
                case "failed" -> {
                    if (argument instanceof Exception error) {
                        exchange.failed(error);
                    }
                }
                case "releaseResources" -> begins = true;
                default -> {}
            }
            return Proxies.forward(producer, method, arguments);
        }

        private Object channel(Object channel) {
            if (begins) {
                begins = false;
                exchange.requestBegins();
            }
            return StandIns.of(channel, new Channel(channel, exchange));
        }
    }

    /** {@code DataStreamChannel}: takes as much of a buffer as it can. */
    private record Channel(Object channel, Exchange exchange) implements InvocationHandler {
        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            if (method.getName().equals("write") && arguments != null && arguments[0] instanceof ByteBuffer bytes) {
                ByteBuffer taken = bytes.duplicate();
                Object written = Proxies.forward(channel, method, arguments);
                taken.limit(bytes.position());
                exchange.requested(taken);
                return written;
            }
            return Proxies.forward(channel, method, arguments);
        }
    }

    /**
     * {@code AsyncResponseConsumer}: is given bytes as they come. Released once before it is told of a failure, so that only
     * the second time is an end. By one thread at a time.
     */
    private static final class Consumer implements InvocationHandler {
        private final Object consumer;
        private final Exchange exchange;
        private boolean released;

        Consumer(Object consumer, Exchange exchange) {
            this.consumer = consumer;
            this.exchange = exchange;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            Object first = arguments == null || arguments.length == 0 ? null : arguments[0];
            switch (method.getName()) {
                case "consumeResponse" -> {
                    ApacheSites.responds(exchange, first);
                    if (arguments != null && arguments[1] == null) {
                        exchange.complete(); // without a body
                    }
                }
                case "consume" -> {
                    if (first instanceof ByteBuffer bytes) {
                        exchange.received(bytes);
                    }
                }
                case "streamEnd" -> exchange.complete();
                case "failed" -> {
                    if (first instanceof Exception error) {
                        exchange.failed(error);
                    }
                }
                case "releaseResources" -> {
                    if (released) {
                        exchange.closed();
                    }
                    released = true;
                }
                default -> {}
            }
            return Proxies.forward(consumer, method, arguments);
        }
    }
}
