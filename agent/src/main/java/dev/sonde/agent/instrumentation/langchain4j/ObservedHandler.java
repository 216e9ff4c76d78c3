package dev.sonde.agent.instrumentation.langchain4j;

import dev.sonde.agent.calls.Proxies;
import dev.sonde.boot.ContextSlot;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of the application's {@code StreamingChatResponseHandler}. Each part is noted and handed on at once, in
 * the context that was current around the call: what the handler begins comes after the call and is no part of it. What
 * the handler throws reaches the library as it would without us.
 */
final class ObservedHandler implements InvocationHandler {
    private static final String COMPLETE = "onCompleteResponse";
    private static final String HANDLER = "dev.langchain4j.model.chat.response.StreamingChatResponseHandler";

    private final Object handler;
    private final StreamedCall stream;

    private ObservedHandler(Object handler, StreamedCall stream) {
        this.handler = handler;
        this.stream = stream;
    }

    /** The stand-in; null when the handler is not of the library's interface. */
    static @Nullable Object of(Object handler, StreamedCall stream) {
        Class<?> type = implemented(handler.getClass());
        if (type == null) {
            return null;
        }
        ObservedHandler observed = new ObservedHandler(handler, stream);
        stream.toldBy(observed);
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, observed);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        String name = method.getName();
        if (arguments == null || !name.startsWith("on")) {
            return Proxies.forward(handler, method, arguments);
        }
        Object value = arguments[0];
        boolean last = false;
        if (name.equals(COMPLETE)) {
            last = stream.answered(value);
        } else if (value instanceof Throwable error) {
            last = stream.failed(error);
        } else {
            stream.part(name, value);
        }
        Throwable thrown = null;
        Object before = ContextSlot.swap(stream.around());
        try {
            return Proxies.forward(handler, method, cancellable(arguments));
        } catch (Exception | Error e) {
            thrown = e;
            throw e;
        } finally {
            ContextSlot.swap(before);
            if (last) {
                stream.handedOn(value, thrown);
            }
        }
    }

    /** The same arguments; where one can cancel the stream, one that tells us too. Its holder keeps this reachable. */
    private @Nullable Object[] cancellable(@Nullable Object[] arguments) {
        return arguments.length == 2 && arguments[1] != null
                ? new @Nullable Object[] {arguments[0], StreamingHandles.observe(arguments[1], this::cancelled)}
                : arguments;
    }

    private void cancelled() {
        stream.cancelled();
    }

    private static @Nullable Class<?> implemented(@Nullable Class<?> type) {
        if (type == null || type.getName().equals(HANDLER)) {
            return type;
        }
        for (Class<?> candidate : type.getInterfaces()) {
            Class<?> found = implemented(candidate);
            if (found != null) {
                return found;
            }
        }
        return implemented(type.getSuperclass());
    }
}
