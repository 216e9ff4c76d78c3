package dev.sonde.agent.calls;

import java.lang.ref.Cleaner;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of the response objects of SDKs generated as OpenAI's and Anthropic's are, to see them being read. A call hands out {@code HttpResponseFor},
 * whose {@code parse()} gives the answer or a {@code StreamResponse}; both are interfaces of the library, so the stand-ins
 * are proxies defined beside them. Nothing is read ahead, held back or closed that the application does not read or
 * close. Responses that are dropped unread end their observation when they are collected.
 */
public final class RawResponses {
    private RawResponses() {}

    /** What the hooked method shall return instead: a response, or a future of one. */
    @SuppressWarnings("FutureReturnValueIgnored") // the application gets it
    public static @Nullable Object observe(
            @Nullable Object result, ModelCall call, Function<Object, Answered> reading) {
        if (result instanceof CompletableFuture<?> future) {
            return new ObservedFuture(future, call, response -> observe(response, call, reading));
        }
        return result == null ? null : response(result, call, reading);
    }

    private static Object response(Object response, ModelCall call, Function<Object, Answered> reading) {
        Object proxy = Proxies.of(response, "HttpResponseFor", new ResponseHandler(response, call, reading));
        if (proxy == response) {
            call.closed();
        }
        return proxy;
    }

    /** What must be unreachable before a call counts as abandoned; every stand-in of the call holds it. */
    record Handle(ModelCall call) {}

    /** {@code HttpResponseFor}: {@code parse()} ends a plain call and opens a stream. */
    private static final class ResponseHandler implements InvocationHandler {
        private final Object target;
        private final ModelCall call;
        private final Function<Object, Answered> reading;
        private final Handle handle;
        /**
         * Taken back as soon as the call is over: the collector would otherwise find a reference for every call, and wake
         * a thread for each.
         */
        private final Cleaner.Cleanable watch;

        /** No monitor: parsing reads from the network, and a virtual thread must be able to step aside meanwhile. */
        private final ReentrantLock lock = new ReentrantLock();
        /** Guarded by lock; the library, too, parses once and repeats the result. */
        private @Nullable Object parsed;

        ResponseHandler(Object target, ModelCall call, Function<Object, Answered> reading) {
            this.target = target;
            this.call = call;
            this.reading = reading;
            this.handle = new Handle(call);
            this.watch = Reaper.watch(handle, call::abandoned);
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            if (method.getName().equals("parse") && arguments == null) {
                return parse(method);
            }
            Object result = Proxies.forward(target, method, arguments);
            if (method.getName().equals("close")) {
                call.closed();
                watch.clean();
            }
            return result;
        }

        private @Nullable Object parse(Method method) throws Throwable {
            lock.lock();
            try {
                if (parsed == null) {
                    Object answer;
                    try {
                        answer = Proxies.forward(target, method, null);
                    } catch (Exception | Error e) {
                        call.failed(e);
                        throw e;
                    }
                    parsed = answer != null && call.streaming() ? StreamResponses.observe(answer, handle) : answer;
                    if (answer == null || (call.streaming() && parsed == answer)) {
                        call.closed();
                    } else if (!call.streaming()) {
                        call.answeredLater(() -> reading.apply(answer));
                        watch.clean();
                    }
                }
                return parsed;
            } finally {
                lock.unlock();
            }
        }
    }
}
