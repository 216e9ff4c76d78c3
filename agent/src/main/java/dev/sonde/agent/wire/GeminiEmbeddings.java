package dev.sonde.agent.wire;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Embeddings: contents in; of the vectors only their number and length are recorded. */
public final class GeminiEmbeddings {
    private GeminiEmbeddings() {}

    /**
     * Reads the body of a request for one vector or several.
     *
     * @param model as the path names it
     */
    public static Asked asked(@Nullable String bodyJson, @Nullable String model) {
        Map<String, String> body = JsonText.fields(bodyJson);
        body.remove("model");
        List<String> contents = new ArrayList<>();
        String only = body.remove("content");
        if (only != null) {
            contents.add(only);
        }
        for (String request : JsonText.elements(body.remove("requests"))) {
            contents.add(JsonText.fields(request).getOrDefault("content", "null"));
        }
        return new Asked("embeddings", model, input(contents), GeminiContent.parameters(body, false));
    }

    /** Reads an answer of one vector or several. */
    public static Answered answered(@Nullable String responseJson) {
        Map<String, String> response = JsonText.fields(responseJson);
        String one = response.get("embedding");
        List<String> vectors = one == null ? JsonText.elements(response.get("embeddings")) : List.of(one);
        int dimensions = vectors.isEmpty()
                ? 0
                : JsonText.elements(JsonText.fields(vectors.get(0)).get("values"))
                        .size();
        return new Answered(null, null, OpenAiEmbeddings.output(vectors.size(), dimensions), Map.of(), List.of(), null);
    }

    /** The only content, or an array of all; contents of nothing but one text are that text. */
    public static String input(List<String> contents) {
        List<String> all = new ArrayList<>();
        for (String content : contents) {
            List<String> parts = JsonText.elements(JsonText.fields(content).get("parts"));
            Map<String, String> only = parts.size() == 1 ? JsonText.fields(parts.get(0)) : Map.of();
            String text = only.get("text");
            all.add(only.size() == 1 && text != null ? text : GeminiContent.withDataUris(content));
        }
        return all.size() == 1 ? all.get(0) : "[" + String.join(",", all) + "]";
    }
}
