package dev.sonde.agent.wire;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.JsonText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Embeddings: texts in; of the vectors only their number and length are recorded. */
public final class OpenAiEmbeddings {
    private OpenAiEmbeddings() {}

    /** The input is the text, the array of texts, or the tokens. */
    public static Asked asked(@Nullable String bodyJson) {
        Map<String, String> body = JsonText.fields(bodyJson);
        String input = body.remove("input");
        String model = JsonText.stringOrNull(body.remove("model"));
        return new Asked("embeddings", model, input, OpenAiChat.parameters(body, false));
    }

    /** The vectors, lists of numbers or base64, are counted and left. */
    public static Answered answered(@Nullable String responseJson) {
        Map<String, String> response = JsonText.fields(responseJson);
        List<String> vectors = JsonText.elements(response.get("data"));
        String first =
                vectors.isEmpty() ? null : JsonText.fields(vectors.get(0)).get("embedding");
        return new Answered(
                null,
                JsonText.stringOrNull(response.get("model")),
                output(vectors.size(), JsonText.elements(first).size()),
                OpenAiUsage.buckets(response.get("usage")),
                List.of(),
                null);
    }

    /**
     * What is said of vectors in their place; null when there are none.
     *
     * @param dimensions of the first; 0 when unknown
     */
    public static @Nullable String output(int vectors, int dimensions) {
        return vectors == 0
                ? null
                : "{\"vectors\":" + vectors + (dimensions > 0 ? ",\"dimensions\":" + dimensions : "") + "}";
    }
}
