package dev.sonde.agent.instrumentation.springai;

import dev.sonde.agent.calls.JsonText;
import dev.sonde.agent.calls.LibraryObjects;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages as JSON text in OpenAI's form, whatever the provider: role and content, images and other media as parts, tool
 * calls, and what tools answered.
 */
final class Messages {

    private static final List<String> REASONING =
            List.of("reasoningContent", "reasoning_content", "thinking", "thoughts");

    private Messages() {}

    /** What a prompt asks, with the tools it offers; null when there is no prompt. */
    static @Nullable String input(@Nullable Object prompt) {
        String messages = list(prompt);
        String tools = messages == null ? "" : Options.tools(LibraryObjects.get(prompt, "getOptions"));
        return tools.isEmpty() ? messages : "{\"messages\":" + messages + ",\"tools\":" + tools + "}";
    }

    /** A prompt's messages; null when there is no prompt. */
    static @Nullable String list(@Nullable Object prompt) {
        if (!(LibraryObjects.get(prompt, "getInstructions") instanceof List<?> messages)) {
            return null;
        }
        StringBuilder json = new StringBuilder("[");
        for (Object message : messages) {
            append(json, message);
        }
        return json.append(']').toString();
    }

    /** The message of a response's only result, or the array of all results' messages; null for none. */
    static @Nullable String output(@Nullable Object response) {
        List<String> messages = new ArrayList<>();
        if (LibraryObjects.get(response, "getResults") instanceof List<?> results) {
            for (Object result : results) {
                StringBuilder json = new StringBuilder();
                append(json, LibraryObjects.get(result, "getOutput"));
                messages.add(json.toString());
            }
        }
        return switch (messages.size()) {
            case 0 -> null;
            case 1 -> messages.get(0);
            default -> "[" + String.join(",", messages) + "]";
        };
    }

    /** The message that an assistant has said so far. */
    static String said(CharSequence text, CharSequence reasoning, List<String> toolCalls) {
        StringBuilder json = new StringBuilder("{\"role\":\"assistant\",\"content\":");
        if (text.isEmpty() && !toolCalls.isEmpty()) {
            json.append("null");
        } else {
            JsonText.appendQuoted(json, text);
        }
        if (!reasoning.isEmpty()) {
            JsonText.appendQuoted(json.append(",\"reasoning_content\":"), reasoning);
        }
        if (!toolCalls.isEmpty()) {
            json.append(",\"tool_calls\":[").append(String.join(",", toolCalls)).append(']');
        }
        return json.append('}').toString();
    }

    /** The tool calls of an assistant's message, each as JSON text. */
    static List<String> toolCalls(@Nullable Object message) {
        List<String> calls = new ArrayList<>();
        if (LibraryObjects.get(message, "getToolCalls") instanceof List<?> all) {
            for (Object call : all) {
                StringBuilder json = new StringBuilder();
                JsonText.appendQuoted(json.append("{\"id\":"), text(call, "id"));
                JsonText.appendQuoted(json.append(",\"type\":"), text(call, "type"));
                JsonText.appendQuoted(json.append(",\"function\":{\"name\":"), text(call, "name"));
                JsonText.appendQuoted(json.append(",\"arguments\":"), text(call, "arguments"))
                        .append("}}");
                calls.add(json.toString());
            }
        }
        return calls;
    }

    /** What a model thought before it said this, as far as the provider tells; empty for nothing. */
    static String reasoning(@Nullable Object message) {
        if (LibraryObjects.get(message, "getMetadata") instanceof Map<?, ?> metadata) {
            for (String name : REASONING) {
                if (metadata.get(name) instanceof String text) {
                    return text;
                }
            }
        }
        return "";
    }

    private static void append(StringBuilder json, @Nullable Object message) {
        String role = text(LibraryObjects.get(message, "getMessageType"), "getValue");
        if (role.equals("tool")) {
            appendResponses(json, message);
            return;
        }
        separate(json);
        if (role.equals("assistant")) {
            json.append(said(text(message, "getText"), reasoning(message), toolCalls(message)));
            return;
        }
        JsonText.appendQuoted(json.append("{\"role\":"), role).append(",\"content\":");
        if (LibraryObjects.get(message, "getMedia") instanceof List<?> media && !media.isEmpty()) {
            JsonText.appendQuoted(json.append("[{\"type\":\"text\",\"text\":"), text(message, "getText"))
                    .append('}');
            for (Object item : media) {
                appendMedia(json.append(','), item);
            }
            json.append("]}");
        } else {
            JsonText.appendQuoted(json, text(message, "getText")).append('}');
        }
    }

    /** Each tool's answer is a message of its own. */
    private static void appendResponses(StringBuilder json, @Nullable Object message) {
        if (LibraryObjects.get(message, "getResponses") instanceof List<?> responses) {
            for (Object response : responses) {
                separate(json);
                JsonText.appendQuoted(json.append("{\"role\":\"tool\",\"tool_call_id\":"), text(response, "id"));
                JsonText.appendQuoted(json.append(",\"name\":"), text(response, "name"));
                JsonText.appendQuoted(json.append(",\"content\":"), text(response, "responseData"))
                        .append('}');
            }
        }
    }

    private static void appendMedia(StringBuilder json, @Nullable Object media) {
        String type = String.valueOf(LibraryObjects.text(media, "getMimeType"));
        String url = url(type, LibraryObjects.get(media, "getData"));
        if (type.startsWith("image/")) {
            JsonText.appendQuoted(json.append("{\"type\":\"image_url\",\"image_url\":{\"url\":"), url);
        } else {
            JsonText.appendQuoted(json.append("{\"type\":\"file\",\"file\":{\"filename\":"), text(media, "getName"));
            JsonText.appendQuoted(json.append(",\"file_data\":"), url);
        }
        json.append("}}");
    }

    private static String url(String type, @Nullable Object data) {
        return data instanceof byte[] bytes
                ? "data:" + type + ";base64," + Base64.getEncoder().encodeToString(bytes)
                : String.valueOf(data);
    }

    private static void separate(StringBuilder json) {
        if (json.length() > 1) {
            json.append(',');
        }
    }

    /** Empty for nothing. */
    private static String text(@Nullable Object target, String accessor) {
        String text = LibraryObjects.text(target, accessor);
        return text == null ? "" : text;
    }
}
