package dev.sonde.agent.instrumentation.bedrock;

import dev.sonde.agent.calls.Fold;
import dev.sonde.agent.calls.ModelCall;
import dev.sonde.agent.calls.Proxies;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of the handler that the application gives a stream to, and sees the events as they go by. They are seen
 * with the SDK's own operators, at the pace at which the application asks for them. The end of the call is that of the
 * operation's future, for the SDK may begin a failed stream anew.
 */
final class StreamHandlers implements InvocationHandler {
    private final Object target;
    private final ModelCall call;
    private final boolean converse;
    private volatile @Nullable String requestId;

    private StreamHandlers(Object target, ModelCall call, boolean converse) {
        this.target = target;
        this.call = call;
        this.converse = converse;
    }

    /** A stand-in for the handler; the handler itself when it is of no type known here. */
    static Object observe(Object handler, ModelCall call, boolean converse) {
        String type = converse ? "ConverseStreamResponseHandler" : "InvokeModelWithResponseStreamResponseHandler";
        Object observed = Proxies.of(handler, type, new StreamHandlers(handler, call, converse));
        call.streaming(fold(converse, null));
        return observed;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (arguments != null && arguments.length == 1 && arguments[0] != null) {
            if (method.getName().equals("responseReceived")) {
                requestId = BedrockSite.requestId(arguments[0]);
            } else if (method.getName().equals("onEventStream")) {
                return Proxies.forward(target, method, new Object[] {observed(arguments[0])});
            }
        }
        return Proxies.forward(target, method, arguments);
    }

    /** The publisher with our eyes on it; itself when this version's cannot be watched. */
    private Object observed(Object publisher) {
        call.streaming(fold(converse, requestId));
        Function<Object, Object> seen = event -> {
            call.part(event);
            return event;
        };
        Runnable cancelled = call::closed;
        Object watched = apply(publisher, "map", Function.class, seen);
        return apply(watched, "doAfterOnCancel", Runnable.class, cancelled);
    }

    private static Fold fold(boolean converse, @Nullable String requestId) {
        if (converse) {
            ConverseParts parts = new ConverseParts();
            parts.requestId(requestId);
            return parts;
        }
        InvokeParts parts = new InvokeParts();
        parts.requestId(requestId);
        return parts;
    }

    private static Object apply(Object publisher, String operator, Class<?> type, Object argument) {
        for (Class<?> current = publisher.getClass(); current != null; current = current.getSuperclass()) {
            for (Class<?> implemented : current.getInterfaces()) {
                if (implemented.getSimpleName().equals("SdkPublisher")) {
                    try {
                        return implemented.getMethod(operator, type).invoke(publisher, argument);
                    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
                        return publisher;
                    }
                }
            }
        }
        return publisher;
    }
}
