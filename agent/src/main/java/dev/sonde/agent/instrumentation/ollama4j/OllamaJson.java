package dev.sonde.agent.instrumentation.ollama4j;

import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.JsonText;
import dev.sonde.agent.calls.LibraryObjects;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What observations take from the JSON text of requests, and how the library writes it. */
final class OllamaJson {
    /** How base64 of common kinds of images begins. */
    private static final Map<String, String> IMAGES =
            Map.of("iVBOR", "image/png", "/9j/", "image/jpeg", "R0lGOD", "image/gif", "UklGR", "image/webp");

    private OllamaJson() {}

    /** The object as the library's own mapper writes it, which is what goes over the wire; null when it cannot. */
    static @Nullable String written(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        Object mapper = LibraryObjects.produced(value, "io.github.ollama4j.utils.Utils", "getObjectMapper");
        return (String) LibraryObjects.call(mapper, "writeValueAsString", value);
    }

    /** The messages, or an object of messages and tools when tools are on offer. */
    static Asked chat(@Nullable String requestJson) {
        Map<String, String> body = body(requestJson);
        String model = JsonText.stringOrNull(body.remove("model"));
        Map<String, String> input = new LinkedHashMap<>();
        String messages = body.remove("messages");
        if (messages != null) {
            input.put("messages", messages(messages));
        }
        String tools = body.remove("tools");
        if (tools != null && !JsonText.elements(tools).isEmpty()) {
            input.put("tools", tools);
        }
        return new Asked("chat", model, input(input, "messages"), JsonText.object(body));
    }

    /** The prompt, or an object of it with what frames it. */
    static Asked prompt(@Nullable String requestJson) {
        Map<String, String> body = body(requestJson);
        String model = JsonText.stringOrNull(body.remove("model"));
        Map<String, String> input = new LinkedHashMap<>();
        for (String part : List.of("system", "prompt", "suffix", "images")) {
            String value = body.remove(part);
            if (value != null) {
                input.put(part, part.equals("images") ? images(value) : value);
            }
        }
        body.remove("tools");
        return new Asked("text_completion", model, input(input, "prompt"), JsonText.object(body));
    }

    /** The texts. */
    static Asked embedding(@Nullable String requestJson) {
        Map<String, String> body = body(requestJson);
        String model = JsonText.stringOrNull(body.remove("model"));
        String input = body.remove("input");
        return new Asked("embeddings", model, input, JsonText.object(body));
    }

    /** Token counts, which do not overlap as they come. */
    static Map<String, Long> usage(@Nullable String input, @Nullable String output) {
        long read = JsonText.number(input);
        long written = JsonText.number(output);
        Map<String, Long> buckets = new LinkedHashMap<>();
        if (read + written > 0) {
            buckets.put("input", read);
            if (output != null) {
                buckets.put("output", written);
            }
            buckets.put("total", read + written);
        }
        return buckets;
    }

    /** What the request sets; whether tools are used is between the application and the library. */
    private static Map<String, String> body(@Nullable String requestJson) {
        Map<String, String> body = JsonText.fields(requestJson);
        body.values().removeIf("null"::equals);
        body.remove("useTools");
        body.remove("stream", "false");
        return body;
    }

    private static @Nullable String input(Map<String, String> parts, String main) {
        return parts.size() == 1 && parts.containsKey(main)
                ? parts.get(main)
                : parts.isEmpty() ? null : JsonText.object(parts);
    }

    private static String messages(String messagesJson) {
        StringJoiner messages = new StringJoiner(",", "[", "]");
        for (String message : JsonText.elements(messagesJson)) {
            Map<String, String> fields = JsonText.fields(message);
            fields.values().removeIf("null"::equals);
            fields.values().removeIf("[]"::equals);
            fields.computeIfPresent("images", (name, images) -> images(images));
            messages.add(JsonText.object(fields));
        }
        return messages.toString();
    }

    /** Base64 as data URIs, which say what they are. */
    static String images(String imagesJson) {
        StringJoiner images = new StringJoiner(",", "[", "]");
        for (String image : JsonText.elements(imagesJson)) {
            String base64 = JsonText.string(image);
            String type = IMAGES.entrySet().stream()
                    .filter(kind -> base64.startsWith(kind.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse("application/octet-stream");
            images.add(JsonText.quoted("data:" + type + ";base64," + base64));
        }
        return images.toString();
    }
}
