package dev.sonde.server.ingest.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What went into a span and what came out. Dialects are asked in order; the first with an answer decides. */
final class ContentAttributes {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Pairs of attributes that hold input and output whole. */
    private static final List<List<String>> PAIRS = List.of(
            List.of("mlflow.spanInputs", "mlflow.spanOutputs"),
            List.of("traceloop.entity.input", "traceloop.entity.output"),
            List.of("input.value", "output.value"),
            List.of("input", "output"),
            List.of("tool_arguments", "tool_response"));

    private static final Set<String> INPUT_EVENTS =
            Set.of("gen_ai.system.message", "gen_ai.user.message", "gen_ai.assistant.message", "gen_ai.tool.message");

    private ContentAttributes() {}

    /**
     * Input and output.
     *
     * @param consumed the attributes they were made from
     */
    record Content(@Nullable String input, @Nullable String output, Set<String> consumed) {

        boolean says() {
            return input != null || output != null;
        }
    }

    static Content of(OtlpSpan span) {
        Content own = pair(span, "langfuse.observation.input", "langfuse.observation.output");
        if (own.says()) {
            return own;
        }
        Content events = events(span);
        if (events.says()) {
            return events;
        }
        for (List<String> pair : PAIRS) {
            Content found = pair(span, pair.get(0), pair.get(1));
            if (found.says()) {
                return found;
            }
        }
        Content vercel = vercel(span);
        if (vercel.says()) {
            return vercel;
        }
        Content flat = flattened(span);
        return flat.says() ? flat : semantic(span);
    }

    private static Content pair(OtlpSpan span, String input, String output) {
        return new Content(span.text(input), span.text(output), Set.of(input, output));
    }

    /** OpenTelemetry's messages as span events, oldest generation of the conventions. */
    private static Content events(OtlpSpan span) {
        ArrayNode input = JSON.arrayNode();
        ArrayNode output = JSON.arrayNode();
        for (OtlpSpan.Event event : span.events()) {
            ObjectNode message = JSON.objectNode();
            if (INPUT_EVENTS.contains(event.name())) {
                message.put("role", event.name().split("\\.", -1)[1]);
                input.add(message);
            } else if (event.name().equals("gen_ai.choice")) {
                output.add(message);
            }
            event.attributes().forEach(message::set);
        }
        JsonNode answer = output.size() == 1 ? output.get(0) : output;
        return new Content(
                input.isEmpty() ? null : input.toString(), output.isEmpty() ? null : answer.toString(), Set.of());
    }

    private static Content vercel(OtlpSpan span) {
        Set<String> consumed = new HashSet<>(List.of(
                "ai.prompt.messages",
                "ai.prompt",
                "ai.toolCall.args",
                "ai.response.text",
                "ai.result.text",
                "ai.toolCall.result",
                "ai.response.object",
                "ai.result.object",
                "ai.response.toolCalls"));
        String output = span.firstText(
                "ai.response.text",
                "ai.result.text",
                "ai.toolCall.result",
                "ai.response.object",
                "ai.result.object",
                "ai.response.toolCalls");
        return new Content(span.firstText("ai.prompt.messages", "ai.prompt", "ai.toolCall.args"), output, consumed);
    }

    /** Messages as numbered attributes: OpenLLMetry's and OpenInference's. */
    private static Content flattened(OtlpSpan span) {
        String input = rebuilt(span, "gen_ai.prompt");
        String output = rebuilt(span, "gen_ai.completion");
        if (input == null && output == null) {
            input = rebuilt(span, "llm.input_messages");
            output = rebuilt(span, "llm.output_messages");
        }
        return new Content(input, output, Set.of());
    }

    private static @Nullable String rebuilt(OtlpSpan span, String prefix) {
        Map<Integer, ObjectNode> messages = new TreeMap<>();
        for (Map.Entry<String, JsonNode> attribute : span.attributes().entrySet()) {
            if (attribute.getKey().startsWith(prefix + ".")) {
                String[] rest =
                        attribute.getKey().substring(prefix.length() + 1).split("\\.", 2);
                if (rest.length == 2 && rest[0].matches("\\d{1,4}")) {
                    String field = rest[1].startsWith("message.") ? rest[1].substring(8) : rest[1];
                    messages.computeIfAbsent(Integer.valueOf(rest[0]), k -> JSON.objectNode())
                            .set(field, attribute.getValue());
                }
            }
        }
        if (messages.isEmpty()) {
            return span.text(prefix);
        }
        ArrayNode array = JSON.arrayNode();
        messages.values().forEach(array::add);
        return array.toString();
    }

    private static Content semantic(OtlpSpan span) {
        String input = span.firstText("gen_ai.input.messages", "gen_ai.tool.call.arguments");
        String output = span.firstText("gen_ai.output.messages", "gen_ai.tool.call.result");
        String system = span.text("gen_ai.system_instructions");
        if (input != null && system != null && input.startsWith("[") && !input.contains("\"role\":\"system\"")) {
            String message = JSON.objectNode()
                    .put("role", "system")
                    .put("content", system)
                    .toString();
            input = "[" + message + (input.equals("[]") ? "]" : "," + input.substring(1));
        }
        return new Content(
                input,
                output,
                Set.of(
                        "gen_ai.input.messages",
                        "gen_ai.output.messages",
                        "gen_ai.tool.call.arguments",
                        "gen_ai.tool.call.result",
                        "gen_ai.system_instructions"));
    }
}
