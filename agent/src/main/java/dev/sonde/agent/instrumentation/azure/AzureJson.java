package dev.sonde.agent.instrumentation.azure;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the library's objects as the JSON that it sends and receives, in the way it does. For any thread. */
final class AzureJson {
    /** By class of what is written. */
    private static final ClassValue<Optional<Method>> WRITERS = new ClassValue<>() {
        @Override
        protected Optional<Method> computeValue(Class<?> type) {
            try {
                return Optional.of(Class.forName("com.azure.core.util.BinaryData", false, type.getClassLoader())
                        .getMethod("fromObject", Object.class));
            } catch (ReflectiveOperationException | LinkageError e) {
                return Optional.empty();
            }
        }
    };

    private AzureJson() {}

    /** JSON text; null for null and for what cannot be written. */
    static @Nullable String of(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        Optional<Method> writer = WRITERS.get(value.getClass());
        try {
            return writer.isEmpty() ? null : writer.get().invoke(null, value).toString();
        } catch (IllegalAccessException | InvocationTargetException e) {
            return null;
        }
    }
}
