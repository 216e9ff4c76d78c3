package dev.sonde.agent.instrumentation.openai;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.Fold;
import dev.sonde.agent.calls.JsonText;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.wire.OpenAiAudio;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Transcriptions and translations: a file of speech in, of which name and size are recorded; its text out. */
final class TranscriptEndpoint implements Endpoint {
    private final String operation;

    TranscriptEndpoint(String operation) {
        this.operation = operation;
    }

    @Override
    public String observationType() {
        return "GENERATION";
    }

    @Override
    public boolean readsAtOnce() {
        return true;
    }

    @Override
    public @Nullable String body(@Nullable Object clientOptions, @Nullable Object params) {
        return Uploads.json(clientOptions, params);
    }

    @Override
    public Asked asked(@Nullable String bodyJson, boolean streaming) {
        return OpenAiAudio.askedToWrite(operation, bodyJson, streaming);
    }

    @Override
    public Answered answered(@Nullable Object clientOptions, Object response) {
        return OpenAiAudio.answered(LibraryObjects.json(clientOptions, response));
    }

    @Override
    public Fold fold(@Nullable Object clientOptions) {
        return new Events(clientOptions);
    }

    /** The last event has the whole text; what came is kept in case it does not come. */
    private static final class Events implements Fold {
        private final @Nullable Object clientOptions;
        private final StringBuilder text = new StringBuilder();
        private @Nullable Object done;

        Events(@Nullable Object clientOptions) {
            this.clientOptions = clientOptions;
        }

        @Override
        public boolean add(Object event) {
            Object last = LibraryObjects.get(event, "transcriptTextDone");
            if (last != null) {
                done = last;
                return true;
            }
            String delta = LibraryObjects.text(LibraryObjects.get(event, "transcriptTextDelta"), "delta");
            if (delta != null) {
                text.append(delta);
            }
            return delta != null && !delta.isEmpty();
        }

        @Override
        public Answered answered() {
            String whole = LibraryObjects.text(done, "text");
            String said = whole == null ? text.toString() : whole;
            String usage =
                    JsonText.fields(LibraryObjects.json(clientOptions, done)).get("usage");
            return new Answered(
                    null,
                    null,
                    done == null && said.isEmpty() ? null : JsonText.quoted(said),
                    done == null ? Map.of() : OpenAiAudio.usage(usage, null),
                    done == null ? List.of() : List.of("done"),
                    null);
        }
    }
}
