package dev.sonde.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Renders one message as DashScope's answer of a generation, or as the events of its stream. */
final class DashScopeWire implements Wire {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** What the service says as long as nothing has finished. */
    private static final String UNFINISHED = "null";

    private final ChatRequest request;
    private final boolean incremental;
    private final boolean messages;
    private final boolean lists;
    private final Tokens tokens;
    private final String id;

    /** @param lists whether a message's content is a list, as that of multimodal models is */
    DashScopeWire(ChatRequest request, JsonNode parameters, boolean lists, Tokens tokens, String id) {
        this.request = request;
        this.incremental = parameters.path("incremental_output").asBoolean(false);
        this.messages = lists || parameters.path("result_format").asText().equals("message");
        this.lists = lists;
        this.tokens = tokens;
        this.id = id;
    }

    /** A request of this API in the words of chat completions. */
    static ChatRequest chatRequest(JsonNode body, boolean streams) {
        ObjectNode chat =
                body.path("parameters").isObject() ? body.path("parameters").deepCopy() : JSON.objectNode();
        chat.put("model", body.path("model").asText()).put("stream", streams);
        JsonNode input = body.path("input");
        ArrayNode said = chat.putArray("messages");
        for (JsonNode message : input.path("messages")) {
            ObjectNode copy = message.deepCopy();
            if (message.path("content").isArray()) {
                ArrayNode parts = copy.putArray("content");
                for (JsonNode part : message.path("content")) {
                    if (part.has("text")) {
                        parts.addObject()
                                .put("type", "text")
                                .put("text", part.path("text").asText());
                    }
                }
            }
            said.add(copy);
        }
        if (input.has("prompt")) {
            said.addObject()
                    .put("role", "user")
                    .put("content", input.path("prompt").asText());
        }
        return new ChatRequest(chat);
    }

    /** The body of an error. */
    static ObjectNode error(Answer.Failure failure, String id) {
        String code = switch (failure.status()) {
            case 401 -> "InvalidApiKey";
            case 429 -> "Throttling.RateQuota";
            case 500, 502, 503 -> "InternalError";
            default -> "InvalidParameter";
        };
        return JSON.objectNode()
                .put("code", code)
                .put("message", failure.message())
                .put("request_id", id);
    }

    @Override
    public ObjectNode whole(Answer.Scripted message) {
        String text = message.content() == null ? "" : message.content();
        return part(message, text, message.toolCalls(), reason(message));
    }

    @Override
    public List<String> events(Answer.Scripted message) {
        List<String> events = new ArrayList<>();
        StringBuilder before = new StringBuilder();
        if (message.content() != null) {
            for (String piece : tokens.split(request.model(), message.content())) {
                before.append(piece);
                add(events, part(message, incremental ? piece : before.toString(), List.of(), UNFINISHED));
            }
        }
        String rest = incremental ? "" : before.toString();
        add(events, part(message, rest, message.toolCalls(), reason(message)));
        return events;
    }

    @Override
    public String failure(Answer.Failure failure) {
        return "id:0\nevent:error\n:HTTP_STATUS/" + failure.status() + "\ndata:" + error(failure, id) + "\n\n";
    }

    private static void add(List<String> events, ObjectNode data) {
        events.add("id:" + (events.size() + 1) + "\nevent:result\n:HTTP_STATUS/200\ndata:" + data + "\n\n");
    }

    private ObjectNode part(Answer.Scripted message, String text, List<Answer.ToolCall> calls, String reason) {
        ObjectNode root = JSON.objectNode();
        ObjectNode output = root.putObject("output");
        if (messages) {
            ObjectNode choice = output.putArray("choices").addObject().put("finish_reason", reason);
            ObjectNode said = choice.putObject("message").put("role", "assistant");
            if (lists) {
                ArrayNode content = said.putArray("content");
                if (!text.isEmpty()) {
                    content.addObject().put("text", text);
                }
            } else {
                said.put("content", text);
            }
            addCalls(said, calls);
        } else {
            output.put("finish_reason", reason).put("text", text);
        }
        root.set("usage", usage(message));
        return root.put("request_id", id);
    }

    private void addCalls(ObjectNode said, List<Answer.ToolCall> calls) {
        if (calls.isEmpty()) {
            return;
        }
        ArrayNode array = said.putArray("tool_calls");
        for (int i = 0; i < calls.size(); i++) {
            array.addObject()
                    .put("index", i)
                    .put("id", "call_" + id + "_" + i)
                    .put("type", "function")
                    .putObject("function")
                    .put("name", calls.get(i).name())
                    .put("arguments", calls.get(i).arguments());
        }
    }

    private ObjectNode usage(Answer.Scripted message) {
        Answer.Usage usage = tokens.usage(request, message, 1);
        ObjectNode node = JSON.objectNode()
                .put("input_tokens", usage.prompt())
                .put("output_tokens", usage.completion())
                .put("total_tokens", usage.prompt() + usage.completion());
        node.putObject("prompt_tokens_details").put("cached_tokens", usage.cached());
        return node;
    }

    private static String reason(Answer.Scripted message) {
        return message.toolCalls().isEmpty() ? "stop" : "tool_calls";
    }
}
