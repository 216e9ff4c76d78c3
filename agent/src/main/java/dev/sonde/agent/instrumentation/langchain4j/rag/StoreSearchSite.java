package dev.sonde.agent.instrumentation.langchain4j.rag;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.Step;
import dev.sonde.agent.instrumentation.langchain4j.Json;
import dev.sonde.agent.instrumentation.langchain4j.StepSite;
import org.jspecify.annotations.Nullable;

/** {@code EmbeddingStore.search}: how it is asked for what is near, and what is. Part of the retriever that asks. */
final class StoreSearchSite extends StepSite {
    @Override
    protected @Nullable Step started(Object self, @Nullable Object[] arguments) {
        Object request = arguments[0];
        String query = LibraryObjects.text(request, "query");
        Object results = LibraryObjects.get(request, "maxResults");
        Object score = LibraryObjects.get(request, "minScore");
        String filter = LibraryObjects.text(request, "filter");
        Json input = new Json()
                .text("query", query)
                .value("dimensions", LibraryObjects.get(LibraryObjects.get(request, "queryEmbedding"), "dimension"))
                .value("max_results", results)
                .value("min_score", score)
                .text("filter", filter);
        Step step = Step.startJson("RETRIEVER", RagContents.name(self, "search"), input.toString());
        return step == null
                ? null
                : step.note(observation -> RagContents.store(observation, self, "search")
                        .metadata("max_results", results)
                        .metadata("min_score", score)
                        .metadata("filter", filter));
    }

    @Override
    protected @Nullable String output(Object result) {
        return RagContents.matches(LibraryObjects.get(result, "matches"));
    }
}
