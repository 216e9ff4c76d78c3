package dev.sonde.agent.instrumentation.openai;

import java.lang.ref.Cleaner;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of the library's response objects to see them being read. A call hands out {@code HttpResponseFor},
 * whose {@code parse()} gives the answer or a {@code StreamResponse}; both are interfaces of the library, so the stand-ins
 * are proxies defined beside them. Nothing is read ahead, held back or closed that the application does not read or
 * close. Responses that are dropped unread end their observation when they are collected.
 */
final class RawResponses {
    private static final Cleaner REAPER = Cleaner.create(RawResponses::reaperThread);

    private RawResponses() {}

    /** What the hooked method shall return instead: a response, or a future of one. */
    @SuppressWarnings("FutureReturnValueIgnored") // the application gets it
    static @Nullable Object observe(@Nullable Object result, OpenAiCall call) {
        if (result instanceof CompletableFuture<?> future) {
            return new ObservedFuture(future, call);
        }
        return result == null ? null : response(result, call);
    }

    private static Object response(Object response, OpenAiCall call) {
        Object proxy = proxy(response, "HttpResponseFor", new ResponseHandler(response, call));
        if (proxy == response) {
            call.closed();
        }
        return proxy;
    }

    /** A proxy for the library's interface of that simple name; the object itself when it has no such interface. */
    static Object proxy(Object target, String interfaceName, InvocationHandler handler) {
        for (Class<?> type = target.getClass(); type != null; type = type.getSuperclass()) {
            for (Class<?> implemented : type.getInterfaces()) {
                if (implemented.getSimpleName().equals(interfaceName)) {
                    return Proxy.newProxyInstance(implemented.getClassLoader(), new Class<?>[] {implemented}, handler);
                }
            }
        }
        return target;
    }

    private static Thread reaperThread(Runnable work) {
        Thread thread = new Thread(work, "sonde-openai-reaper");
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }

    /** What must be unreachable before a call counts as abandoned; every stand-in of the call holds it. */
    record Handle(OpenAiCall call) {}

    /** A future that completes with the observed response; cancelling it cancels the library's. */
    private static final class ObservedFuture extends CompletableFuture<@Nullable Object> {
        private final CompletableFuture<?> source;

        ObservedFuture(CompletableFuture<?> source, OpenAiCall call) {
            this.source = source;
            var unused = source.whenComplete((response, error) -> {
                if (error != null) {
                    call.failed(error);
                    completeExceptionally(error);
                } else {
                    complete(observe(response, call));
                }
            });
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            source.cancel(mayInterruptIfRunning);
            return super.cancel(mayInterruptIfRunning);
        }

        @Override
        public <U> CompletableFuture<U> newIncompleteFuture() {
            return new CompletableFuture<>();
        }
    }

    /** {@code HttpResponseFor}: {@code parse()} ends a plain call and opens a stream. */
    private static final class ResponseHandler implements InvocationHandler {
        private final Object target;
        private final OpenAiCall call;
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

        ResponseHandler(Object target, OpenAiCall call) {
            this.target = target;
            this.call = call;
            this.handle = new Handle(call);
            this.watch = REAPER.register(handle, call::abandoned);
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            if (method.getName().equals("parse") && arguments == null) {
                return parse(method);
            }
            Object result = forward(target, method, arguments);
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
                        answer = forward(target, method, null);
                    } catch (Exception | Error e) {
                        call.failed(e);
                        throw e;
                    }
                    parsed = answer != null && call.streaming() ? OpenAiStreams.observe(answer, handle) : answer;
                    if (answer == null || (call.streaming() && parsed == answer)) {
                        call.closed();
                    } else if (!call.streaming()) {
                        call.answered(answer);
                        watch.clean();
                    }
                }
                return parsed;
            } finally {
                lock.unlock();
            }
        }
    }

    static @Nullable Object forward(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
