package dev.sonde.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An OpenAPI description, as far as answers are described with it: references, {@code allOf}, {@code oneOf}, types,
 * enumerations, required and nullable properties. Properties it does not know are allowed, as clients allow them.
 */
final class OpenApi {

    private final JsonNode root;

    private OpenApi(JsonNode root) {
        this.root = root;
    }

    static OpenApi read(Path file) throws IOException {
        return new OpenApi(new YAMLMapper().readTree(file.toFile()));
    }

    /** Where {@code answer} breaks the description of what {@code GET path} answers; empty when nowhere. */
    List<String> violations(String path, JsonNode answer) {
        return violations("get", path, answer);
    }

    /** Where {@code answer} breaks the description of what a method of a path answers; empty when nowhere. */
    List<String> violations(String method, String path, JsonNode answer) {
        JsonNode schema = root.path("paths")
                .path(path)
                .path(method)
                .path("responses")
                .path("200")
                .path("content")
                .path("application/json")
                .path("schema");
        if (schema.isMissingNode()) {
            throw new IllegalArgumentException("the description has no answer of " + method + " " + path);
        }
        List<String> violations = new ArrayList<>();
        check(schema, answer, "$", violations);
        return violations;
    }

    private void check(JsonNode described, JsonNode value, String place, List<String> violations) {
        JsonNode schema =
                described.has("$ref") ? root.at(described.path("$ref").asText().substring(1)) : described;
        if (value.isNull()) {
            // the description marks what Python models as Any by giving it no type at all
            if (schema.has("type")
                    && !described.path("nullable").asBoolean()
                    && !schema.path("nullable").asBoolean()) {
                violations.add(place + ": null");
            }
            return;
        }
        schema.path("allOf").forEach(part -> check(part, value, place, violations));
        if (schema.has("oneOf")) {
            checkOneOf(schema.path("oneOf"), value, place, violations);
        }
        if (schema.has("enum") && !holds(schema.path("enum"), value)) {
            violations.add(place + ": " + value + " is none of " + schema.path("enum"));
        }
        if (!isOfType(schema, value)) {
            violations.add(place + ": " + value.getNodeType() + " instead of "
                    + schema.path("type").asText());
            return;
        }
        schema.path("required").forEach(name -> {
            if (!value.has(name.asText())) {
                violations.add(place + "." + name.asText() + ": missing");
            }
        });
        schema.path("properties").properties().forEach(property -> {
            if (value.has(property.getKey())) {
                check(property.getValue(), value.get(property.getKey()), place + "." + property.getKey(), violations);
            }
        });
        if (schema.path("additionalProperties").isObject() && !schema.has("properties")) {
            value.properties()
                    .forEach(entry -> check(
                            schema.path("additionalProperties"),
                            entry.getValue(),
                            place + "." + entry.getKey(),
                            violations));
        }
        if (value.isArray() && schema.has("items")) {
            for (int i = 0; i < value.size(); i++) {
                check(schema.path("items"), value.get(i), place + "[" + i + "]", violations);
            }
        }
    }

    private void checkOneOf(JsonNode choices, JsonNode value, String place, List<String> violations) {
        List<String> closest = null;
        for (JsonNode choice : choices) {
            List<String> own = new ArrayList<>();
            check(choice, value, place, own);
            closest = closest == null || own.size() < closest.size() ? own : closest;
        }
        if (closest != null) {
            violations.addAll(closest);
        }
    }

    private static boolean holds(JsonNode values, JsonNode value) {
        for (JsonNode one : values) {
            if (one.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfType(JsonNode schema, JsonNode value) {
        return switch (schema.path("type").asText()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            default -> true;
        };
    }
}
