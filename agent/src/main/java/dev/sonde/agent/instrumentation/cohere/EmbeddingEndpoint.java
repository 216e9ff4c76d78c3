package dev.sonde.agent.instrumentation.cohere;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.JsonText;
import dev.sonde.agent.calls.LibraryObjects;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Embeddings: texts or images in; of the vectors only their number and length are recorded. */
final class EmbeddingEndpoint implements Endpoint {
    private static final List<String> KINDS =
            List.of("getFloat", "getInt8", "getUint8", "getBinary", "getUbinary", "getBase64");

    @Override
    public String observationType() {
        return "EMBEDDING";
    }

    @Override
    public Asked asked(@Nullable String bodyJson) {
        Map<String, String> body = JsonText.fields(bodyJson);
        String model = JsonText.stringOrNull(body.remove("model"));
        body.values().removeIf("null"::equals);
        String input = CohereJson.takeInput(body, "texts", "images", "inputs");
        return new Asked("embeddings", model, input, CohereJson.parameters(body));
    }

    /** The same vectors may come in several kinds of numbers. */
    @Override
    public Answered answered(Mapper mapper, Object response) {
        Object embeddings = LibraryObjects.get(response, "getEmbeddings");
        String output = null;
        for (String kind : KINDS) {
            if (LibraryObjects.get(embeddings, kind) instanceof List<?> vectors && !vectors.isEmpty()) {
                output = "{\"vectors\":" + vectors.size()
                        + (vectors.get(0) instanceof List<?> vector ? ",\"dimensions\":" + vector.size() : "") + "}";
                break;
            }
        }
        return new Answered(
                LibraryObjects.text(response, "getId"),
                null,
                output,
                CohereJson.metaUsage(mapper.json(LibraryObjects.get(response, "getMeta"))),
                List.of(),
                null);
    }
}
