package dev.sonde.agent.instrumentation.langchain4j;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a request sets beside its messages: the common parameters, and those that only one provider knows. */
final class Parameters {
    /** Recorded elsewhere, or said by another method too. */
    private static final Set<String> LEFT_OUT =
            Set.of("modelName", "toolSpecifications", "responseFormat", "toString", "hashCode", "getClass");

    private static final ClassValue<List<Method>> GETTERS = new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> type) {
            List<Method> getters = new ArrayList<>();
            for (Method method : type.getMethods()) {
                if (method.getParameterCount() == 0
                        && !Modifier.isStatic(method.getModifiers())
                        && !method.isBridge()
                        && Modifier.isPublic(method.getDeclaringClass().getModifiers())
                        && !LEFT_OUT.contains(method.getName())) {
                    getters.add(method);
                }
            }
            getters.sort(Comparator.comparing(Method::getName));
            return getters;
        }
    };

    private Parameters() {}

    /**
     * The parameters that are set, by the names they have on most wires, as the JSON text of an object.
     *
     * @param parameters the library's object; null for none
     */
    static String of(@Nullable Object parameters, @Nullable String responseFormat, boolean streaming) {
        Json json = new Json();
        if (parameters != null) {
            for (Method getter : GETTERS.get(parameters.getClass())) {
                Object value = read(getter, parameters);
                boolean empty = (value instanceof List<?> list && list.isEmpty())
                        || (value instanceof Map<?, ?> map && map.isEmpty());
                if (!empty) {
                    json.value(wireName(getter.getName()), value);
                }
            }
        }
        return json.raw("response_format", responseFormat)
                .raw("stream", streaming ? "true" : null)
                .toString();
    }

    /** {@code maxOutputTokens} as {@code max_output_tokens}. */
    static String wireName(String name) {
        StringBuilder wire = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            wire.append(Character.isUpperCase(c) ? "_" : "").append(Character.toLowerCase(c));
        }
        return wire.toString().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Object read(Method getter, Object parameters) {
        try {
            return getter.invoke(parameters);
        } catch (IllegalAccessException | InvocationTargetException e) {
            return null;
        }
    }
}
