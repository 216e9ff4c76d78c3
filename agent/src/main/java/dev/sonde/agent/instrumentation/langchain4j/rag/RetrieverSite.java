package dev.sonde.agent.instrumentation.langchain4j.rag;

import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.Step;
import dev.sonde.agent.instrumentation.langchain4j.StepSite;
import org.jspecify.annotations.Nullable;

/** {@code ContentRetriever.retrieve}: a query in, contents with their scores out. */
final class RetrieverSite extends StepSite {
    @Override
    protected @Nullable Step started(Object self, @Nullable Object[] arguments) {
        Step step =
                Step.start("RETRIEVER", RagContents.name(self, "retrieve"), LibraryObjects.text(arguments[0], "text"));
        return step == null
                ? null
                : step.note(observation -> observation.attribute("gen_ai.operation.name", "retrieval"));
    }

    @Override
    protected @Nullable String output(Object result) {
        return RagContents.contents(result);
    }
}
