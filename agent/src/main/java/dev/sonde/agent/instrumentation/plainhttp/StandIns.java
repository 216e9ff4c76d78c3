package dev.sonde.agent.instrumentation.plainhttp;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stand-ins that have every interface of what they stand in for, since clients ask for more than one. */
final class StandIns {
    private StandIns() {}

    /** The stand-in; the object itself when it has no interfaces, or not such that one class can have them. */
    static Object of(Object target, InvocationHandler handler) {
        Set<Class<?>> all = new LinkedHashSet<>();
        collect(target.getClass(), all);
        try {
            return all.isEmpty()
                    ? target
                    : Proxy.newProxyInstance(target.getClass().getClassLoader(), all.toArray(new Class<?>[0]), handler);
        } catch (IllegalArgumentException e) {
            return target;
        }
    }

    private static void collect(@Nullable Class<?> type, Set<Class<?>> all) {
        if (type == null) {
            return;
        }
        for (Class<?> implemented : type.getInterfaces()) {
            if (Modifier.isPublic(implemented.getModifiers()) && all.add(implemented)) {
                collect(implemented, all);
            }
        }
        collect(type.getSuperclass(), all);
    }
}
