package dev.sonde.agent.instrumentation.dashscope;

import dev.sonde.agent.calls.ColdCall;
import dev.sonde.boot.SiteHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** A stream that comes as a Flowable of RxJava 2, for which the request is sent when somebody subscribes. */
final class FlowableSite implements SiteHandler {
    private static final String FLOWABLE = "io.reactivex.Flowable";
    private static final String PUBLISHER = "org.reactivestreams.Publisher";

    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object @Nullable [] arguments) {
        return arguments == null ? null : DashScopeCall.of(arguments[0], true);
    }

    @Override
    public @Nullable Object exit(Object scope, @Nullable Object result, @Nullable Throwable error) {
        if (error != null || result == null) {
            return result;
        }
        DashScopeCall asked = (DashScopeCall) scope;
        Object followed = ColdCall.follow(result, PUBLISHER, () -> asked.start(true), asked::answered);
        return followed == null || followed == result ? result : flowable(result, followed);
    }

    /** The publisher as what the method declares; the stream itself, not observed, where that cannot be made. */
    private static Object flowable(Object stream, Object publisher) {
        for (Class<?> type = stream.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals(FLOWABLE)) {
                for (Method method : type.getMethods()) {
                    if (method.getName().equals("fromPublisher") && method.getParameterCount() == 1) {
                        try {
                            Object made = method.invoke(null, publisher);
                            return made == null ? stream : made;
                        } catch (IllegalAccessException | InvocationTargetException e) {
                            return stream;
                        }
                    }
                }
            }
        }
        return stream;
    }
}
