package dev.sonde.server.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Merges two values of one metadata key: objects by their keys, arrays by their indices, anything else is replaced. */
final class Metadata {

    private static final JsonMapper JSON = new JsonMapper();

    private Metadata() {}

    /** The value after {@code later} was said on top of {@code earlier}. */
    static String merged(String earlier, String later) {
        boolean sameShape = (earlier.startsWith("{") && later.startsWith("{"))
                || (earlier.startsWith("[") && later.startsWith("["));
        if (!sameShape || earlier.equals(later)) {
            return later;
        }
        try {
            return merged(JSON.readTree(earlier), JSON.readTree(later)).toString();
        } catch (JsonProcessingException e) {
            return later; // text that only looks like structure
        }
    }

    private static JsonNode merged(JsonNode earlier, JsonNode later) {
        if (earlier instanceof ObjectNode object && later.isObject()) {
            later.properties()
                    .forEach(
                            entry -> object.set(entry.getKey(), merged(object.path(entry.getKey()), entry.getValue())));
            return object;
        }
        if (earlier instanceof ArrayNode array && later.isArray()) {
            for (int i = 0; i < later.size(); i++) {
                if (i < array.size()) {
                    array.set(i, merged(array.get(i), later.get(i)));
                } else {
                    array.add(later.get(i));
                }
            }
            return array;
        }
        return later;
    }
}
