package dev.sonde.agent.instrumentation.anthropic;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.JsonText;
import dev.sonde.agent.calls.LibraryObjects;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads requests and messages of the library, of the stable API and of the beta one. */
final class Messages {
    private Messages() {}

    /**
     * Reads a request.
     *
     * @param bodyJson the request's body as it will be sent, but for the stream flag; null when it could not be written
     */
    static Asked asked(@Nullable String bodyJson, boolean streaming) {
        Map<String, String> body = JsonText.fields(bodyJson);
        String model = JsonText.stringOrNull(body.remove("model"));
        String input = MessageJson.takeInput(body);
        body.values().removeIf("null"::equals);
        if (streaming) {
            body.put("stream", "true");
        }
        return new Asked("chat", model, input, JsonText.object(body));
    }

    /** Whom the request names as the application's user; null for none. */
    static @Nullable String user(@Nullable String bodyJson) {
        String metadata = JsonText.fields(bodyJson).get("metadata");
        return JsonText.stringOrNull(JsonText.fields(metadata).get("user_id"));
    }

    /** Reads a whole message. */
    static Answered answered(@Nullable Object clientOptions, Object message) {
        Map<String, String> fields = JsonText.fields(LibraryObjects.json(clientOptions, message));
        String content = fields.get("content");
        String reason = JsonText.stringOrNull(fields.get("stop_reason"));
        return new Answered(
                JsonText.stringOrNull(fields.get("id")),
                JsonText.stringOrNull(fields.get("model")),
                content == null ? null : MessageJson.message(content),
                MessageJson.buckets(JsonText.fields(fields.get("usage"))),
                reason == null ? List.of() : List.of(reason),
                null);
    }
}
