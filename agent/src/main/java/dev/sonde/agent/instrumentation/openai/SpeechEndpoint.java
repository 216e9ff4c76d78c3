package dev.sonde.agent.instrumentation.openai;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.BodyResponses;
import dev.sonde.agent.calls.Fold;
import dev.sonde.agent.calls.ModelCall;
import dev.sonde.agent.wire.OpenAiAudio;
import org.jspecify.annotations.Nullable;

/** Speech: a text in; of the audio only its type and size are recorded. */
final class SpeechEndpoint implements Endpoint {
    @Override
    public String observationType() {
        return "GENERATION";
    }

    @Override
    public Asked asked(@Nullable String bodyJson, boolean streaming) {
        return OpenAiAudio.askedToSpeak(bodyJson);
    }

    /** The response is not parsed: its body is the audio. */
    @Override
    public @Nullable Object observe(@Nullable Object result, ModelCall call, @Nullable Object clientOptions) {
        return BodyResponses.observe(result, call);
    }

    @Override
    public Answered answered(@Nullable Object clientOptions, Object response) {
        throw new UnsupportedOperationException("speech is not parsed");
    }

    /** The body is followed by its own fold. */
    @Override
    public Fold fold(@Nullable Object clientOptions) {
        throw new UnsupportedOperationException("speech has no events");
    }
}
