package dev.sonde.agent.instrumentation.azure;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.wire.OpenAiChat;
import dev.sonde.agent.wire.OpenAiEmbeddings;
import dev.sonde.agent.wire.OpenAiUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A kind of call: how its options and its answers are read. */
enum Endpoint {
    /** Messages in, a message for each choice out. */
    CHAT("ChatCompletions", "GENERATION") {
        @Override
        Asked asked(@Nullable String optionsJson, boolean streaming) {
            return OpenAiChat.asked(optionsJson, streaming);
        }

        @Override
        Answered answered(Object answer) {
            return OpenAiChat.answered(AzureJson.of(answer));
        }
    },
    /** Texts in; of the vectors only number and length are recorded. */
    EMBEDDING("Embeddings", "EMBEDDING") {
        @Override
        Asked asked(@Nullable String optionsJson, boolean streaming) {
            return OpenAiEmbeddings.asked(optionsJson);
        }

        @Override
        Answered answered(Object answer) {
            List<?> items = LibraryObjects.get(answer, "getData") instanceof List<?> data ? data : List.of();
            Object first = items.isEmpty() ? null : LibraryObjects.get(items.get(0), "getEmbedding");
            int dimensions = first instanceof List<?> vector ? vector.size() : 0;
            return new Answered(
                    null,
                    null,
                    OpenAiEmbeddings.output(items.size(), dimensions),
                    OpenAiUsage.buckets(AzureJson.of(LibraryObjects.get(answer, "getUsage"))),
                    List.of(),
                    null);
        }
    };

    private final String method;
    private final String observationType;

    Endpoint(String method, String observationType) {
        this.method = method;
        this.observationType = observationType;
    }

    /** What follows {@code get} in the names of its methods. */
    String method() {
        return method;
    }

    /** Simple name of the type of its options. */
    String options() {
        return method + "Options";
    }

    String observationType() {
        return observationType;
    }

    /** Reads the options, of which the model is not part. */
    abstract Asked asked(@Nullable String optionsJson, boolean streaming);

    /** Reads a whole answer. */
    abstract Answered answered(Object answer);
}
