package dev.sonde.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A request as a {@link LocalProvider} read it.
 *
 * @param headers names in lower case, the first value of each
 * @param body the JSON body, or the fields of a form, a file as {@code filename}, {@code content_type} and {@code size}; a
 *     missing node when it was neither
 */
public record ReceivedRequest(String path, Map<String, String> headers, JsonNode body) {
    public ReceivedRequest {
        headers = Map.copyOf(headers);
    }
}
