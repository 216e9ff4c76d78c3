package dev.sonde.agent.instrumentation.adk;

import dev.sonde.agent.calls.JsonText;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.wire.GeminiContent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Contents of google-genai, which ADK's objects are made of, as JSON text. */
final class AdkJson {
    private AdkJson() {}

    /** What an object of google-genai writes of itself; null for null. */
    static @Nullable String json(@Nullable Object value) {
        return LibraryObjects.text(value, "toJson");
    }

    /** A content as its text when it is nothing else, or else as it is; null for null. */
    static @Nullable String said(@Nullable Object content) {
        boolean text = LibraryObjects.get(content, "parts") instanceof List<?> parts
                && !parts.isEmpty()
                && parts.stream().allMatch(part -> LibraryObjects.get(part, "text") != null);
        if (text) {
            return quoted(text(content));
        }
        String json = json(content);
        return json == null ? null : GeminiContent.withDataUris(json);
    }

    /** The texts in a content, put together. */
    static CharSequence text(@Nullable Object content) {
        StringBuilder text = new StringBuilder();
        if (LibraryObjects.get(content, "parts") instanceof List<?> parts) {
            for (Object part : parts) {
                String piece = LibraryObjects.text(part, "text");
                text.append(piece == null ? "" : piece);
            }
        }
        return text;
    }

    static String quoted(CharSequence text) {
        return JsonText.quoted(text);
    }
}
