package dev.sonde.agent.instrumentation.langchain4j.rag;

import dev.sonde.agent.calls.JsonText;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.Step;
import dev.sonde.agent.instrumentation.langchain4j.Messages;
import dev.sonde.agent.instrumentation.langchain4j.StepSite;
import org.jspecify.annotations.Nullable;

/**
 * {@code RetrievalAugmentor.augment}: a message in, and what was found for it out, in the order in which it is put into
 * the message; the message itself is the input of the model that is asked next.
 */
final class AugmentorSite extends StepSite {
    @Override
    protected @Nullable Step started(Object self, @Nullable Object[] arguments) {
        Object message = LibraryObjects.get(arguments[0], "chatMessage");
        String contents = Messages.contents(LibraryObjects.get(message, "contents"));
        String name = RagContents.name(self, "augment");
        return contents != null && contents.startsWith("\"")
                ? Step.start("CHAIN", name, JsonText.string(contents))
                : Step.startJson("CHAIN", name, contents);
    }

    @Override
    protected @Nullable String output(Object result) {
        return RagContents.contents(LibraryObjects.get(result, "contents"));
    }
}
