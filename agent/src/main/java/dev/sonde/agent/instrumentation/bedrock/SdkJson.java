package dev.sonde.agent.instrumentation.bedrock;

import dev.sonde.agent.calls.JsonText;
import dev.sonde.agent.calls.LibraryObjects;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Base64;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes the SDK's objects as the JSON that it sends and receives: each says by itself which fields it has and what they
 * are called. Fields that travel in the address or in headers are left out. May be called from any thread.
 */
final class SdkJson {
    private static final int MOST_BYTES = 16 << 20;

    /** By the class of fields, of which there is one for each copy of the SDK. */
    private static final ClassValue<Optional<Method>> VALUE = new ClassValue<>() {
        @Override
        protected Optional<Method> computeValue(Class<?> type) {
            try {
                return Optional.of(type.getMethod("getValueOrDefault", Object.class));
            } catch (NoSuchMethodException e) {
                return Optional.empty();
            }
        }
    };

    private SdkJson() {}

    /** JSON text; {@code null} for null. */
    static String of(@Nullable Object value) {
        StringBuilder json = new StringBuilder();
        append(json, value, null);
        return json.toString();
    }

    /**
     * Appends any value.
     *
     * @param mediaType of bytes within it; null when unknown
     */
    private static void append(StringBuilder json, @Nullable Object value, @Nullable String mediaType) {
        if (value == null || value instanceof Boolean || value instanceof Number) {
            json.append(value);
        } else if (value instanceof CharSequence || value instanceof Enum<?>) {
            JsonText.appendQuoted(json, value.toString());
        } else if (value instanceof Map<?, ?> map) {
            appendMap(json, map, mediaType);
        } else if (value instanceof Collection<?> elements) {
            json.append('[');
            String separator = "";
            for (Object element : elements) {
                append(json.append(separator), element, mediaType);
                separator = ",";
            }
            json.append(']');
        } else if (LibraryObjects.get(value, "sdkFields") instanceof Collection<?> fields) {
            appendObject(json, value, fields, mediaType);
        } else if (LibraryObjects.get(value, "asByteArrayUnsafe") instanceof byte[] bytes) {
            appendBytes(json, bytes, mediaType);
        } else if (LibraryObjects.get(value, "isNull") instanceof Boolean) {
            appendDocument(json, value);
        } else {
            JsonText.appendQuoted(json, value.toString());
        }
    }

    private static void appendMap(StringBuilder json, Map<?, ?> map, @Nullable String mediaType) {
        json.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            JsonText.appendQuoted(json.append(separator), String.valueOf(entry.getKey()))
                    .append(':');
            append(json, entry.getValue(), mediaType);
            separator = ",";
        }
        json.append('}');
    }

    private static void appendObject(
            StringBuilder json, Object object, Collection<?> fields, @Nullable String mediaType) {
        json.append('{');
        String separator = "";
        String inner = mediaType(object, mediaType);
        for (Object field : fields) {
            Object value = value(field, object);
            if (value == null || !"PAYLOAD".equals(LibraryObjects.text(field, "location")) || isUnset(value)) {
                continue;
            }
            JsonText.appendQuoted(json.append(separator), String.valueOf(LibraryObjects.text(field, "locationName")))
                    .append(':');
            append(json, value, inner);
            separator = ",";
        }
        json.append('}');
    }

    /** Lists and maps that nobody set are there, but empty and of classes of their own. */
    private static boolean isUnset(Object value) {
        return value.getClass().getSimpleName().startsWith("DefaultSdkAutoConstruct");
    }

    private static @Nullable Object value(Object field, Object object) {
        Optional<Method> method = VALUE.get(field.getClass());
        try {
            return method.isEmpty() ? null : method.get().invoke(field, object);
        } catch (IllegalAccessException | InvocationTargetException e) {
            return null;
        }
    }

    /** What the bytes below an object with a format are; else what they are said to be above it. */
    private static @Nullable String mediaType(Object object, @Nullable String above) {
        String format = LibraryObjects.text(object, "formatAsString");
        if (format == null) {
            return above;
        }
        String lower = format.toLowerCase(Locale.ROOT);
        return switch (object.getClass().getSimpleName()) {
            case "ImageBlock", "GuardrailImageBlock", "GuardrailConverseImageBlock" -> "image/" + lower;
            case "VideoBlock" -> "video/" + (lower.equals("three_gp") ? "3gpp" : lower);
            case "AudioBlock" -> "audio/" + lower;
            default ->
                switch (lower) {
                    case "pdf" -> "application/pdf";
                    case "csv", "html" -> "text/" + lower;
                    case "md" -> "text/markdown";
                    case "txt" -> "text/plain";
                    case "doc" -> "application/msword";
                    default -> "application/octet-stream";
                };
        };
    }

    private static void appendBytes(StringBuilder json, byte[] bytes, @Nullable String mediaType) {
        if (bytes.length > MOST_BYTES) {
            json.append('"').append(bytes.length).append(" bytes\"");
            return;
        }
        json.append('"');
        if (mediaType != null) {
            json.append("data:").append(mediaType).append(";base64,");
        }
        json.append(Base64.getEncoder().encodeToString(bytes)).append('"');
    }

    /** Free JSON, which the SDK keeps in a tree of its own. */
    private static void appendDocument(StringBuilder json, Object document) {
        if (is(document, "isMap")) {
            append(json, LibraryObjects.get(document, "asMap"), null);
        } else if (is(document, "isList")) {
            append(json, LibraryObjects.get(document, "asList"), null);
        } else if (is(document, "isString")) {
            append(json, LibraryObjects.get(document, "asString"), null);
        } else if (is(document, "isNumber")) {
            json.append(LibraryObjects.text(document, "asNumber"));
        } else if (is(document, "isBoolean")) {
            json.append(LibraryObjects.get(document, "asBoolean"));
        } else {
            json.append("null");
        }
    }

    private static boolean is(Object document, String kind) {
        return Boolean.TRUE.equals(LibraryObjects.get(document, kind));
    }
}
