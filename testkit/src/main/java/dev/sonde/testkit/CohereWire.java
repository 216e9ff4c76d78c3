package dev.sonde.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Renders one message as Cohere's v2 chat answer, or as the events of its stream. */
final class CohereWire implements Wire {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ChatRequest request;
    private final Tokens tokens;
    private final String id;

    CohereWire(ChatRequest request, Tokens tokens, String id) {
        this.request = request;
        this.tokens = tokens;
        this.id = id;
    }

    /** A request of this API in the words of chat completions: only the tool choice is said otherwise. */
    static ChatRequest chatRequest(JsonNode body) {
        ObjectNode chat = body.deepCopy();
        if (body.has("tool_choice")) {
            chat.put("tool_choice", body.path("tool_choice").asText().toLowerCase(Locale.ROOT));
        }
        return new ChatRequest(chat);
    }

    @Override
    public ObjectNode whole(Answer.Scripted message) {
        ObjectNode root = JSON.objectNode().put("id", id).put("finish_reason", finishReason(message));
        ObjectNode answer = root.putObject("message").put("role", "assistant");
        if (!message.toolCalls().isEmpty()) {
            ArrayNode calls = answer.putArray("tool_calls");
            for (int i = 0; i < message.toolCalls().size(); i++) {
                Answer.ToolCall call = message.toolCalls().get(i);
                calls.add(toolCall(i, call.name(), call.arguments()));
            }
        }
        if (message.content() != null) {
            answer.putArray("content").addObject().put("type", "text").put("text", content(message));
        }
        root.set("usage", usage(message));
        return root;
    }

    @Override
    public List<String> events(Answer.Scripted message) {
        List<String> events = new ArrayList<>();
        ObjectNode begun = JSON.objectNode().put("id", id);
        ObjectNode empty = begun.putObject("delta").putObject("message").put("role", "assistant");
        empty.putArray("content");
        empty.put("tool_plan", "").putArray("tool_calls");
        empty.putArray("citations");
        add(events, "message-start", begun);
        if (message.content() != null) {
            addContent(events, message);
        }
        for (int i = 0; i < message.toolCalls().size(); i++) {
            addCall(events, i, message.toolCalls().get(i));
        }
        ObjectNode end = JSON.objectNode().put("id", id);
        end.putObject("delta").put("finish_reason", finishReason(message)).set("usage", usage(message));
        add(events, "message-end", end);
        events.add("data: [DONE]\n\n");
        return events;
    }

    @Override
    public String failure(Answer.Failure failure) {
        List<String> events = new ArrayList<>();
        ObjectNode end = JSON.objectNode().put("id", id);
        end.putObject("delta").put("finish_reason", "ERROR").put("error", failure.message());
        add(events, "message-end", end);
        return events.get(0);
    }

    private void addContent(List<String> events, Answer.Scripted message) {
        add(
                events,
                "content-start",
                part(0, JSON.objectNode().put("type", "text").put("text", "")));
        for (String piece : tokens.split(request.model(), content(message))) {
            add(events, "content-delta", part(0, JSON.objectNode().put("text", piece)));
        }
        add(events, "content-end", JSON.objectNode().put("index", 0));
    }

    private void addCall(List<String> events, int index, Answer.ToolCall call) {
        add(events, "tool-call-start", called(index, toolCall(index, call.name(), "")));
        for (String piece : tokens.split(request.model(), call.arguments())) {
            ObjectNode delta = JSON.objectNode();
            delta.putObject("function").put("arguments", piece);
            add(events, "tool-call-delta", called(index, delta));
        }
        add(events, "tool-call-end", JSON.objectNode().put("index", index));
    }

    private static ObjectNode part(int index, ObjectNode content) {
        ObjectNode event = JSON.objectNode().put("index", index);
        event.putObject("delta").putObject("message").set("content", content);
        return event;
    }

    private static ObjectNode called(int index, ObjectNode call) {
        ObjectNode event = JSON.objectNode().put("index", index);
        event.putObject("delta").putObject("message").set("tool_calls", call);
        return event;
    }

    private static void add(List<String> events, String type, ObjectNode body) {
        events.add("event: " + type + "\ndata: "
                + JSON.objectNode().put("type", type).setAll(body) + "\n\n");
    }

    private ObjectNode toolCall(int index, String name, String arguments) {
        ObjectNode call =
                JSON.objectNode().put("id", name + "_" + index + "_" + id).put("type", "function");
        call.putObject("function").put("name", name).put("arguments", arguments);
        return call;
    }

    private String content(Answer.Scripted message) {
        return message.content() == null
                ? ""
                : tokens.truncate(request.model(), message.content(), request.maxTokens());
    }

    private String finishReason(Answer.Scripted message) {
        if (!message.toolCalls().isEmpty()) {
            return "TOOL_CALL";
        }
        return content(message).equals(message.content()) ? "COMPLETE" : "MAX_TOKENS";
    }

    /** Billed are the tokens without framing; here both counts are the same. */
    private ObjectNode usage(Answer.Scripted message) {
        Answer.Usage counted = tokens.usage(request, message, 1);
        ObjectNode usage = JSON.objectNode();
        for (String kind : List.of("billed_units", "tokens")) {
            usage.putObject(kind).put("input_tokens", counted.prompt()).put("output_tokens", counted.completion());
        }
        return usage.put("cached_tokens", counted.cached());
    }
}
