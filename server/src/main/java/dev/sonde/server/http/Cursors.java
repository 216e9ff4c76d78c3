package dev.sonde.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sonde.server.model.IsoTime;
import dev.sonde.server.query.Slice;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Places in lists ordered newest first, as texts that clients hand back without looking inside. */
final class Cursors {

    private static final int VERSION = 1;

    private Cursors() {}

    /** The place behind a row. */
    static String after(Instant time, String id) {
        ObjectNode place =
                Json.object().put("v", VERSION).put("lastTime", time.toString()).put("lastId", id);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(place));
    }

    /** The place that {@code cursor} names; null for the list's begin, a problem where it names none. */
    static Slice.@Nullable Position parse(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            JsonNode place = Json.stored(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
            if (place != null
                    && place.path("v").asInt() == VERSION
                    && place.path("lastId").isTextual()) {
                return new Slice.Position(
                        IsoTime.parse(place.path("lastTime").asText()),
                        place.path("lastId").asText());
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            throw HttpProblem.invalid("Invalid cursor format");
        }
        throw HttpProblem.invalid("Invalid cursor format");
    }
}
