package dev.sonde.runtime.capture;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Reads one named property of any object: a map's key, an accessor, a getter, or a field. */
public final class Properties {

    private static final ClassValue<Map<String, Optional<Shape.Reader>>> READERS = new ClassValue<>() {
        @Override
        protected Map<String, Optional<Shape.Reader>> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    private Properties() {}

    /** The property's value now; null when there is none of that name, or when reading it fails. */
    @SuppressWarnings("IllegalCatch") // the application's accessors may throw anything, a StackOverflowError included
    public static @Nullable Object read(Object bean, String name) {
        try {
            if (bean instanceof Map<?, ?> map) {
                return map.get(name);
            }
            if (name.equals("length") && bean.getClass().isArray()) {
                return java.lang.reflect.Array.getLength(bean);
            }
            Optional<Shape.Reader> reader =
                    READERS.get(bean.getClass()).computeIfAbsent(name, n -> find(bean.getClass(), n));
            return reader.isPresent() ? reader.get().read(bean) : null;
        } catch (Throwable e) {
            return null;
        }
    }

    private static Optional<Shape.Reader> find(Class<?> type, String name) {
        String capital = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        for (String accessor : new String[] {name, "get" + capital, "is" + capital}) {
            for (Class<?> c = type; c != null; c = c.getSuperclass()) {
                Optional<Shape.Reader> found = accessor(c, accessor);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if (field.getName().equals(name) && !Modifier.isStatic(field.getModifiers()) && open(field)) {
                    return Optional.of(field::get);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Shape.Reader> accessor(Class<?> type, String name) {
        Optional<Shape.Reader> found = declared(type, name);
        for (Class<?> implemented : type.getInterfaces()) {
            // a public interface opens what a class hidden in a module has of it
            found = found.isPresent() ? found : accessor(implemented, name);
        }
        return found;
    }

    private static Optional<Shape.Reader> declared(Class<?> type, String name) {
        for (Method method : type.getDeclaredMethods()) {
            if (method.getName().equals(name)
                    && method.getParameterCount() == 0
                    && method.getReturnType() != void.class
                    && !Modifier.isStatic(method.getModifiers())
                    && open(method)) {
                return Optional.of(method::invoke);
            }
        }
        return Optional.empty();
    }

    private static boolean open(AccessibleObject member) {
        try {
            return member.trySetAccessible()
                    || (member instanceof Method method
                            && Modifier.isPublic(method.getModifiers())
                            && Modifier.isPublic(method.getDeclaringClass().getModifiers())
                            && method.getDeclaringClass()
                                    .getModule()
                                    .isExported(method.getDeclaringClass().getPackageName()));
        } catch (RuntimeException e) {
            return false;
        }
    }
}
