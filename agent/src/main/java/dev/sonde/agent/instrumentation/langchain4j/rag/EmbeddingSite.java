package dev.sonde.agent.instrumentation.langchain4j.rag;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.instrumentation.langchain4j.Json;
import dev.sonde.agent.instrumentation.langchain4j.Messages;
import dev.sonde.agent.instrumentation.langchain4j.ModelSite;
import dev.sonde.agent.instrumentation.langchain4j.Models;
import dev.sonde.agent.instrumentation.langchain4j.TokenUsages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code EmbeddingModel}: texts in; of the vectors only their number and length are recorded. */
final class EmbeddingSite extends ModelSite {
    EmbeddingSite() {
        super("EMBEDDING");
    }

    @Override
    protected Asked asked(Object self, @Nullable Object[] arguments) {
        Object request = arguments[0];
        Object own = LibraryObjects.get(request, "parameters");
        Object defaults = LibraryObjects.get(self, "defaultRequestParameters");
        Object merged = LibraryObjects.call(defaults, "overrideWith", own);
        Object parameters = merged == null ? own : merged;
        String asked = Models.known(LibraryObjects.text(parameters, "modelName"));
        Object kind = LibraryObjects.get(parameters, "inputType");
        return new Asked(
                "embeddings",
                asked == null ? Models.modelName(self) : asked,
                input(request),
                new Json()
                        .value("dimensions", LibraryObjects.get(parameters, "dimensions"))
                        .text(
                                "input_type",
                                kind == null ? null : kind.toString().toLowerCase(Locale.ROOT))
                        .toString(),
                Models.provider(self),
                null);
    }

    @Override
    protected Answered answered(Object result) {
        Object content = LibraryObjects.get(result, "content");
        Object all = content == null ? LibraryObjects.get(result, "embeddings") : content;
        List<?> vectors = all instanceof List<?> list ? list : all == null ? List.of() : List.of(all);
        Map<String, Long> usage = new LinkedHashMap<>(TokenUsages.buckets(LibraryObjects.get(result, "tokenUsage")));
        usage.remove("output", 0L);
        return new Answered(
                null,
                Models.known(LibraryObjects.text(result, "modelName")),
                RagContents.vectors(vectors).toString(),
                usage,
                List.of(),
                null);
    }

    /** A request, several segments, one, or a text: one input by itself, several as an array. */
    private static @Nullable String input(@Nullable Object asked) {
        Object inputs = asked instanceof List<?> ? asked : LibraryObjects.get(asked, "inputs");
        if (!(inputs instanceof List<?> list)) {
            return one(asked);
        }
        List<String> all = new ArrayList<>();
        list.forEach(input -> all.add(String.valueOf(one(input))));
        return all.size() == 1 ? all.get(0) : "[" + String.join(",", all) + "]";
    }

    private static @Nullable String one(@Nullable Object input) {
        if (input instanceof String text) {
            return Json.quoted(text);
        }
        String contents = Messages.contents(LibraryObjects.get(input, "contents"));
        String text = contents == null ? LibraryObjects.text(input, "text") : null;
        return text == null ? contents : Json.quoted(text);
    }
}
