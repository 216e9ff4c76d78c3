package dev.sonde.runtime;

import dev.sonde.runtime.context.Attributes;
import dev.sonde.runtime.context.Context;
import dev.sonde.runtime.context.TraceState;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** What is said of an observation, and how that is sent. Written by one thread at a time. */
public abstract class Recording extends Context {

    static final String METADATA = "langfuse.observation.metadata.";

    String type;
    String name;

    @Nullable
    Object input;

    @Nullable
    Object output;
    /** Name, value, name, value …; null until the first one. */
    @Nullable
    Object @Nullable [] attributes;

    boolean failed;
    private boolean replaced;

    Recording(Attributes inherited, String type, String name) {
        super(inherited);
        this.type = type;
        this.name = name;
    }

    /** The trace it belongs to. */
    public abstract TraceState trace();

    /** The type's wire name in upper case, such as {@code GENERATION}. */
    public String type() {
        return type;
    }

    public String name() {
        return name;
    }

    /** What went in: a string as it is, anything else JSON text made at that moment; null when not recorded. */
    public @Nullable Object input() {
        return input;
    }

    /** As {@link #input()}. */
    public @Nullable Object output() {
        return output;
    }

    /** Whether the level is ERROR. */
    public boolean failed() {
        return failed;
    }

    /** Name, value, name, value …, null behind the last; null when there are none. Not to be changed. */
    public @Nullable Object @Nullable [] attributes() {
        return attributes;
    }

    /** Characters of what the application said: input, output and attributes of its own. */
    public long textLength() {
        long length = length(input) + length(output);
        @Nullable Object[] slots = attributes;
        for (int i = 1; slots != null && i < slots.length; i += 2) {
            length += length(slots[i]);
        }
        return length;
    }

    private static long length(@Nullable Object value) {
        return value instanceof String text ? text.length() : 0;
    }

    /** What is sent, by name: {@code name}, {@code type}, {@code input}, {@code output} and wire attributes. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new HashMap<>();
        fields.putAll(inherited().values());
        fields.putAll(trace().attributes().values());
        Slots.addTo(fields, attributes);
        fields.put("name", name);
        fields.put("type", type.toLowerCase(Locale.ROOT));
        if (input != null) {
            fields.put("input", input);
        }
        if (output != null) {
            fields.put("output", output);
        }
        return fields;
    }

    /** Sends these fields instead; what holds around it is not added any more. Only after the end, by the exporter. */
    public void replace(Map<String, Object> fields) {
        input = fields.remove("input");
        output = fields.remove("output");
        name = String.valueOf(fields.getOrDefault("name", name));
        type = String.valueOf(fields.getOrDefault("type", type)).toUpperCase(Locale.ROOT);
        fields.keySet().removeAll(Set.of("name", "type"));
        attributes = Slots.of(fields);
        replaced = true;
    }

    /**
     * Replaces recorded texts. Only after the end, by the exporter.
     *
     * @param rewriting from where a text is recorded ({@code input}, {@code output} or {@code metadata}) and the text to
     *     what is sent instead
     */
    public void rewriteTexts(BinaryOperator<String> rewriting) {
        input = input instanceof String text ? rewriting.apply("input", text) : input;
        output = output instanceof String text ? rewriting.apply("output", text) : output;
        @Nullable Object[] slots = attributes;
        for (int i = 0; slots != null && i < slots.length && slots[i] instanceof String name; i += 2) {
            if (name.startsWith(METADATA) && slots[i + 1] instanceof String text) {
                slots[i + 1] = rewriting.apply("metadata", text);
            }
        }
    }

    /** What holds for all around it and is to be sent with it. */
    public Attributes around() {
        return replaced ? Attributes.NONE : inherited().with(trace().attributes());
    }

    /** The attribute of that name, or null. */
    public @Nullable Object attribute(String attribute) {
        return Slots.get(attributes, attribute);
    }
}
