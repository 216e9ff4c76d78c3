package dev.sonde.server.ingest.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The model a span called, and the request's parameters. */
final class ModelAttributes {

    private ModelAttributes() {}

    static @Nullable String model(OtlpSpan span) {
        return span.firstText(
                "langfuse.observation.model.name",
                "gen_ai.response.model",
                "ai.model.id",
                "gen_ai.request.model",
                "llm.response.model",
                "llm.model_name",
                "embedding.model_name",
                "model");
    }

    /** JSON text of an object, or null when there are none. */
    static @Nullable String parameters(OtlpSpan span) {
        String whole =
                span.firstText("langfuse.observation.model.parameters", "llm.invocation_parameters", "model_config");
        if (whole != null && whole.startsWith("{")) {
            return whole;
        }
        ObjectNode gathered = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> attribute : span.attributes().entrySet()) {
            for (String prefix : new String[] {"gen_ai.request.", "llm.invocation_parameters."}) {
                String key = attribute.getKey();
                if (key.startsWith(prefix) && !key.equals(prefix + "model")) {
                    gathered.set(key.substring(prefix.length()), attribute.getValue());
                }
            }
        }
        return gathered.isEmpty() ? null : gathered.toString();
    }
}
