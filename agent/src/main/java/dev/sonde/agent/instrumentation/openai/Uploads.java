package dev.sonde.agent.instrumentation.openai;

import dev.sonde.agent.calls.JsonText;
import dev.sonde.agent.calls.LibraryObjects;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests that upload files. The files are streams that the library will read once: nothing is read of them
 * here, and of each only its name, type and, where the stream knows it, size are recorded.
 */
final class Uploads {
    /** Streams that say how much is left of them without a thought; others are the application's own. */
    private static final Set<String> SIZED =
            Set.of("java.io.ByteArrayInputStream", "java.io.FileInputStream", "sun.nio.ch.ChannelInputStream");

    private Uploads() {}

    /** The fields of the request as an object; null when they cannot be read. */
    static @Nullable String json(@Nullable Object clientOptions, @Nullable Object params) {
        if (!(LibraryObjects.get(params, "_body") instanceof Map<?, ?> fields)) {
            return null;
        }
        Map<String, String> members = new LinkedHashMap<>();
        fields.forEach((name, field) -> {
            String value = value(clientOptions, field);
            if (value != null) {
                members.put(String.valueOf(name), value);
            }
        });
        return JsonText.object(members);
    }

    private static @Nullable String value(@Nullable Object clientOptions, @Nullable Object field) {
        Object value = LibraryObjects.get(field, "value");
        Object known = LibraryObjects.get(value, "asKnown");
        List<String> files = new ArrayList<>();
        for (Object stream : streams(known)) {
            files.add(file(field, stream));
        }
        if (files.isEmpty()) {
            return LibraryObjects.json(clientOptions, value);
        }
        return files.size() == 1 ? files.get(0) : "[" + String.join(",", files) + "]";
    }

    /** The value itself, or what a choice between one stream and several holds. */
    private static List<?> streams(@Nullable Object known) {
        if (known instanceof InputStream) {
            return List.of(known);
        }
        if (LibraryObjects.get(known, "inputStream") instanceof InputStream one) {
            return List.of(one);
        }
        return LibraryObjects.get(known, "inputStreams") instanceof List<?> several ? several : List.of();
    }

    private static String file(@Nullable Object field, @Nullable Object stream) {
        Map<String, String> file = new LinkedHashMap<>();
        put(file, "filename", LibraryObjects.text(field, "filename"));
        put(file, "content_type", LibraryObjects.text(field, "contentType"));
        if (stream instanceof InputStream bytes
                && SIZED.contains(stream.getClass().getName())) {
            try {
                file.put("size", Integer.toString(bytes.available()));
            } catch (IOException e) {
                // closed already: the library will say so
            }
        }
        return JsonText.object(file);
    }

    private static void put(Map<String, String> file, String name, @Nullable String text) {
        if (text != null) {
            file.put(name, JsonText.quoted(text));
        }
    }
}
