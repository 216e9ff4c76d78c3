package dev.sonde.server.ingest.otlp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sonde.server.model.PromptLink;
import org.jspecify.annotations.Nullable;

/** Which prompt a span says it was made from: two attributes of Langfuse's, or one of Vercel's with both as JSON. */
final class PromptAttributes {

    private static final ObjectMapper JSON = new ObjectMapper();

    private PromptAttributes() {}

    /** The prompt without its id; null when the span does not say both name and version. */
    static @Nullable PromptLink of(OtlpSpan span) {
        String name = span.firstText("langfuse.observation.prompt.name", "langfuse.prompt.name");
        String version = span.firstText("langfuse.observation.prompt.version", "langfuse.prompt.version");
        String both = span.text("ai.telemetry.metadata.langfusePrompt");
        if ((name == null || version == null) && both != null) {
            try {
                JsonNode json = JSON.readTree(both);
                name = OtlpSpan.text(json.get("name"));
                version = OtlpSpan.text(json.get("version"));
            } catch (JsonProcessingException e) {
                return null; // the client's own text, which happens to be called so
            }
        }
        if (name == null || version == null) {
            return null;
        }
        try {
            return new PromptLink(null, name, Integer.parseInt(version));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
