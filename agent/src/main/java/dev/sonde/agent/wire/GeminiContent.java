package dev.sonde.agent.wire;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Contents of requests and answers, as the library's objects write them and as they go over the wire. They stay in Gemini's words;
 * only bytes within them become data URIs, so that pictures and sound are seen as such.
 */
public final class GeminiContent {
    private GeminiContent() {}

    /**
     * What went in: the contents, or an object with the system instruction and the tools beside them when there are such.
     *
     * @param contents each the JSON text of one
     * @param config the request's configuration; what goes into the input is taken out
     */
    public static String input(List<String> contents, Map<String, String> config) {
        StringBuilder json = new StringBuilder();
        for (String part : List.of("systemInstruction", "tools")) {
            String text = config.remove(part);
            if (text != null && !text.equals("null") && !text.equals("[]")) {
                json.append(json.isEmpty() ? "{\"" : ",\"")
                        .append(part)
                        .append("\":")
                        .append(part.equals("tools") ? text : withDataUris(text));
            }
        }
        String all = contents.stream()
                .map(GeminiContent::withDataUris)
                .reduce((first, second) -> first + "," + second)
                .map(list -> "[" + list + "]")
                .orElse("[]");
        return json.isEmpty()
                ? all
                : json.append(",\"contents\":").append(all).append('}').toString();
    }

    /**
     * Reads the body of a request as it goes over the wire.
     *
     * @param model as the path names it
     */
    public static Asked asked(@Nullable String bodyJson, @Nullable String model, boolean streaming) {
        Map<String, String> body = camelCase(JsonText.fields(bodyJson));
        List<String> contents = JsonText.elements(body.remove("contents"));
        Map<String, String> generation = JsonText.fields(body.remove("generationConfig"));
        generation.forEach(body::putIfAbsent);
        String input = input(contents, body);
        return new Asked("generate_content", model, input, parameters(body, streaming));
    }

    /** The names of the wire in either of its spellings. */
    private static Map<String, String> camelCase(Map<String, String> body) {
        Map<String, String> same = new LinkedHashMap<>();
        body.forEach((name, value) -> same.put(
                switch (name) {
                    case "system_instruction" -> "systemInstruction";
                    case "generation_config" -> "generationConfig";
                    default -> name;
                },
                value));
        return same;
    }

    /** Reads a {@code GenerateContentResponse}. A prompt that was blocked is an answer with the reason as its end. */
    public static Answered answered(@Nullable String responseJson) {
        Map<String, String> response = JsonText.fields(responseJson);
        List<String> contents = new ArrayList<>();
        List<String> finishReasons = new ArrayList<>();
        for (String candidate : JsonText.elements(response.get("candidates"))) {
            Map<String, String> fields = JsonText.fields(candidate);
            contents.add(withDataUris(fields.getOrDefault("content", "null")));
            String reason = JsonText.stringOrNull(fields.get("finishReason"));
            if (reason != null) {
                finishReasons.add(reason);
            }
        }
        return answered(response, output(contents, response), finishReasons);
    }

    /**
     * An answer of these contents.
     *
     * @param response the fields of the response, or of the last of a stream
     */
    public static Answered answered(Map<String, String> response, @Nullable String output, List<String> finishReasons) {
        String blocked = blockReason(response);
        return new Answered(
                JsonText.stringOrNull(response.get("responseId")),
                JsonText.stringOrNull(response.get("modelVersion")),
                output,
                GeminiUsage.buckets(response.get("usageMetadata")),
                blocked == null ? finishReasons : List.of(blocked),
                null);
    }

    /** The content of the only candidate, or all as an array; what is said of a blocked prompt when there is none. */
    public static @Nullable String output(List<String> contents, Map<String, String> response) {
        return switch (contents.size()) {
            case 0 ->
                blockReason(response) == null ? null : "{\"promptFeedback\":" + response.get("promptFeedback") + "}";
            case 1 -> contents.get(0);
            default -> "[" + String.join(",", contents) + "]";
        };
    }

    private static @Nullable String blockReason(Map<String, String> response) {
        return JsonText.stringOrNull(
                JsonText.fields(response.get("promptFeedback")).get("blockReason"));
    }

    /** What is left of a configuration, as it is written there; no HTTP options, which may hold secrets. */
    public static String parameters(Map<String, String> config, boolean streaming) {
        StringBuilder json = new StringBuilder("{");
        config.forEach((name, value) -> {
            if (!value.equals("null") && !name.equals("httpOptions")) {
                JsonText.appendQuoted(json.append(json.length() == 1 ? "" : ","), name)
                        .append(':')
                        .append(value);
            }
        });
        if (streaming) {
            json.append(json.length() == 1 ? "" : ",").append("\"stream\":true");
        }
        return json.append('}').toString();
    }

    /** The content with the bytes in its parts as data URIs. */
    public static String withDataUris(String contentJson) {
        if (!contentJson.contains("\"inlineData\"")) {
            return contentJson;
        }
        Map<String, String> content = JsonText.fields(contentJson);
        List<String> parts = new ArrayList<>();
        for (String part : JsonText.elements(content.get("parts"))) {
            parts.add(partWithDataUri(part));
        }
        content.put("parts", "[" + String.join(",", parts) + "]");
        return object(content);
    }

    /** The part with its bytes, if it has such, as a data URI. */
    public static String partWithDataUri(String partJson) {
        Map<String, String> part = JsonText.fields(partJson);
        Map<String, String> bytes = JsonText.fields(part.get("inlineData"));
        String data = bytes.get("data");
        if (data == null) {
            return partJson;
        }
        bytes.put("data", dataUri(bytes.get("mimeType"), data));
        part.put("inlineData", object(bytes));
        return object(part);
    }

    /**
     * A data URI as JSON text.
     *
     * @param mimeType JSON text; null when unknown
     * @param data base64 as JSON text
     */
    public static String dataUri(@Nullable String mimeType, String data) {
        String type = mimeType == null ? "application/octet-stream" : JsonText.string(mimeType);
        return "\"data:" + type + ";base64," + JsonText.string(data) + "\"";
    }

    /** The members as an object. */
    public static String object(Map<String, String> members) {
        StringBuilder json = new StringBuilder("{");
        members.forEach((name, value) -> JsonText.appendQuoted(json.append(json.length() == 1 ? "" : ","), name)
                .append(':')
                .append(value));
        return json.append('}').toString();
    }

    /** The members of a configuration; none for null. */
    public static Map<String, String> members(@Nullable String configJson) {
        return new LinkedHashMap<>(JsonText.fields(configJson));
    }
}
