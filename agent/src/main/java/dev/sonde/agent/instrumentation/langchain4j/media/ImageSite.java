package dev.sonde.agent.instrumentation.langchain4j.media;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.instrumentation.langchain4j.Json;
import dev.sonde.agent.instrumentation.langchain4j.Messages;
import dev.sonde.agent.instrumentation.langchain4j.ModelSite;
import dev.sonde.agent.instrumentation.langchain4j.Models;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ImageModel}: a prompt, maybe with images, in; images out. What is counted is images. */
final class ImageSite extends ModelSite {
    private final String operation;

    ImageSite(String operation) {
        super("GENERATION");
        this.operation = operation;
    }

    @Override
    protected Asked asked(Object self, @Nullable Object[] arguments) {
        String prompt = null;
        Object count = null;
        List<String> images = new ArrayList<>();
        for (Object argument : arguments) {
            if (argument instanceof String text) {
                prompt = Json.quoted(text);
            } else if (argument instanceof Integer) {
                count = argument;
            } else if (argument != null) {
                images.add(Messages.image(argument));
            }
        }
        String input = images.isEmpty()
                ? prompt
                : new Json()
                        .raw("prompt", prompt)
                        .raw("images", "[" + String.join(",", images) + "]")
                        .toString();
        return new Asked(
                operation,
                Models.modelName(self),
                input,
                new Json().value("n", count).toString(),
                Models.provider(self),
                null);
    }

    @Override
    protected Answered answered(Object result) {
        Object content = LibraryObjects.get(result, "content");
        List<?> images = content instanceof List<?> list ? list : content == null ? List.of() : List.of(content);
        List<String> parts = new ArrayList<>();
        images.forEach(image -> parts.add(Messages.image(image)));
        return new Answered(
                null,
                null,
                "[" + String.join(",", parts) + "]",
                parts.isEmpty() ? Map.of() : Map.of("output_images", (long) parts.size()),
                List.of(),
                null);
    }
}
