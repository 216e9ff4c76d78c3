package dev.sonde.agent.instrumentation.genai;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.JsonText;
import dev.sonde.agent.calls.LibraryObjects;
import java.util.ArrayList;
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
        Map<String, String> config = GenAiContent.members(ContentEndpoint.json(arguments[arguments.length - 1]));
        return new Asked("embeddings", (String) arguments[0], input(contents), GenAiContent.parameters(config, false));
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

    /** The only content, or an array of all; contents of nothing but one text are that text. */
    static String input(List<String> contents) {
        List<String> all = new ArrayList<>();
        for (String content : contents) {
            List<String> parts = JsonText.elements(JsonText.fields(content).get("parts"));
            Map<String, String> only = parts.size() == 1 ? JsonText.fields(parts.get(0)) : Map.of();
            String text = only.get("text");
            all.add(only.size() == 1 && text != null ? text : GenAiContent.withDataUris(content));
        }
        return all.size() == 1 ? all.get(0) : "[" + String.join(",", all) + "]";
    }
}
