package dev.sonde.agent.instrumentation.langchain4j;

import dev.sonde.agent.calls.LibraryObjects;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The library's tool specifications and response formats as JSON Schema. */
final class Schemas {
    private Schemas() {}

    /** Tools on offer as chat completions name them; null when there are none. */
    static @Nullable String tools(@Nullable Object specifications) {
        if (!(specifications instanceof List<?> tools) || tools.isEmpty()) {
            return null;
        }
        StringBuilder array = new StringBuilder("[");
        for (Object tool : tools) {
            String function = new Json()
                    .text("name", LibraryObjects.text(tool, "name"))
                    .text("description", LibraryObjects.text(tool, "description"))
                    .raw("parameters", schema(LibraryObjects.get(tool, "parameters")))
                    .toString();
            array.append(array.length() == 1 ? "" : ",")
                    .append(new Json().text("type", "function").raw("function", function));
        }
        return array.append(']').toString();
    }

    /** A response format; null when it is the default, text. */
    static @Nullable String responseFormat(@Nullable Object format) {
        if (!"JSON".equals(LibraryObjects.text(format, "type"))) {
            return null;
        }
        Object schema = LibraryObjects.get(format, "jsonSchema");
        if (schema == null) {
            return "{\"type\":\"json_object\"}";
        }
        String named = new Json()
                .text("name", LibraryObjects.text(schema, "name"))
                .raw("schema", schema(LibraryObjects.get(schema, "rootElement")))
                .toString();
        return new Json().text("type", "json_schema").raw("json_schema", named).toString();
    }

    /** A schema element by the name of its class; null for null. */
    static @Nullable String schema(@Nullable Object element) {
        if (element == null) {
            return null;
        }
        Json json = new Json();
        switch (element.getClass().getSimpleName()) {
            case "JsonObjectSchema" -> object(json, element);
            case "JsonArraySchema" ->
                json.text("type", "array").raw("items", schema(LibraryObjects.get(element, "items")));
            case "JsonEnumSchema" ->
                json.text("type", "string").value("enum", LibraryObjects.get(element, "enumValues"));
            case "JsonStringSchema" -> json.text("type", "string");
            case "JsonIntegerSchema" -> json.text("type", "integer");
            case "JsonNumberSchema" -> json.text("type", "number");
            case "JsonBooleanSchema" -> json.text("type", "boolean");
            case "JsonNullSchema" -> json.text("type", "null");
            case "JsonReferenceSchema" -> json.text("$ref", "#/$defs/" + LibraryObjects.text(element, "reference"));
            case "JsonAnyOfSchema" -> json.raw("anyOf", schemas(LibraryObjects.get(element, "anyOf")));
            case "JsonRawSchema" -> {
                return LibraryObjects.text(element, "schema");
            }
            default -> {}
        }
        return json.text("description", LibraryObjects.text(element, "description"))
                .toString();
    }

    private static void object(Json json, Object element) {
        json.text("type", "object").raw("properties", named(LibraryObjects.get(element, "properties")));
        if (LibraryObjects.get(element, "required") instanceof List<?> required && !required.isEmpty()) {
            json.value("required", required);
        }
        json.value("additionalProperties", LibraryObjects.get(element, "additionalProperties"));
        if (LibraryObjects.get(element, "definitions") instanceof Map<?, ?> definitions && !definitions.isEmpty()) {
            json.raw("$defs", named(definitions));
        }
    }

    private static @Nullable String named(@Nullable Object schemas) {
        if (!(schemas instanceof Map<?, ?> byName)) {
            return null;
        }
        Json json = new Json();
        byName.forEach((name, schema) -> json.raw(String.valueOf(name), schema(schema)));
        return json.toString();
    }

    private static @Nullable String schemas(@Nullable Object schemas) {
        if (!(schemas instanceof List<?> list)) {
            return null;
        }
        StringBuilder array = new StringBuilder("[");
        for (Object schema : list) {
            array.append(array.length() == 1 ? "" : ",").append(schema(schema));
        }
        return array.append(']').toString();
    }
}
