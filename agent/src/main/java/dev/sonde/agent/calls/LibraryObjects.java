package dev.sonde.agent.calls;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads objects of the application's copy of a library by member name, so that nothing here links to one version of
 * it. Members are looked up once a class and cached with the class. May be called from any thread.
 */
public final class LibraryObjects {
    /** By method name, with the number of parameters where there are some; an empty value means there is no such method. */
    private static final ClassValue<Map<String, Optional<Method>>> METHODS = new ClassValue<>() {
        @Override
        protected Map<String, Optional<Method>> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    private static final ClassValue<Map<String, Optional<Field>>> FIELDS = new ClassValue<>() {
        @Override
        protected Map<String, Optional<Field>> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    private LibraryObjects() {}

    /**
     * What the object's public method without parameters returns, an {@link Optional} unwrapped; null when it returns
     * nothing, when there is no such method, and when it throws, as accessors do on answers of other providers that
     * lack a field.
     */
    public static @Nullable Object get(@Nullable Object target, String method) {
        return target == null ? null : invoke(target, method);
    }

    /** The same, as text; an enumeration of the library by its name on the wire. */
    public static @Nullable String text(@Nullable Object target, String method) {
        Object value = get(target, method);
        return value == null ? null : value.toString();
    }

    /** The value of the object's field, private or inherited ones too; null when it cannot be read. */
    public static @Nullable Object field(@Nullable Object target, String name) {
        if (target == null) {
            return null;
        }
        Optional<Field> field =
                FIELDS.get(target.getClass()).computeIfAbsent(name, missing -> findField(target.getClass(), missing));
        try {
            return field.isPresent() ? field.get().get(target) : null;
        } catch (IllegalAccessException e) {
            return null;
        }
    }

    /**
     * The value of a public constant of a class that the object's class can see.
     *
     * @return null when there is no such class or constant
     */
    public static @Nullable Object constant(Object beside, String className, String name) {
        try {
            Class<?> type = Class.forName(className, true, beside.getClass().getClassLoader());
            return type.getField(name).get(null);
        } catch (ReflectiveOperationException | LinkageError | NullPointerException e) {
            return null; // the last is thrown for a field that is not static
        }
    }

    /**
     * What a public static method without parameters returns, of a class that the object's class can see.
     *
     * @return null when there is no such class or method, or when it throws
     */
    public static @Nullable Object produced(Object beside, String className, String method) {
        try {
            Class<?> type = Class.forName(className, true, beside.getClass().getClassLoader());
            return type.getMethod(method).invoke(null);
        } catch (ReflectiveOperationException | LinkageError | NullPointerException e) {
            return null; // the last is thrown for a method that is not static
        }
    }

    /**
     * What the object's public method of that name with as many parameters returns, as {@link #get}; meant for methods
     * that are not overloaded with the same number.
     */
    public static @Nullable Object call(@Nullable Object target, String method, @Nullable Object... arguments) {
        return target == null ? null : invoke(target, method, arguments);
    }

    /** The same, of several methods of that name the one with this parameter. */
    public static @Nullable Object callWith(
            @Nullable Object target, String method, Class<?> parameterType, Object argument) {
        for (Class<?> type = target == null ? null : target.getClass(); type != null; type = type.getSuperclass()) {
            try {
                Method found = type.getMethod(method, parameterType);
                if (Modifier.isPublic(found.getDeclaringClass().getModifiers())) {
                    return found.invoke(target, argument);
                }
            } catch (ReflectiveOperationException | LinkageError e) {
                // maybe one class further up
            }
        }
        return null;
    }

    /** The object as the mapper of a client's options writes it, which is what goes over the wire; null when it cannot. */
    public static @Nullable String json(@Nullable Object clientOptions, @Nullable Object value) {
        Object mapper = get(clientOptions, "jsonMapper");
        return mapper == null || value == null ? null : (String) invoke(mapper, "writeValueAsString", value);
    }

    private static @Nullable Object invoke(Object target, String name, @Nullable Object... arguments) {
        String key = arguments.length == 0 ? name : name + '/' + arguments.length;
        Map<String, Optional<Method>> methods = METHODS.get(target.getClass());
        Optional<Method> method = methods.get(key);
        if (method == null) {
            method = methods.computeIfAbsent(key, missing -> find(target.getClass(), name, arguments.length));
        }
        if (method.isEmpty()) {
            return null;
        }
        try {
            Object value = method.get().invoke(target, arguments);
            return value instanceof Optional<?> optional ? optional.orElse(null) : value;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return null;
        }
    }

    private static Optional<Field> findField(Class<?> type, String name) {
        for (Class<?> current = type; current != null; current = current.getSuperclass()) {
            try {
                Field field = current.getDeclaredField(name);
                return field.trySetAccessible() ? Optional.of(field) : Optional.empty();
            } catch (NoSuchFieldException e) {
                // maybe one class further up
            }
        }
        return Optional.empty();
    }

    /** The method as declared by a public type, for the object's own class may not be. */
    private static Optional<Method> find(Class<?> type, String name, int parameters) {
        try {
            return findDeclared(type, name, parameters);
        } catch (LinkageError e) {
            return Optional.empty(); // its other methods name types that the application does not have
        }
    }

    private static Optional<Method> findDeclared(Class<?> type, String name, int parameters) {
        for (Class<?> current = type; current != null; current = current.getSuperclass()) {
            Optional<Method> found = declared(current, name, parameters);
            if (found.isPresent()) {
                return found;
            }
            for (Class<?> implemented : current.getInterfaces()) {
                Optional<Method> inherited = findDeclared(implemented, name, parameters);
                if (inherited.isPresent()) {
                    return inherited;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Method> declared(Class<?> type, String name, int parameters) {
        if (!Modifier.isPublic(type.getModifiers())) {
            return Optional.empty();
        }
        for (Method method : type.getMethods()) {
            if (method.getName().equals(name)
                    && method.getParameterCount() == parameters
                    && Modifier.isPublic(method.getDeclaringClass().getModifiers())
                    && !Modifier.isStatic(method.getModifiers())) {
                method.trySetAccessible(); // public as it is; the check of each call is left out
                return Optional.of(method);
            }
        }
        return Optional.empty();
    }
}
