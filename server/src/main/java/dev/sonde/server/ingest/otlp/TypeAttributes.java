package dev.sonde.server.ingest.otlp;

import dev.sonde.server.model.ObservationType;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What kind of work a span stands for; the first dialect that knows decides. */
final class TypeAttributes {

    private static final Map<String, ObservationType> OPERATIONS = Map.ofEntries(
            Map.entry("chat", ObservationType.GENERATION),
            Map.entry("completion", ObservationType.GENERATION),
            Map.entry("text_completion", ObservationType.GENERATION),
            Map.entry("generate_content", ObservationType.GENERATION),
            Map.entry("generate", ObservationType.GENERATION),
            Map.entry("embeddings", ObservationType.EMBEDDING),
            Map.entry("invoke_agent", ObservationType.AGENT),
            Map.entry("create_agent", ObservationType.AGENT),
            Map.entry("execute_tool", ObservationType.TOOL));

    private static final Map<String, ObservationType> TRACELOOP = Map.of(
            "workflow", ObservationType.CHAIN,
            "task", ObservationType.SPAN,
            "agent", ObservationType.AGENT,
            "tool", ObservationType.TOOL);

    private TypeAttributes() {}

    static ObservationType of(OtlpSpan span) {
        ObservationType type = named(span.text("langfuse.observation.type"));
        type = type != null ? type : openInference(span.text("openinference.span.kind"));
        type = type != null ? type : OPERATIONS.get(String.valueOf(span.text("gen_ai.operation.name")));
        type = type != null ? type : vercel(span);
        type = type != null ? type : TRACELOOP.get(String.valueOf(span.text("traceloop.span.kind")));
        if (type == null && span.firstText("gen_ai.tool.name", "gen_ai.tool.call.id") != null) {
            type = ObservationType.TOOL;
        }
        if (type == null && ModelAttributes.model(span) != null) {
            type = ObservationType.GENERATION;
        }
        return type == null ? ObservationType.SPAN : type;
    }

    private static @Nullable ObservationType openInference(@Nullable String kind) {
        return "LLM".equalsIgnoreCase(kind) ? ObservationType.GENERATION : named(kind);
    }

    private static @Nullable ObservationType vercel(OtlpSpan span) {
        String operation = span.firstText("ai.operationId", "operation.name");
        if (operation == null || !operation.startsWith("ai.")) {
            return null;
        }
        if (operation.startsWith("ai.toolCall")) {
            return ObservationType.TOOL;
        }
        boolean inner = operation.contains(".doGenerate") || operation.contains(".doStream");
        return inner ? ObservationType.GENERATION : operation.contains(".doEmbed") ? ObservationType.EMBEDDING : null;
    }

    private static @Nullable ObservationType named(@Nullable String name) {
        if (name == null) {
            return null;
        }
        try {
            return ObservationType.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
