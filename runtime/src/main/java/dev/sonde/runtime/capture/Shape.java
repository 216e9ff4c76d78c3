package dev.sonde.runtime.capture;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How instances of one class are written: record components, else getters, else fields. Found once a class. */
final class Shape {

    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return new Shape(propertiesOf(type));
        }
    };

    /** Packages of JDK and framework types that are machinery and not data. */
    private static final List<String> OPAQUE_PACKAGES = List.of(
            "java.io.",
            "java.lang.",
            "java.net.",
            "java.nio.",
            "java.security.",
            "java.sql.",
            "java.util.concurrent.",
            "java.util.stream.",
            "java.util.function.",
            "javax.",
            "jakarta.servlet.",
            "jdk.",
            "sun.",
            "com.sun.",
            "io.netty.",
            "okhttp", // no whole package name: the agent gives its own copy another name, in texts too
            "org.springframework.context.",
            "org.springframework.beans.",
            "org.hibernate.",
            "reactor.",
            "io.reactivex.",
            "kotlinx.coroutines.",
            "kotlin.coroutines.",
            "org.slf4j.",
            "ch.qos.logback.",
            "org.apache.catalina.",
            "dev.sonde.runtime.",
            "dev.sonde.boot.");

    private static final long SLOW_NANOS = 100_000_000;

    /** One long read may be a pause of the JVM; the second is the class's own. */
    private static final int MAX_SLOW_READS = 2;

    private final List<Property> properties;

    /** Counted without a lock: one too few does no harm. */
    private volatile int slowReads;

    private Shape(List<Property> properties) {
        this.properties = properties;
    }

    static Shape of(Class<?> type) {
        return SHAPES.get(type);
    }

    List<Property> properties() {
        return properties;
    }

    /** Whether reading instances has held up the application so often that it is not done any more. */
    boolean isTooSlow() {
        return slowReads >= MAX_SLOW_READS;
    }

    /** Says how long the application's code ran for one value. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void took(long nanos) {
        if (nanos > SLOW_NANOS) {
            slowReads++;
        }
    }

    /** Whether the value is written as the name of its type. */
    static boolean isOpaque(Object value) {
        if (value instanceof java.util.Collection
                || value instanceof Map
                || value.getClass().isArray()) {
            return false;
        }
        Class<?> type = value.getClass();
        if (type.isHidden()
                || type.isSynthetic()
                || java.lang.reflect.Proxy.isProxyClass(type)
                || value instanceof AutoCloseable) {
            return true;
        }
        String name = type.getName();
        for (int i = 0; i < OPAQUE_PACKAGES.size(); i++) {
            if (name.startsWith(OPAQUE_PACKAGES.get(i))) {
                return true;
            }
        }
        return false;
    }

    private static List<Property> propertiesOf(Class<?> type) {
        Map<String, Property> found = new LinkedHashMap<>();
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                add(found, component.getName(), component.getAccessor());
            }
            return List.copyOf(found.values());
        }
        for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
            for (Method method : c.getDeclaredMethods()) {
                String property = propertyOf(method);
                if (property != null) {
                    add(found, property, method);
                }
            }
        }
        if (found.isEmpty()) {
            addFields(found, type);
        }
        List<Property> sorted = new ArrayList<>(found.values());
        sorted.sort(java.util.Comparator.comparing(Property::name));
        return List.copyOf(sorted);
    }

    private static void addFields(Map<String, Property> found, Class<?> type) {
        for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic() && open(field)) {
                    found.putIfAbsent(field.getName(), new Property(field.getName(), field::get));
                }
            }
        }
    }

    private static void add(Map<String, Property> found, String name, Method method) {
        if (!found.containsKey(name) && open(method)) {
            found.put(name, new Property(name, method::invoke));
        }
    }

    private static @Nullable String propertyOf(Method method) {
        String name = method.getName();
        if (method.getParameterCount() != 0
                || method.getReturnType() == void.class
                || method.isSynthetic()
                || Modifier.isStatic(method.getModifiers())
                || !Modifier.isPublic(method.getModifiers())) {
            return null;
        }
        int prefix =
                name.startsWith("get") ? 3 : name.startsWith("is") && method.getReturnType() == boolean.class ? 2 : 0;
        if (prefix == 0
                || name.length() == prefix
                || name.equals("getClass")
                || !Character.isUpperCase(name.charAt(prefix))) {
            return null;
        }
        return Character.toLowerCase(name.charAt(prefix)) + name.substring(prefix + 1);
    }

    private static boolean open(java.lang.reflect.AccessibleObject member) {
        try {
            return member.trySetAccessible();
        } catch (InaccessibleObjectException | SecurityException e) {
            return false;
        }
    }

    /** One named value of an object. */
    record Property(String name, Reader reader) {

        /** The value now, or a note when reading it fails. */
        @Nullable
        Object read(Object bean) {
            try {
                return reader.read(bean);
            } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                return "(failed: " + cause.getClass().getName() + ")";
            }
        }
    }

    /** Reads one value. */
    interface Reader {
        @Nullable
        Object read(Object bean) throws ReflectiveOperationException;
    }
}
