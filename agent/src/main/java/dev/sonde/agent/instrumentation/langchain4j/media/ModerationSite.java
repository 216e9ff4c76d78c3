package dev.sonde.agent.instrumentation.langchain4j.media;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.instrumentation.langchain4j.Json;
import dev.sonde.agent.instrumentation.langchain4j.Messages;
import dev.sonde.agent.instrumentation.langchain4j.ModelSite;
import dev.sonde.agent.instrumentation.langchain4j.Models;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ModerationModel.moderate}: texts or messages in, whether one of them offends and which out. */
final class ModerationSite extends ModelSite {
    ModerationSite() {
        super("GUARDRAIL");
    }

    @Override
    protected Asked asked(Object self, @Nullable Object[] arguments) {
        Object request = arguments[0];
        String named = LibraryObjects.text(request, "modelName");
        return new Asked(
                "moderation",
                named == null ? Models.modelName(self) : named,
                input(request),
                "{}",
                Models.provider(self),
                null);
    }

    @Override
    protected Answered answered(Object result) {
        Object content = LibraryObjects.get(result, "content");
        Object moderation = content == null ? LibraryObjects.get(result, "moderation") : content;
        String output = new Json()
                .value("flagged", LibraryObjects.get(moderation, "flagged"))
                .text("flagged_text", LibraryObjects.text(moderation, "flaggedText"))
                .toString();
        return new Answered(null, null, output, Map.of(), List.of(), null);
    }

    private static @Nullable String input(@Nullable Object asked) {
        if (asked instanceof String text) {
            return Json.quoted(text);
        }
        if (!(LibraryObjects.get(asked, "texts") instanceof List<?> texts)) {
            return Messages.array(asked);
        }
        return texts.size() == 1 ? Json.of(texts.get(0)) : Json.of(texts);
    }
}
