package dev.sonde.agent.instrumentation.langchain4j;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.ModelCall;
import dev.sonde.agent.calls.Proxies;
import dev.sonde.agent.instrumentation.langchain4j.StreamingChatSite.Scope;
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
    private final Scope scope;

    private ObservedHandler(Object handler, Scope scope) {
        this.handler = handler;
        this.scope = scope;
    }

    /** The stand-in; null when the handler is not of the library's interface. */
    static @Nullable Object of(Object handler, Scope scope) {
        Class<?> type = implemented(handler.getClass());
        return type == null
                ? null
                : Proxy.newProxyInstance(
                        type.getClassLoader(), new Class<?>[] {type}, new ObservedHandler(handler, scope));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        String name = method.getName();
        if (arguments == null || !name.startsWith("on")) {
            return Proxies.forward(handler, method, arguments);
        }
        Object value = arguments[0];
        ModelCall call = scope.call();
        if (name.equals(COMPLETE)) {
            Models.name(call, value);
            call.answered(() -> Models.answered(value));
        } else if (value instanceof Throwable error) {
            call.failed(Models.failure(error));
        } else {
            call.part(new StreamedParts.Part(name, value));
        }
        Object before = ContextSlot.swap(scope.around());
        Throwable thrown = null;
        try {
            return Proxies.forward(handler, method, arguments);
        } catch (Exception | Error e) {
            thrown = e;
            throw e;
        } finally {
            ContextSlot.swap(before);
            handedOn(name, arguments, thrown);
        }
    }

    /** The handler has returned, or thrown. */
    private void handedOn(String name, @Nullable Object[] arguments, @Nullable Throwable thrown) {
        ServiceCall service = scope.service();
        if (arguments.length == 2 && cancelled(arguments[1])) {
            scope.call().closed();
            if (service != null) {
                service.cancelled();
            }
        } else if (service != null && name.equals(COMPLETE) && thrown == null) {
            service.closed(arguments[0]);
        } else if (service != null && thrown != null && name.equals(COMPLETE)) {
            service.closedWith(thrown);
        } else if (service != null && arguments[0] instanceof Throwable error) {
            service.closedWith(error);
        }
    }

    private static boolean cancelled(@Nullable Object context) {
        return Boolean.TRUE.equals(LibraryObjects.get(LibraryObjects.get(context, "streamingHandle"), "isCancelled"));
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
