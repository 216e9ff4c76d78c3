package dev.sonde.agent.instrumentation.genai;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.wire.GeminiContent;
import dev.sonde.agent.wire.GeminiEmbeddings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Embeddings: contents in; of the vectors only their number and length are recorded. */
final class EmbeddingEndpoint implements Endpoint {
    @Override
    public String observationType() {
        return "EMBEDDING";
    }

    /** Reads model, contents, in later versions also the only or first content and a kind of interface, and configuration. */
    @Override
    public Asked asked(@Nullable Object[] arguments) {
        List<String> contents = ContentEndpoint.jsonOfEach(arguments[1]);
        if (contents.isEmpty() && arguments.length > 3 && arguments[2] != null) {
            contents.addAll(ContentEndpoint.jsonOfEach(List.of(arguments[2])));
        }
        Map<String, String> config = GeminiContent.members(ContentEndpoint.json(arguments[arguments.length - 1]));
        return new Asked(
                "embeddings",
                (String) arguments[0],
                GeminiEmbeddings.input(contents),
                GeminiContent.parameters(config, false));
    }

    @Override
    public Answered answered(Object response) {
        String output = null;
        if (LibraryObjects.get(response, "embeddings") instanceof List<?> vectors && !vectors.isEmpty()) {
            Object first = LibraryObjects.get(vectors.get(0), "values");
            output = "{\"vectors\":" + vectors.size()
                    + (first instanceof List<?> vector ? ",\"dimensions\":" + vector.size() : "") + "}";
        }
        return new Answered(null, null, output, Map.of(), List.of(), null);
    }
}
