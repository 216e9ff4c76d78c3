package dev.sonde.agent.instrumentation.openai;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.Fold;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.wire.OpenAiResponses;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The Responses API: input items in, output items out. */
final class ResponsesEndpoint implements Endpoint {
    @Override
    public String observationType() {
        return "GENERATION";
    }

    @Override
    public Asked asked(@Nullable String bodyJson, boolean streaming) {
        return OpenAiResponses.asked(bodyJson, streaming);
    }

    @Override
    public Answered answered(@Nullable Object clientOptions, Object response) {
        return OpenAiResponses.answered(LibraryObjects.json(clientOptions, response));
    }

    @Override
    public Fold fold(@Nullable Object clientOptions) {
        return new Events(clientOptions);
    }

    /** The last event of a stream carries the whole response; the text so far is kept in case it does not come. */
    private static final class Events implements Fold {
        private static final List<String> LAST = List.of("completed", "incomplete", "failed");
        private static final List<String> DELTAS =
                List.of("outputTextDelta", "functionCallArgumentsDelta", "reasoningSummaryTextDelta", "refusalDelta");

        private final @Nullable Object clientOptions;
        private final StringBuilder text = new StringBuilder();
        private @Nullable Object created;
        private @Nullable Object last;

        Events(@Nullable Object clientOptions) {
            this.clientOptions = clientOptions;
        }

        @Override
        public boolean add(Object event) {
            for (String kind : DELTAS) {
                Object delta = LibraryObjects.get(event, kind);
                if (delta != null) {
                    if (kind.equals("outputTextDelta")) {
                        text.append(LibraryObjects.text(delta, "delta"));
                    }
                    return true;
                }
            }
            if (created == null) {
                created = LibraryObjects.get(LibraryObjects.get(event, "created"), "response");
            }
            for (String kind : LAST) {
                Object ending = LibraryObjects.get(event, kind);
                last = ending == null ? last : LibraryObjects.get(ending, "response");
            }
            return false;
        }

        @Override
        public Answered answered() {
            if (last != null) {
                return OpenAiResponses.answered(LibraryObjects.json(clientOptions, last));
            }
            return OpenAiResponses.begun(LibraryObjects.json(clientOptions, created), text);
        }
    }
}
