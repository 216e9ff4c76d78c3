package dev.sonde.agent.stores;

import dev.sonde.agent.calls.JsonText;
import dev.sonde.agent.calls.LibraryObjects;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Messages of Protocol Buffers as JSON: the fields that are set, by the names of the schema. */
final class Messages {
    /** Messages that only wrap what they hold, by their names without the package. */
    private static final Set<String> WRAPPERS = Set.of("ListValue", "PointId", "Struct", "Value");

    private static final Set<String> FRACTIONS = Set.of("FLOAT", "DOUBLE");

    private Messages() {}

    /** Null for what is no message. */
    static @Nullable String json(Object value, int depth) {
        if (LibraryObjects.get(value, "getAllFields") instanceof Map<?, ?> fields) {
            return message(value, fields, depth);
        }
        if (value.getClass().getName().startsWith("com.google.protobuf.")) {
            Object number = LibraryObjects.get(value, "getNumber");
            String constant = LibraryObjects.text(value, "getName");
            if (number != null && constant != null) {
                return JsonText.quoted(constant);
            }
            Object bytes = LibraryObjects.get(value, "size");
            return bytes == null ? null : "{\"bytes\":" + bytes + "}";
        }
        return null;
    }

    private static String message(Object message, Map<?, ?> fields, int depth) {
        Map<String, String> members = new LinkedHashMap<>();
        fields.forEach((field, value) ->
                members.put(String.valueOf(LibraryObjects.text(field, "getName")), field(field, value, depth - 1)));
        String name = LibraryObjects.text(LibraryObjects.get(message, "getDescriptorForType"), "getName");
        if (name != null && WRAPPERS.contains(name)) {
            return unwrapped(name, members);
        }
        return JsonText.object(members);
    }

    private static String unwrapped(String name, Map<String, String> members) {
        if (members.containsKey("null_value")) {
            return "null";
        }
        if (members.isEmpty()) {
            return name.equals("Struct") ? "{}" : name.equals("ListValue") ? "[]" : "null";
        }
        return members.size() == 1 ? members.values().iterator().next() : JsonText.object(members);
    }

    private static String field(Object field, @Nullable Object value, int depth) {
        if (!(value instanceof List<?> values)) {
            return StoreJson.of(value, depth);
        }
        if (Boolean.TRUE.equals(LibraryObjects.get(field, "isMapField"))) {
            return entries(values, depth);
        }
        return FRACTIONS.contains(String.valueOf(LibraryObjects.text(field, "getJavaType")))
                ? StoreJson.dimension(values.size())
                : StoreJson.of(values, depth);
    }

    private static String entries(List<?> entries, int depth) {
        Map<Object, @Nullable Object> map = new LinkedHashMap<>();
        for (Object entry : entries) {
            map.put(String.valueOf(LibraryObjects.get(entry, "getKey")), LibraryObjects.get(entry, "getValue"));
        }
        return StoreJson.of(map, depth);
    }
}
