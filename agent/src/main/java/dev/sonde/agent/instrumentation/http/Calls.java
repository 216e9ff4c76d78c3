package dev.sonde.agent.instrumentation.http;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Calls the application's copies of HTTP libraries by member name, so that nothing here links to one version of them.
 * Members are looked up once a class and cached with the class. May be called from any thread.
 */
final class Calls {

    private static final ClassValue<Map<String, Optional<Method>>> METHODS = new ClassValue<>() {
        @Override
        protected Map<String, Optional<Method>> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    private Calls() {}

    /** What the object's public method returns; null also when there is none that can be called, or when it throws. */
    static @Nullable Object call(@Nullable Object target, String name, Object... arguments) {
        if (target == null) {
            return null;
        }
        Optional<Method> method = METHODS.get(target.getClass())
                .computeIfAbsent(name + arguments.length, key -> find(target.getClass(), name, arguments));
        try {
            return method.isPresent() ? method.get().invoke(target, arguments) : null;
        } catch (IllegalAccessException | InvocationTargetException | IllegalArgumentException e) {
            return null; // the request goes out as it is
        }
    }

    /** As {@link #call}, for a static method of one of the object's interfaces that takes the object. */
    static @Nullable Object callStatic(@Nullable Object target, String name) {
        for (Class<?> implemented :
                target == null ? new Class<?>[0] : target.getClass().getInterfaces()) {
            for (Method method : implemented.getMethods()) {
                if (method.getName().equals(name)
                        && method.getParameterCount() == 1
                        && target != null
                        && method.getParameterTypes()[0] == implemented) {
                    try {
                        return method.invoke(null, target);
                    } catch (IllegalAccessException | InvocationTargetException e) {
                        return null;
                    }
                }
            }
        }
        return null;
    }

    /** The value of the object's own field; null when there is none that can be read. */
    static @Nullable Object field(Object target, String name) {
        try {
            Field field = target.getClass().getDeclaredField(name);
            return field.trySetAccessible() ? field.get(target) : null;
        } catch (NoSuchFieldException | IllegalAccessException e) {
            return null;
        }
    }

    private static Optional<Method> find(Class<?> type, String name, Object[] arguments) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            Optional<Method> found = declared(c, name, arguments);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<Method> declared(Class<?> type, String name, Object[] arguments) {
        for (Method method : type.getDeclaredMethods()) {
            if (method.getName().equals(name) && takes(method, arguments) && method.trySetAccessible()) {
                return Optional.of(method);
            }
        }
        for (Class<?> implemented : type.getInterfaces()) {
            Optional<Method> found = declared(implemented, name, arguments);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static boolean takes(Method method, Object[] arguments) {
        Class<?>[] types = method.getParameterTypes();
        if (types.length != arguments.length || method.isBridge()) {
            return false;
        }
        for (int i = 0; i < types.length; i++) {
            if (!types[i].isInstance(arguments[i])) {
                return false;
            }
        }
        return true;
    }
}
