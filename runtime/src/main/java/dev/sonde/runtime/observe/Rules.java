package dev.sonde.runtime.observe;

import dev.sonde.runtime.ObservedMethod;
import dev.sonde.runtime.ObservedMethod.Parameter;
import dev.sonde.runtime.export.Log;
import dev.sonde.runtime.observe.Setting.Reach;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an annotation says beyond type, capture and a constant name, ready to be applied to calls. An attribute that cannot
 * be understood is said in one line and left out; the method is observed without it.
 */
public final class Rules {

    private final ObservedMethod method;
    private final List<String> parameters;
    private final @Nullable ClassLoader loader;
    private final List<Setting> settings = new ArrayList<>();

    private final @Nullable Text name;
    private final @Nullable Path input;
    private final @Nullable Path output;
    private final @Nullable Path parent;
    private final @Nullable Path when;
    private final boolean whenNot;
    private final @Nullable Text prompt;
    private final @Nullable UserCode inputTransform;
    private final @Nullable UserCode outputTransform;
    private final @Nullable UserCode stream;
    private final @Nullable UserCode mask;

    private Rules(ObservedMethod method, @Nullable ClassLoader loader) {
        this.method = method;
        this.loader = loader;
        this.parameters = method.parameterNames();
        Text given = text("name", method.givenName());
        this.name = given == null || given.isConstant() ? null : given;
        this.input = path("input", method.text("input"));
        this.output = path("output", method.text("output"));
        this.parent = path("parent", method.text("parent"));
        String condition = method.text("when");
        this.whenNot = condition.startsWith("!");
        this.when = path("when", whenNot ? condition.substring(1) : condition);
        this.prompt = text("prompt", method.text("prompt"));
        this.inputTransform = code("inputTransform", "dev.sonde.annotations.ValueTransformer");
        this.outputTransform = code("outputTransform", "dev.sonde.annotations.ValueTransformer");
        this.stream = code("stream", "dev.sonde.annotations.StreamAggregator");
        this.mask = code("mask", "dev.sonde.annotations.Masker");
        collect();
    }

    /**
     * The rules of a method, null when it has none and a plain observation does.
     *
     * @param loader where classes that the annotation names are found; null for the system's
     */
    public static @Nullable Rules of(ObservedMethod method, @Nullable ClassLoader loader) {
        boolean plainParameters = method.parameters().stream()
                .allMatch(parameter -> parameter.annotations().isEmpty());
        boolean plain = List.of("name", "value", "type", "captureInput", "captureOutput", "inherited")
                .containsAll(method.says().keySet());
        if (plain && plainParameters && method.givenName().indexOf('{') < 0) {
            return null;
        }
        return new Rules(method, loader);
    }

    private void collect() {
        own("langfuse.observation.model.name", Reach.OWN, "model");
        own("user.id", Reach.BELOW, "userId");
        own("session.id", Reach.BELOW, "sessionId");
        own("langfuse.trace.name", Reach.BELOW, "traceName");
        own("langfuse.version", Reach.BELOW, "version");
        own("langfuse.environment", Reach.BELOW, "environment");
        for (String tag : method.texts("tags")) {
            add("langfuse.trace.tags", Reach.TAGS, text("tags", tag));
        }
        named("metadata").forEach((key, path) -> add("langfuse.observation.metadata." + key, Reach.OWN_VALUE, path));
        named("traceMetadata")
                .forEach((key, path) -> add("langfuse.trace.metadata." + key, Reach.BELOW, Text.of(path)));
        group("langfuse.observation.model.parameters", "modelParameters");
        group("langfuse.observation.usage_details", "usage");
        group("langfuse.observation.cost_details", "cost");
        for (int i = 0; i < parameters.size(); i++) {
            parameter(i, method.parameters().get(i));
        }
    }

    private void parameter(int index, Parameter parameter) {
        role(index, parameter.attribute("UserId", "value"), "user.id", Reach.BELOW);
        role(index, parameter.attribute("SessionId", "value"), "session.id", Reach.BELOW);
        role(index, parameter.attribute("Tag", "value"), "langfuse.trace.tags", Reach.TAGS);
        role(index, parameter.attribute("Model", "value"), "langfuse.observation.model.name", Reach.OWN);
        String key = parameter.attribute("Metadata", "value");
        if (key != null) {
            String named = key.isEmpty() ? parameter.name() : key;
            role(
                    index,
                    parameter.attribute("Metadata", "path"),
                    "langfuse.observation.metadata." + named,
                    Reach.OWN_VALUE);
        }
    }

    private void role(int index, @Nullable String rest, String attribute, Reach reach) {
        if (rest == null) {
            return;
        }
        try {
            Path path = Path.ofArgument(index, rest);
            boolean asValue = reach == Reach.OWN_VALUE || reach == Reach.TAGS;
            add(attribute, reach, asValue ? path : Text.of(path));
        } catch (IllegalArgumentException e) {
            complain(attribute, e);
        }
    }

    private void own(String attribute, Reach reach, String said) {
        add(attribute, reach, text(said, method.text(said)));
    }

    private void group(String attribute, String said) {
        Map<String, Path> paths = named(said);
        if (!paths.isEmpty()) {
            add(attribute, Reach.OWN_VALUE, paths);
        }
    }

    private void add(String attribute, Reach reach, @Nullable Object source) {
        if (source != null) {
            settings.add(new Setting(attribute, reach, source));
        }
    }

    /** Entries of the form {@code name=path}. */
    private Map<String, Path> named(String said) {
        Map<String, Path> paths = new LinkedHashMap<>();
        for (String entry : method.texts(said)) {
            int equals = entry.indexOf('=');
            Path path = path(said, equals < 0 ? entry : entry.substring(equals + 1));
            if (path != null) {
                paths.put((equals < 0 ? entry : entry.substring(0, equals)).strip(), path);
            }
        }
        return paths;
    }

    private @Nullable Path path(String said, String path) {
        try {
            return path.isBlank() ? null : Path.parse(path, parameters);
        } catch (IllegalArgumentException e) {
            complain(said, e);
            return null;
        }
    }

    private @Nullable Text text(String said, String text) {
        try {
            return text.isEmpty() ? null : Text.parse(text, parameters);
        } catch (IllegalArgumentException e) {
            complain(said, e);
            return null;
        }
    }

    private @Nullable UserCode code(String said, String none) {
        String className = method.text(said);
        return className.isEmpty() || className.equals(none) ? null : new UserCode(className, loader);
    }

    private void complain(String said, IllegalArgumentException problem) {
        Log.warn(
                method.className() + "#" + method.methodName() + "#" + said,
                method.className() + "." + method.methodName() + ": " + said + " is left out: " + problem.getMessage());
    }

    /** Whether a call must hand over its result even when it is not captured. */
    public boolean needsResult() {
        return settings.stream().anyMatch(Setting::needsEnd)
                || (name != null && name.needsEnd())
                || (output != null && output.needsEnd())
                || (prompt != null && prompt.needsEnd());
    }

    /** Whether this call is to be observed. */
    public boolean observes(Invocation call) {
        return when == null || truth(when.in(call)) != whenNot;
    }

    /** What to nest in instead of the current observation, as the application says it; null when it says nothing. */
    public @Nullable Object parent(Invocation call) {
        return parent == null ? null : parent.in(call);
    }

    /** The name of one call's observation; null where the method's own name stays. */
    public @Nullable String name(Invocation call, boolean ended) {
        return name == null || name.needsEnd() != ended ? null : name.in(call);
    }

    /** Whether the input is what a path leads to, and not the arguments. */
    public boolean replacesInput() {
        return input != null;
    }

    /** Whether the output is what a path leads to, and not the result. */
    public boolean replacesOutput() {
        return output != null;
    }

    /** The recorded input, before its transformation. */
    public @Nullable Object input(Invocation call) {
        return input == null ? null : input.in(call);
    }

    /** The recorded output, before its transformation. */
    public @Nullable Object output(Invocation call) {
        return output == null ? call.result() : output.in(call);
    }

    /** Prompt name and version as {@code name@version}; null for none, or not at this end of the call. */
    public @Nullable String prompt(Invocation call, boolean ended) {
        return prompt == null || prompt.needsEnd() != ended ? null : prompt.in(call);
    }

    /** What else is recorded. */
    public List<Setting> settings() {
        return settings;
    }

    public @Nullable UserCode inputTransform() {
        return inputTransform;
    }

    public @Nullable UserCode outputTransform() {
        return outputTransform;
    }

    /** Makes the output of a streamed result's elements. */
    public @Nullable UserCode stream() {
        return stream;
    }

    /** Changes recorded texts on their way out. */
    public @Nullable UserCode mask() {
        return mask;
    }

    private static boolean truth(@Nullable Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        if (value instanceof CharSequence text) {
            return !text.isEmpty();
        }
        return value instanceof java.util.Collection<?> many ? !many.isEmpty() : value != null;
    }
}
