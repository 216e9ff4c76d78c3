package dev.sonde.agent.instrumentation.anthropic;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.wire.AnthropicJson;
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
        return AnthropicJson.asked(bodyJson, streaming);
    }

    /** Whom the request names as the application's user; null for none. */
    static @Nullable String user(@Nullable String bodyJson) {
        return AnthropicJson.user(bodyJson);
    }

    /** Reads a whole message. */
    static Answered answered(@Nullable Object clientOptions, Object message) {
        return AnthropicJson.answered(LibraryObjects.json(clientOptions, message));
    }
}
