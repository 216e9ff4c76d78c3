package dev.sonde.agent.instrumentation.langchain4j.rag;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.instrumentation.langchain4j.Json;
import dev.sonde.agent.instrumentation.langchain4j.ModelSite;
import dev.sonde.agent.instrumentation.langchain4j.Models;
import dev.sonde.agent.instrumentation.langchain4j.TokenUsages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code ScoringModel}: a query and documents in, how relevant each of these is out. */
final class ScoringSite extends ModelSite {
    ScoringSite() {
        super("RETRIEVER");
    }

    @Override
    protected Asked asked(Object self, @Nullable Object[] arguments) {
        Object query = arguments[1];
        Json input = new Json()
                .text("query", query == null ? null : query.toString())
                .raw("documents", RagContents.texts(arguments[0]));
        return new Asked("rerank", Models.modelName(self), input.toString(), "{}", Models.provider(self), null);
    }

    @Override
    protected Answered answered(Object result) {
        StringBuilder scores = new StringBuilder("[");
        if (LibraryObjects.get(result, "content") instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                scores.append(i == 0 ? "" : ",")
                        .append(new Json().value("index", i).value("relevance_score", list.get(i)));
            }
        }
        return new Answered(
                null,
                null,
                scores.append(']').toString(),
                TokenUsages.buckets(LibraryObjects.get(result, "tokenUsage")),
                List.of(),
                null);
    }
}
