package dev.sonde.agent.instrumentation.langchain4j.rag;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.Step;
import dev.sonde.agent.instrumentation.langchain4j.Json;
import dev.sonde.agent.instrumentation.langchain4j.StepSite;
import dev.sonde.agent.instrumentation.langchain4j.TokenUsages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code EmbeddingStoreIngestor.ingest}: documents that are split, embedded and stored; only their number is recorded. */
final class IngestorSite extends StepSite {
    @Override
    protected @Nullable Step started(Object self, @Nullable Object[] arguments) {
        int documents = arguments[0] instanceof List<?> list ? list.size() : 0;
        return Step.startJson(
                "CHAIN",
                RagContents.name(self, "ingest"),
                new Json().value("documents", documents).toString());
    }

    @Override
    protected @Nullable String output(Object result) {
        Long tokens =
                TokenUsages.buckets(LibraryObjects.get(result, "tokenUsage")).get("total");
        return tokens == null ? null : new Json().value("tokens", tokens).toString();
    }
}
