package dev.sonde.agent.instrumentation.openai;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.Fold;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.wire.OpenAiChat;
import org.jspecify.annotations.Nullable;

/** Chat completions: messages in, one message for each choice out. */
final class ChatEndpoint implements Endpoint {
    @Override
    public String observationType() {
        return "GENERATION";
    }

    @Override
    public Asked asked(@Nullable String bodyJson, boolean streaming) {
        return OpenAiChat.asked(bodyJson, streaming);
    }

    @Override
    public Answered answered(@Nullable Object clientOptions, Object response) {
        return OpenAiChat.answered(LibraryObjects.json(clientOptions, response));
    }

    @Override
    public Fold fold(@Nullable Object clientOptions) {
        return new ChatChunks(clientOptions);
    }
}
