package dev.sonde.agent.instrumentation.springai;

import dev.sonde.agent.calls.JsonText;
import dev.sonde.agent.calls.LibraryObjects;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a request sets beside its messages, as JSON text. */
final class Options {

    /** Name on the wire by accessor; in the order in which they are shown. */
    private static final Map<String, String> CHAT = new LinkedHashMap<>();

    private static final Map<String, String> IMAGE = new LinkedHashMap<>();

    static {
        CHAT.put("getTemperature", "temperature");
        CHAT.put("getMaxTokens", "max_tokens");
        CHAT.put("getMaxCompletionTokens", "max_completion_tokens");
        CHAT.put("getTopP", "top_p");
        CHAT.put("getTopK", "top_k");
        CHAT.put("getFrequencyPenalty", "frequency_penalty");
        CHAT.put("getPresencePenalty", "presence_penalty");
        CHAT.put("getStopSequences", "stop");
        CHAT.put("getSeed", "seed");
        CHAT.put("getN", "n");
        CHAT.put("getReasoningEffort", "reasoning_effort");
        IMAGE.put("getN", "n");
        IMAGE.put("getWidth", "width");
        IMAGE.put("getHeight", "height");
        IMAGE.put("getStyle", "style");
        IMAGE.put("getResponseFormat", "response_format");
    }

    private Options() {}

    /** A chat's parameters as an object. */
    static String chat(@Nullable Object options, boolean streaming) {
        String json = written(options, CHAT);
        return !streaming
                ? json
                : json.equals("{}") ? "{\"stream\":true}" : json.replaceFirst("}$", ",\"stream\":true}");
    }

    static String embedding(@Nullable Object options) {
        return written(options, Map.of("getDimensions", "dimensions"));
    }

    static String image(@Nullable Object options) {
        return written(options, IMAGE);
    }

    /** The tools on offer as an array in OpenAI's form; empty text for none. */
    static String tools(@Nullable Object options) {
        if (!(LibraryObjects.get(options, "getToolCallbacks") instanceof Collection<?> callbacks)
                || callbacks.isEmpty()) {
            return "";
        }
        StringBuilder json = new StringBuilder("[");
        for (Object callback : callbacks) {
            Object definition = LibraryObjects.get(callback, "getToolDefinition");
            json.append(json.length() == 1 ? "" : ",").append("{\"type\":\"function\",\"function\":{\"name\":");
            JsonText.appendQuoted(json, String.valueOf(LibraryObjects.text(definition, "name")));
            String description = LibraryObjects.text(definition, "description");
            if (description != null) {
                JsonText.appendQuoted(json.append(",\"description\":"), description);
            }
            String schema = LibraryObjects.text(definition, "inputSchema");
            if (schema != null && schema.stripLeading().startsWith("{")) {
                json.append(",\"parameters\":").append(schema.strip());
            }
            json.append("}}");
        }
        return json.append(']').toString();
    }

    private static String written(@Nullable Object options, Map<String, String> names) {
        StringBuilder json = new StringBuilder("{");
        names.forEach((accessor, name) -> {
            Object value = LibraryObjects.get(options, accessor);
            if (value != null && !(value instanceof Collection<?> many && many.isEmpty())) {
                JsonText.appendQuoted(json.append(json.length() == 1 ? "" : ","), name)
                        .append(':');
                appendValue(json, value);
            }
        });
        return json.append('}').toString();
    }

    private static void appendValue(StringBuilder json, Object value) {
        if (value instanceof Number || value instanceof Boolean) {
            json.append(value);
        } else if (value instanceof Collection<?> many) {
            json.append('[');
            String separator = "";
            for (Object item : many) {
                JsonText.appendQuoted(json.append(separator), String.valueOf(item));
                separator = ",";
            }
            json.append(']');
        } else {
            JsonText.appendQuoted(json, value.toString());
        }
    }
}
