package dev.sonde.agent.instrumentation.plainhttp;

import dev.sonde.agent.calls.JsonText;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What models' servers say when they answer with an error, each in its own shape. */
final class Refusals {
    private static final int KEPT = 500;

    private Refusals() {}

    /** Such as {@code HTTP 429: Slow down.} */
    static String message(int status, String body) {
        String said = inError(body.startsWith("[") ? first(body) : body);
        String text = said == null ? body.substring(0, Math.min(KEPT, body.length())) : said;
        return text.isEmpty() ? "HTTP " + status : "HTTP " + status + ": " + text;
    }

    /** What a part of a stream says that is an error; null for any other part. */
    static @Nullable String inPart(String part) {
        return part.contains("\"error\"") ? inError(part) : null;
    }

    private static @Nullable String inError(String json) {
        Map<String, String> fields = JsonText.fields(json);
        String error = fields.get("error");
        if (error == null || error.equals("null")) {
            return "error".equals(JsonText.stringOrNull(fields.get("type")))
                    ? JsonText.stringOrNull(fields.get("message"))
                    : null;
        }
        String message = JsonText.stringOrNull(JsonText.fields(error).get("message"));
        return message == null ? JsonText.string(error) : message;
    }

    /** Gemini answers a stream that is refused with a list of one. */
    private static String first(String list) {
        return JsonText.elements(list).stream().findFirst().orElse("");
    }
}
