package dev.sonde.server.ingest.otlp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What went into a span and what came out. Dialects are asked in order; the first with an answer decides. */
final class ContentAttributes {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final JsonMapper MAPPER = new JsonMapper();

    /** Attributes that hold input or output whole, dialect by dialect; within one, the first that is there. */
    private static final List<Whole> WHOLE = List.of(
            new Whole( // Google ADK
                    List.of("gcp.vertex.agent.llm_request", "gcp.vertex.agent.tool_call_args"),
                    List.of("gcp.vertex.agent.llm_response", "gcp.vertex.agent.tool_response")),
            new Whole(List.of("prompt"), List.of("all_messages_events")), // Logfire
            new Whole( // LiveKit
                    List.of("lk.input_text", "lk.user_transcript", "lk.chat_ctx"),
                    List.of("lk.function_tool.output", "lk.response.text")),
            new Whole(List.of("mlflow.spanInputs"), List.of("mlflow.spanOutputs")),
            new Whole(List.of("traceloop.entity.input"), List.of("traceloop.entity.output")),
            new Whole(List.of("input.value"), List.of("output.value")), // OpenInference
            new Whole(List.of("input"), List.of("output")), // Pydantic AI, Pipecat
            new Whole(List.of("pydantic_ai.all_messages"), List.of("final_result")),
            new Whole(List.of("tool_arguments"), List.of("tool_response")));

    private record Whole(List<String> input, List<String> output) {}

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
        if (span.source().scope().equals("ai")) {
            Content vercel = vercel(span);
            return vercel.says() ? vercel : semantic(span, span.attributes());
        }
        Content events = events(span);
        if (events.says()) {
            return events;
        }
        for (Whole whole : WHOLE) {
            Content found = whole(span, whole);
            if (found.says()) {
                return found;
            }
        }
        Content flat = flattened(span.attributes());
        return flat.says() ? flat : semantic(span, span.attributes());
    }

    private static Content whole(OtlpSpan span, Whole whole) {
        Set<String> consumed = new HashSet<>(whole.input());
        consumed.addAll(whole.output());
        return new Content(said(span, whole.input()), said(span, whole.output()), consumed);
    }

    /** ADK sends an empty object where there is nothing. */
    private static @Nullable String said(OtlpSpan span, List<String> names) {
        for (String name : names) {
            String text = span.text(name);
            if (text != null && !text.equals("{}")) {
                return text;
            }
        }
        return null;
    }

    private static Content pair(OtlpSpan span, String input, String output) {
        return new Content(span.text(input), span.text(output), Set.of(input, output));
    }

    /** OpenTelemetry's messages as span events: one event for all of them, one each, or one for each side. */
    private static Content events(OtlpSpan span) {
        for (OtlpSpan.Event event : span.events()) {
            if (event.name().equals("gen_ai.client.inference.operation.details")) {
                Content details = semantic(span, event.attributes());
                if (details.says()) {
                    return details;
                }
            }
        }
        Content messages = messages(span);
        if (messages.says()) {
            return messages;
        }
        Map<String, JsonNode> sides = new LinkedHashMap<>();
        for (OtlpSpan.Event event : span.events()) {
            if (event.name().equals("gen_ai.content.prompt") || event.name().equals("gen_ai.content.completion")) {
                sides.putAll(event.attributes());
            }
        }
        return flattened(sides);
    }

    private static Content messages(OtlpSpan span) {
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
                "ai.response.toolCalls",
                "ai.result.toolCalls"));
        String text = span.firstText("ai.response.text", "ai.result.text");
        String calls = span.firstText("ai.response.toolCalls", "ai.result.toolCalls");
        if (text != null && calls != null) {
            String both = JSON.objectNode()
                    .put("role", "assistant")
                    .put("content", text)
                    .set("tool_calls", tree(calls))
                    .toString();
            return new Content(span.firstText("ai.prompt.messages", "ai.prompt"), both, consumed);
        }
        String output = span.firstText(
                "ai.response.text",
                "ai.result.text",
                "ai.toolCall.result",
                "ai.response.object",
                "ai.result.object",
                "ai.response.toolCalls",
                "ai.result.toolCalls");
        return new Content(span.firstText("ai.prompt.messages", "ai.prompt", "ai.toolCall.args"), output, consumed);
    }

    /** Messages as numbered attributes: OpenLLMetry's and OpenInference's. */
    private static Content flattened(Map<String, JsonNode> attributes) {
        String input = rebuilt(attributes, "gen_ai.prompt");
        String output = rebuilt(attributes, "gen_ai.completion");
        if (input == null && output == null) {
            input = rebuilt(attributes, "llm.input_messages");
            output = rebuilt(attributes, "llm.output_messages");
        }
        return new Content(input, output, Set.of());
    }

    private static @Nullable String rebuilt(Map<String, JsonNode> attributes, String prefix) {
        JsonNode structure = Flattened.read(attributes, prefix);
        return structure == null ? OtlpSpan.text(attributes.get(prefix)) : structure.toString();
    }

    private static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            return JSON.textNode(json);
        }
    }

    private static Content semantic(OtlpSpan span, Map<String, JsonNode> attributes) {
        String input = OtlpSpan.text(attributes.get("gen_ai.input.messages"));
        String output = OtlpSpan.text(attributes.get("gen_ai.output.messages"));
        if (input == null && output == null) {
            input = span.text("gen_ai.tool.call.arguments");
            output = span.text("gen_ai.tool.call.result");
        }
        String system = OtlpSpan.text(attributes.get("gen_ai.system_instructions"));
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
