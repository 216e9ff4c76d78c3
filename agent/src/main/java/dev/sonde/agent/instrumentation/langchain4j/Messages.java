package dev.sonde.agent.instrumentation.langchain4j;

import dev.sonde.agent.calls.LibraryObjects;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The library's messages as JSON in the form of chat completions, which all providers' messages fit in: role, content as
 * text or as parts, tool calls.
 */
public final class Messages {
    private Messages() {}

    /** All messages of a list as an array; null when it is none. */
    public static @Nullable String array(@Nullable Object messages) {
        if (!(messages instanceof List<?> list)) {
            return null;
        }
        StringBuilder array = new StringBuilder("[");
        for (Object message : list) {
            array.append(array.length() == 1 ? "" : ",").append(message(message));
        }
        return array.append(']').toString();
    }

    /** One message, by its type. */
    public static String message(@Nullable Object message) {
        String type = String.valueOf(LibraryObjects.text(message, "type"));
        return switch (type) {
            case "SYSTEM" -> role("system").text("content", text(message)).toString();
            case "USER" -> user(message);
            case "AI" -> assistant(message);
            case "TOOL_EXECUTION_RESULT" -> toolResult(message);
            default ->
                role(type.toLowerCase(Locale.ROOT))
                        .value("content", LibraryObjects.get(message, "attributes"))
                        .toString();
        };
    }

    private static Json role(String role) {
        return new Json().text("role", role);
    }

    private static String user(@Nullable Object message) {
        return role("user")
                .text("name", LibraryObjects.text(message, "name"))
                .raw("content", contents(LibraryObjects.get(message, "contents")))
                .toString();
    }

    private static String assistant(@Nullable Object message) {
        Json json = role("assistant");
        String said = text(message);
        json.raw("content", said == null ? "null" : Json.quoted(said));
        json.text("reasoning_content", LibraryObjects.text(message, "thinking"));
        if (LibraryObjects.get(message, "images") instanceof List<?> images && !images.isEmpty()) {
            StringBuilder parts = new StringBuilder("[");
            for (Object image : images) {
                parts.append(parts.length() == 1 ? "" : ",").append(media("image_url", "url", image));
            }
            json.raw("images", parts.append(']'));
        }
        if (LibraryObjects.get(message, "toolExecutionRequests") instanceof List<?> calls && !calls.isEmpty()) {
            StringBuilder array = new StringBuilder("[");
            for (Object call : calls) {
                array.append(array.length() == 1 ? "" : ",").append(toolCall(call));
            }
            json.raw("tool_calls", array.append(']'));
        }
        return json.toString();
    }

    static String toolCall(@Nullable Object call) {
        return new Json()
                .text("id", LibraryObjects.text(call, "id"))
                .text("type", "function")
                .raw(
                        "function",
                        new Json()
                                .text("name", LibraryObjects.text(call, "name"))
                                .text("arguments", LibraryObjects.text(call, "arguments"))
                                .toString())
                .toString();
    }

    private static String toolResult(@Nullable Object message) {
        Object contents = LibraryObjects.get(message, "contents");
        String said = text(message);
        return role("tool")
                .text("tool_call_id", LibraryObjects.text(message, "id"))
                .text("name", LibraryObjects.text(message, "toolName"))
                .raw(
                        "content",
                        contents instanceof List<?> ? contents(contents) : said == null ? null : Json.quoted(said))
                .toString();
    }

    /** One text by itself, anything else as an array of parts; null when it is no list. */
    public static @Nullable String contents(@Nullable Object contents) {
        if (!(contents instanceof List<?> parts)) {
            return null;
        }
        String only = parts.size() == 1 ? text(parts.get(0)) : null;
        if (only != null) {
            return Json.quoted(only);
        }
        StringBuilder array = new StringBuilder("[");
        for (Object part : parts) {
            array.append(array.length() == 1 ? "" : ",").append(part(part));
        }
        return array.append(']').toString();
    }

    /** One part of a message, by its type. */
    public static String part(@Nullable Object content) {
        String type = String.valueOf(LibraryObjects.text(content, "type"));
        return switch (type) {
            case "TEXT" ->
                new Json().text("type", "text").text("text", text(content)).toString();
            case "IMAGE" -> media("image_url", "url", LibraryObjects.get(content, "image"));
            case "AUDIO" -> media("input_audio", "data", LibraryObjects.get(content, "audio"));
            case "VIDEO" -> media("video_url", "url", LibraryObjects.get(content, "video"));
            case "PDF" -> media("file", "file_data", LibraryObjects.get(content, "pdfFile"));
            default -> new Json().text("type", type.toLowerCase(Locale.ROOT)).toString();
        };
    }

    /** A picture as a part of a message. */
    public static String image(Object image) {
        return media("image_url", "url", image);
    }

    /** A picture, sound, film or document: by its address, or as a data URI, which the runtime sends by itself. */
    private static String media(String kind, String member, @Nullable Object medium) {
        String source = LibraryObjects.text(medium, "url");
        String base64 = LibraryObjects.text(medium, "base64Data");
        if (base64 == null && LibraryObjects.get(medium, "binaryData") instanceof byte[] bytes) {
            base64 = Base64.getEncoder().encodeToString(bytes);
        }
        if (source == null && base64 != null) {
            String mimeType = LibraryObjects.text(medium, "mimeType");
            source = "data:" + (mimeType == null ? "application/octet-stream" : mimeType) + ";base64," + base64;
        }
        return new Json()
                .text("type", kind)
                .raw(kind, new Json().text(member, source).toString())
                .toString();
    }

    private static @Nullable String text(@Nullable Object holder) {
        return LibraryObjects.text(holder, "text");
    }
}
