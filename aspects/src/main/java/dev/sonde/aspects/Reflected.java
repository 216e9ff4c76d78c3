package dev.sonde.aspects;

import dev.sonde.annotations.Observe;
import dev.sonde.runtime.ObservedMethod.Parameter;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Array;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.aspectj.lang.reflect.CodeSignature;
import org.aspectj.lang.reflect.ConstructorSignature;
import org.aspectj.lang.reflect.MethodSignature;
import org.jspecify.annotations.Nullable;

/** Reads by reflection what annotations say of a woven method, in the form the runtime takes it. */
final class Reflected {

    private static final String ANNOTATIONS = Observe.class.getPackageName();

    private Reflected() {}

    /** What the method's own annotation says; else its stereotype's; else its type's; else an inherited one's. */
    static Map<String, Object> says(Executable code) {
        Map<String, Object> own = onElement(code);
        if (own != null) {
            return own;
        }
        Map<String, Object> ofType = onElement(code.getDeclaringClass());
        if (ofType != null) {
            Map<String, Object> unnamed = new HashMap<>(ofType);
            unnamed.keySet().removeAll(List.of("name", "value"));
            return unnamed;
        }
        Map<String, Object> inherited = code instanceof Method method ? inherited(method) : null;
        if (inherited != null) {
            return inherited;
        }
        throw new IllegalStateException(code + " is woven but not annotated");
    }

    static List<Parameter> parameters(CodeSignature signature, Executable code) {
        @Nullable String[] names = signature.getParameterNames();
        names = names == null ? ParameterNames.of(code) : names;
        Annotation[][] annotations = code.getParameterAnnotations();
        List<Parameter> parameters = new ArrayList<>();
        int count = signature.getParameterTypes().length;
        int implicit = count - annotations.length; // an inner class's constructor has one more than it declares
        for (int i = 0; i < count; i++) {
            Map<String, Map<String, Object>> found = new HashMap<>();
            for (Annotation annotation : i < implicit ? new Annotation[0] : annotations[i - implicit]) {
                Class<? extends Annotation> type = annotation.annotationType();
                if (type.getPackageName().equals(ANNOTATIONS)) {
                    found.put(type.getSimpleName(), given(annotation));
                }
            }
            String name = names == null || names[i] == null ? null : names[i];
            parameters.add(new Parameter(name == null ? "arg" + i : name, found));
        }
        return parameters;
    }

    /** The code that runs; of a method known by its interface, the one of the object it is called on. */
    static Executable code(CodeSignature signature, @Nullable Object target) {
        if (!(signature instanceof MethodSignature named)) {
            return ((ConstructorSignature) signature).getConstructor();
        }
        Method method = named.getMethod();
        if (target == null || !method.getDeclaringClass().isInterface()) {
            return method;
        }
        try {
            return target.getClass().getMethod(method.getName(), method.getParameterTypes());
        } catch (NoSuchMethodException e) {
            return method;
        }
    }

    private static @Nullable Map<String, Object> onElement(AnnotatedElement element) {
        Observe own = element.getAnnotation(Observe.class);
        if (own != null) {
            return given(own);
        }
        for (Annotation annotation : element.getAnnotations()) {
            Observe meta = annotation.annotationType().getAnnotation(Observe.class);
            if (meta != null) {
                Map<String, Object> says = new HashMap<>(given(meta));
                given(annotation).forEach((name, value) -> {
                    if (name.equals("value") || name.equals("name")) {
                        says.put("name", value);
                    }
                });
                return says;
            }
        }
        return null;
    }

    private static @Nullable Map<String, Object> inherited(Method method) {
        for (Class<?> type = method.getDeclaringClass(); type != null; type = type.getSuperclass()) {
            Map<String, Object> found = inheritedFrom(type, method);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable Map<String, Object> inheritedFrom(Class<?> type, Method method) {
        try {
            Map<String, Object> says = onElement(type.getDeclaredMethod(method.getName(), method.getParameterTypes()));
            if (says != null && Boolean.TRUE.equals(says.get("inherited"))) {
                return says;
            }
        } catch (NoSuchMethodException e) {
            // not declared here: its interfaces may declare it
        }
        for (Class<?> parent : type.getInterfaces()) {
            Map<String, Object> found = inheritedFrom(parent, method);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** The attributes that differ from their defaults. */
    private static Map<String, Object> given(Annotation annotation) {
        Map<String, Object> values = new HashMap<>();
        for (Method attribute : annotation.annotationType().getDeclaredMethods()) {
            if (attribute.getParameterCount() != 0 || Modifier.isStatic(attribute.getModifiers())) {
                continue;
            }
            try {
                attribute.setAccessible(true);
                Object value = plain(attribute.invoke(annotation));
                Object byDefault = attribute.getDefaultValue();
                if (byDefault == null || !Objects.equals(value, plain(byDefault))) {
                    values.put(attribute.getName(), value);
                }
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException("cannot read " + annotation, e);
            }
        }
        return values;
    }

    private static Object plain(Object value) {
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof Class<?> type) {
            return type.getName();
        }
        if (!value.getClass().isArray()) {
            return value;
        }
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < Array.getLength(value); i++) {
            elements.add(plain(Array.get(value, i)));
        }
        return elements;
    }
}
