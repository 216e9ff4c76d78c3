package dev.sonde.agent.instrumentation.openai;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.Fold;
import dev.sonde.agent.calls.JsonText;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.wire.OpenAiChat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Moderation: texts and images in; out is whether each offends, and by what. */
final class ModerationEndpoint implements Endpoint {
    @Override
    public String observationType() {
        return "GUARDRAIL";
    }

    /** So that a framework's guardrail of the same name is known to be this one. */
    @Override
    public boolean readsAtOnce() {
        return true;
    }

    @Override
    public Asked asked(@Nullable String bodyJson, boolean streaming) {
        Map<String, String> body = JsonText.fields(bodyJson);
        String input = body.remove("input");
        String model = JsonText.stringOrNull(body.remove("model"));
        return new Asked("moderation", model, input, OpenAiChat.parameters(body, streaming));
    }

    @Override
    public Answered answered(@Nullable Object clientOptions, Object response) {
        Map<String, String> fields = JsonText.fields(LibraryObjects.json(clientOptions, response));
        return new Answered(
                JsonText.stringOrNull(fields.get("id")),
                JsonText.stringOrNull(fields.get("model")),
                OpenAiChat.output(JsonText.elements(fields.get("results"))),
                Map.of(),
                List.of(),
                null);
    }

    /** Moderation does not stream. */
    @Override
    public Fold fold(@Nullable Object clientOptions) {
        throw new UnsupportedOperationException("moderation does not stream");
    }
}
