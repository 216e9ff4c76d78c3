package dev.sonde.agent.calls;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Stand-ins for objects of a library, made beside the library's own interfaces. */
public final class Proxies {
    private Proxies() {}

    /** A proxy for the interface of that simple name; the object itself when it has no such interface. */
    public static Object of(Object target, String interfaceName, InvocationHandler handler) {
        for (Class<?> type = target.getClass(); type != null; type = type.getSuperclass()) {
            for (Class<?> implemented : type.getInterfaces()) {
                if (implemented.getSimpleName().equals(interfaceName)) {
                    return Proxy.newProxyInstance(implemented.getClassLoader(), new Class<?>[] {implemented}, handler);
                }
            }
        }
        return target;
    }

    /** Calls the object itself; throws what that throws. */
    public static @Nullable Object forward(Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
