package dev.sonde.server.datasets;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sonde.server.model.IsoTime;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a body that a client sent. Absent and null are the same; what breaks a rule is an exception naming it. */
record Fields(JsonNode body) {

    Fields {
        require(body.isObject(), "body", "expected an object");
    }

    /** A text that must be there and have a character. */
    String text(String name, int mostChars) {
        String text = textOrNull(name, mostChars);
        if (text == null || text.isEmpty()) {
            throw new IllegalArgumentException(name + ": expected a text");
        }
        return text;
    }

    @Nullable
    String textOrNull(String name, int mostChars) {
        if (!body.hasNonNull(name)) {
            return null;
        }
        require(body.get(name).isTextual(), name, "expected a text");
        String text = clean(body.get(name).asText());
        require(text.length() <= mostChars, name, "longer than " + mostChars + " characters");
        require(text.indexOf('\0') < 0, name, "contains the character U+0000");
        return text;
    }

    /** Any JSON, as text. */
    @Nullable
    String json(String name) {
        return body.hasNonNull(name) ? clean(body.get(name).toString()) : null;
    }

    /** A time with its offset. */
    @Nullable
    Instant time(String name) {
        if (!body.hasNonNull(name)) {
            return null;
        }
        try {
            return IsoTime.parse(body.get(name).asText());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(name + ": expected an ISO-8601 time with an offset");
        }
    }

    /** Nothing but these. */
    void only(Set<String> names) {
        body.fieldNames().forEachRemaining(name -> require(names.contains(name), name, "is not known"));
    }

    static void require(boolean held, String field, String otherwise) {
        if (!held) {
            throw new IllegalArgumentException(field + ": " + otherwise);
        }
    }

    /** Half a surrogate pair, which JSON can say and UTF-8 cannot, becomes a question mark. */
    private static String clean(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
