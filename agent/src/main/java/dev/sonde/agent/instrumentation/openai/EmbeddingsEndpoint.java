package dev.sonde.agent.instrumentation.openai;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.Fold;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.wire.OpenAiEmbeddings;
import dev.sonde.agent.wire.OpenAiUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Embeddings: texts in; of the vectors only their number and length are recorded. */
final class EmbeddingsEndpoint implements Endpoint {
    @Override
    public String observationType() {
        return "EMBEDDING";
    }

    @Override
    public Asked asked(@Nullable String bodyJson, boolean streaming) {
        return OpenAiEmbeddings.asked(bodyJson);
    }

    @Override
    public Answered answered(@Nullable Object clientOptions, Object response) {
        String usage = LibraryObjects.json(clientOptions, LibraryObjects.get(response, "usage"));
        String output = null;
        if (LibraryObjects.get(response, "data") instanceof List<?> vectors && !vectors.isEmpty()) {
            Object first = LibraryObjects.get(vectors.get(0), "embedding");
            output = OpenAiEmbeddings.output(vectors.size(), first instanceof List<?> vector ? vector.size() : 0);
        }
        return new Answered(
                null, LibraryObjects.text(response, "model"), output, OpenAiUsage.buckets(usage), List.of(), null);
    }

    /** Embeddings do not stream. */
    @Override
    public Fold fold(@Nullable Object clientOptions) {
        throw new UnsupportedOperationException("embeddings do not stream");
    }
}
