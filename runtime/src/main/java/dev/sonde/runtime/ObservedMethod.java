package dev.sonde.runtime;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An observed method as a weaver sees it, in JDK types only.
 *
 * @param className binary name of the declaring class
 * @param methodName {@code <init>} for constructors
 * @param parameters in order
 * @param returnsValue false for void methods and constructors
 * @param says the attributes of {@code @Observe} that were given, by name; enum constants and classes by their names,
 *     arrays as lists, everything else as it is
 */
public record ObservedMethod(
        String className,
        String methodName,
        List<Parameter> parameters,
        boolean returnsValue,
        Map<String, Object> says) {

    public ObservedMethod {
        parameters = List.copyOf(parameters);
        says = Map.copyOf(says);
    }

    /**
     * One parameter.
     *
     * @param annotations attributes of the annotations of {@code dev.sonde.annotations} on it, by simple name
     */
    public record Parameter(String name, Map<String, Map<String, Object>> annotations) {

        /** A parameter without annotations. */
        public static Parameter named(String name) {
            return new Parameter(name, Map.of());
        }

        /** One attribute of one annotation; null without the annotation, empty where it does not say. */
        public @Nullable String attribute(String annotation, String attribute) {
            Map<String, Object> values = annotations.get(annotation);
            return values == null ? null : String.valueOf(values.getOrDefault(attribute, ""));
        }
    }

    /** The parameters' names in order. */
    public List<String> parameterNames() {
        return parameters.stream().map(Parameter::name).toList();
    }

    /** The name that was given, empty when none was. */
    public String givenName() {
        String name = text("name");
        return name.isEmpty() ? text("value") : name;
    }

    /** Simple class name and method name, the name of an observation that is given none. */
    public String defaultName() {
        String simple = className.substring(className.lastIndexOf('.') + 1);
        String nested = simple.substring(simple.lastIndexOf('$') + 1);
        return methodName.equals("<init>") ? "new " + nested : nested + "." + methodName;
    }

    /** Upper-case wire name of the observation's type. */
    public String type() {
        String type = text("type");
        return type.isEmpty() ? "SPAN" : type;
    }

    /** One attribute as text, empty when it was not given. */
    public String text(String attribute) {
        return String.valueOf(says.getOrDefault(attribute, ""));
    }

    /** One attribute as texts, empty when it was not given. */
    public List<String> texts(String attribute) {
        Object value = says.get(attribute);
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        return value == null ? List.of() : List.of(value.toString());
    }
}
