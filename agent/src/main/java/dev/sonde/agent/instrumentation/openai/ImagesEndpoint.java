package dev.sonde.agent.instrumentation.openai;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.Fold;
import dev.sonde.agent.calls.JsonText;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.wire.OpenAiImages;
import dev.sonde.agent.wire.OpenAiUsage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Images: a prompt, and images that are uploaded, in; images out. */
final class ImagesEndpoint implements Endpoint {
    private final String operation;
    private final boolean uploads;

    ImagesEndpoint(String operation, boolean uploads) {
        this.operation = operation;
        this.uploads = uploads;
    }

    @Override
    public String observationType() {
        return "GENERATION";
    }

    @Override
    public boolean readsAtOnce() {
        return uploads;
    }

    @Override
    public @Nullable String body(@Nullable Object clientOptions, @Nullable Object params) {
        return uploads ? Uploads.json(clientOptions, params) : Endpoint.super.body(clientOptions, params);
    }

    @Override
    public Asked asked(@Nullable String bodyJson, boolean streaming) {
        return OpenAiImages.asked(operation, bodyJson, streaming);
    }

    @Override
    public Answered answered(@Nullable Object clientOptions, Object response) {
        return OpenAiImages.answered(LibraryObjects.json(clientOptions, response));
    }

    @Override
    public Fold fold(@Nullable Object clientOptions) {
        return new Drawing(clientOptions);
    }

    /** An image that becomes clearer from event to event; the last one that came is kept. */
    private static final class Drawing implements Fold {
        private static final List<String> PARTIAL = List.of("generationPartialImage", "partialImage");
        private static final List<String> LAST = List.of("generationCompleted", "completed");

        private final @Nullable Object clientOptions;
        private @Nullable Object image;
        private boolean completed;

        Drawing(@Nullable Object clientOptions) {
            this.clientOptions = clientOptions;
        }

        @Override
        public boolean add(Object event) {
            Object last = first(event, LAST);
            Object drawn = last == null ? first(event, PARTIAL) : last;
            completed |= last != null;
            image = drawn == null ? image : drawn;
            return drawn != null;
        }

        private static @Nullable Object first(Object event, List<String> kinds) {
            for (String kind : kinds) {
                Object found = LibraryObjects.get(event, kind);
                if (found != null) {
                    return found;
                }
            }
            return null;
        }

        @Override
        public Answered answered() {
            String base64 = LibraryObjects.text(image, "b64Json");
            if (base64 == null) {
                return Answered.NOTHING;
            }
            String uri = OpenAiImages.dataUri(LibraryObjects.text(image, "outputFormat"), base64);
            String usage = LibraryObjects.json(clientOptions, LibraryObjects.get(image, "usage"));
            return new Answered(
                    null,
                    null,
                    "[" + JsonText.object(Map.of("b64_json", uri)) + "]",
                    OpenAiUsage.buckets(usage),
                    completed ? List.of("completed") : List.of(),
                    null);
        }
    }
}
