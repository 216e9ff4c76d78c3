package dev.sonde.agent.instrumentation.mcp;

import dev.sonde.agent.calls.LibraryObjects;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Results of the protocol as plain values: a text alone as it is, several parts as a list, media as data URIs, fields that
 * are not set left out.
 */
final class McpContent {

    private McpContent() {}

    /** The parts of a tool's answer; with its structured content beside them when there is such. */
    static @Nullable Object ofTool(Object result) {
        Object content = parts(LibraryObjects.get(result, "content"));
        Object structured = LibraryObjects.get(result, "structuredContent");
        if (structured == null) {
            return content;
        }
        Map<String, Object> both = new LinkedHashMap<>();
        put(both, "content", content);
        both.put("structuredContent", structured);
        return both;
    }

    /** The parts of a resource. */
    static @Nullable Object ofResource(Object result) {
        return parts(LibraryObjects.get(result, "contents"));
    }

    /** A prompt's messages with their roles. */
    static Object ofPrompt(Object result) {
        List<Object> messages = new ArrayList<>();
        for (Object message : list(LibraryObjects.get(result, "messages"))) {
            Map<String, Object> plain = new LinkedHashMap<>();
            String role = LibraryObjects.text(message, "role");
            put(plain, "role", role == null ? null : role.toLowerCase(Locale.ROOT));
            Object content = LibraryObjects.get(message, "content");
            put(plain, "content", content == null ? null : alone(part(content)));
            messages.add(plain);
        }
        return messages;
    }

    /** The server that answers. */
    static Object ofServer(Object result) {
        Map<String, Object> server = new LinkedHashMap<>();
        put(server, "name", LibraryObjects.get(LibraryObjects.get(result, "serverInfo"), "name"));
        put(server, "version", LibraryObjects.get(LibraryObjects.get(result, "serverInfo"), "version"));
        put(server, "protocolVersion", LibraryObjects.get(result, "protocolVersion"));
        put(server, "instructions", LibraryObjects.get(result, "instructions"));
        return server;
    }

    /** What a server has on one page, without the schemas. */
    static Object ofList(Object result, String what) {
        List<Object> all = new ArrayList<>();
        for (Object one : list(LibraryObjects.get(result, what))) {
            Map<String, Object> plain = new LinkedHashMap<>();
            for (String field : List.of("name", "uri", "uriTemplate", "description")) {
                put(plain, field, LibraryObjects.get(one, field));
            }
            all.add(plain);
        }
        return all;
    }

    /** Why a tool says that it failed; null when it does not say so. */
    static @Nullable String failure(Object result) {
        if (!Boolean.TRUE.equals(LibraryObjects.get(result, "isError"))) {
            return null;
        }
        return parts(LibraryObjects.get(result, "content")) instanceof String text ? text : "The tool failed.";
    }

    private static @Nullable Object parts(@Nullable Object content) {
        List<Object> parts = new ArrayList<>();
        for (Object part : list(content)) {
            parts.add(part(part));
        }
        return parts.isEmpty() ? null : parts.size() == 1 ? alone(parts.get(0)) : parts;
    }

    /** A part that is only text, as this text. */
    private static Object alone(Object part) {
        return part instanceof Map<?, ?> fields
                        && fields.get("text") instanceof String text
                        && (fields.size() == 1 || "text".equals(fields.get("type")))
                ? text
                : part;
    }

    private static Object part(Object content) {
        Object resource = LibraryObjects.get(content, "resource");
        if (resource != null) {
            return part(resource);
        }
        Map<String, Object> part = new LinkedHashMap<>();
        for (String field : List.of("type", "uri", "name", "mimeType", "text")) {
            put(part, field, LibraryObjects.get(content, field));
        }
        for (String field : List.of("data", "blob")) {
            Object data = LibraryObjects.get(content, field);
            Object mimeType = part.get("mimeType");
            put(part, field, data == null || mimeType == null ? data : "data:" + mimeType + ";base64," + data);
        }
        return part;
    }

    private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
