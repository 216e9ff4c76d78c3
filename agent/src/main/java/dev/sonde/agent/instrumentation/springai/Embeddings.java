package dev.sonde.agent.instrumentation.springai;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.JsonText;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.instrumentation.springai.Usages.Counted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Embeddings: texts in; of the vectors only their number and length are recorded. */
final class Embeddings {

    private Embeddings() {}

    /** The texts as an array. */
    static @Nullable String input(Object request) {
        if (!(LibraryObjects.get(request, "getInstructions") instanceof List<?> texts)) {
            return null;
        }
        StringBuilder json = new StringBuilder("[");
        for (Object text : texts) {
            JsonText.appendQuoted(json.append(json.length() == 1 ? "" : ","), String.valueOf(text));
        }
        return json.append(']').toString();
    }

    static Answered answered(@Nullable Object response) {
        String output = null;
        if (LibraryObjects.get(response, "getResults") instanceof List<?> vectors && !vectors.isEmpty()) {
            Object first = LibraryObjects.get(vectors.get(0), "getOutput");
            output = "{\"vectors\":" + vectors.size()
                    + (first instanceof float[] vector ? ",\"dimensions\":" + vector.length : "") + "}";
        }
        Object metadata = LibraryObjects.get(response, "getMetadata");
        Object usage = LibraryObjects.get(metadata, "getUsage");
        var buckets = Usages.buckets(usage, Counted.of(usage), "");
        buckets.remove("output"); // vectors are not counted
        return new Answered(null, LibraryObjects.text(metadata, "getModel"), output, buckets, List.of(), null);
    }
}
