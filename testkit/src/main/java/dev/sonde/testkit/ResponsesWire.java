package dev.sonde.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Renders one message as a response object of the Responses API, or as the events of its stream. */
final class ResponsesWire implements Wire {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ChatRequest request;
    private final Tokens tokens;
    private final String id;
    private final long createdSeconds;

    ResponsesWire(ChatRequest request, Tokens tokens, String id, long createdSeconds) {
        this.request = request;
        this.tokens = tokens;
        this.id = id;
        this.createdSeconds = createdSeconds;
    }

    /** A request of this API in the words of chat completions, which is what the model here reads. */
    static ChatRequest chatRequest(JsonNode body) {
        ObjectNode chat = JSON.objectNode();
        chat.set("model", body.path("model"));
        chat.set("stream", body.path("stream"));
        chat.set("tool_choice", body.path("tool_choice"));
        if (body.path("max_output_tokens").isInt()) {
            chat.set("max_completion_tokens", body.path("max_output_tokens"));
        }
        ArrayNode messages = chat.putArray("messages");
        if (body.path("instructions").isTextual()) {
            message(messages, "system", body.path("instructions"));
        }
        if (body.path("input").isTextual()) {
            message(messages, "user", body.path("input"));
        }
        for (JsonNode item : body.path("input").isArray() ? body.path("input") : JSON.arrayNode()) {
            switch (item.path("type").asText("message")) {
                case "message" -> message(messages, item.path("role").asText(), item.path("content"));
                case "function_call_output" -> message(messages, "tool", item.path("output"));
                default -> {}
            }
        }
        ArrayNode tools = chat.putArray("tools");
        for (JsonNode tool : body.path("tools")) {
            if (tool.path("type").asText().equals("function")) {
                tools.addObject().put("type", "function").set("function", tool);
            }
        }
        return new ChatRequest(chat);
    }

    @Override
    public ObjectNode whole(Answer.Scripted message) {
        return response(message, "completed", output(message));
    }

    @Override
    public List<String> events(Answer.Scripted message) {
        List<String> events = new ArrayList<>();
        ArrayNode output = output(message);
        for (String kind : List.of("response.created", "response.in_progress")) {
            add(events, kind, JSON.objectNode().set("response", response(null, "in_progress", JSON.arrayNode())));
        }
        for (int index = 0; index < output.size(); index++) {
            ObjectNode item = (ObjectNode) output.get(index);
            add(events, "response.output_item.added", at(item, index).set("item", begun(item)));
            if (item.path("type").asText().equals("message")) {
                addText(events, item, index);
            } else {
                addArguments(events, item, index);
            }
            add(events, "response.output_item.done", at(item, index).set("item", item));
        }
        add(events, "response.completed", JSON.objectNode().set("response", response(message, "completed", output)));
        return events;
    }

    @Override
    public String failure(Answer.Failure failure) {
        List<String> events = new ArrayList<>();
        ObjectNode error = JSON.objectNode()
                .put("code", OpenAiProvider.errorType(failure.status()))
                .put("message", failure.message())
                .putNull("param");
        add(events, "error", error);
        return events.get(0);
    }

    private void addText(List<String> events, ObjectNode item, int index) {
        JsonNode part = item.path("content").path(0);
        String text = part.path("text").asText();
        ObjectNode empty = part.deepCopy();
        add(events, "response.content_part.added", in(item, index).set("part", empty.put("text", "")));
        for (String piece : tokens.split(request.model(), text)) {
            ObjectNode delta = in(item, index).put("delta", piece);
            delta.putArray("logprobs");
            add(events, "response.output_text.delta", delta);
        }
        ObjectNode done = in(item, index).put("text", text);
        done.putArray("logprobs");
        add(events, "response.output_text.done", done);
        add(events, "response.content_part.done", in(item, index).set("part", part));
    }

    private void addArguments(List<String> events, ObjectNode item, int index) {
        String arguments = item.path("arguments").asText();
        for (String piece : tokens.split(request.model(), arguments)) {
            add(
                    events,
                    "response.function_call_arguments.delta",
                    at(item, index).put("delta", piece));
        }
        add(events, "response.function_call_arguments.done", at(item, index).put("arguments", arguments));
    }

    private static void add(List<String> events, String kind, ObjectNode data) {
        ObjectNode event = JSON.objectNode().put("type", kind).put("sequence_number", events.size());
        event.setAll(data);
        events.add("event: " + kind + "\ndata: " + event + "\n\n");
    }

    private static ObjectNode at(ObjectNode item, int index) {
        return JSON.objectNode().put("item_id", item.path("id").asText()).put("output_index", index);
    }

    private static ObjectNode in(ObjectNode item, int index) {
        return at(item, index).put("content_index", 0);
    }

    private static ObjectNode begun(ObjectNode item) {
        ObjectNode begun = item.deepCopy();
        begun.put("status", "in_progress");
        if (begun.has("content")) {
            begun.putArray("content");
        } else {
            begun.put("arguments", "");
        }
        return begun;
    }

    private ArrayNode output(Answer.Scripted message) {
        ArrayNode output = JSON.arrayNode();
        if (message.content() != null) {
            ObjectNode item = output.addObject()
                    .put("type", "message")
                    .put("id", "msg_" + id)
                    .put("status", "completed")
                    .put("role", "assistant");
            ObjectNode part = item.putArray("content").addObject().put("type", "output_text");
            part.put("text", message.content()).putArray("annotations");
            part.putArray("logprobs");
        }
        for (Answer.ToolCall call : message.toolCalls()) {
            output.addObject()
                    .put("type", "function_call")
                    .put("id", "fc_" + output.size() + "_" + id)
                    .put("call_id", "call_" + output.size() + "_" + id)
                    .put("name", call.name())
                    .put("arguments", call.arguments())
                    .put("status", "completed");
        }
        return output;
    }

    /**
     * A response object.
     *
     * @param message null while there is nothing to count yet
     */
    private ObjectNode response(Answer.@Nullable Scripted message, String status, ArrayNode output) {
        ObjectNode root = JSON.objectNode()
                .put("id", id)
                .put("object", "response")
                .put("created_at", createdSeconds)
                .put("status", status)
                .putNull("error")
                .putNull("incomplete_details")
                .putNull("instructions")
                .put("model", request.model());
        root.set("output", output);
        root.put("parallel_tool_calls", true)
                .put("temperature", 1.0)
                .put("top_p", 1.0)
                .put("tool_choice", "auto")
                .putArray("tools");
        root.putObject("metadata");
        if (message == null) {
            return root.putNull("usage");
        }
        Answer.Usage usage = tokens.usage(request, message, 1);
        ObjectNode counts = root.putObject("usage").put("input_tokens", usage.prompt());
        counts.putObject("input_tokens_details").put("cached_tokens", usage.cached());
        counts.put("output_tokens", usage.completion())
                .putObject("output_tokens_details")
                .put("reasoning_tokens", usage.reasoning());
        counts.put("total_tokens", usage.prompt() + usage.completion());
        return root;
    }

    private static void message(ArrayNode messages, String role, JsonNode content) {
        messages.addObject().put("role", role).set("content", content);
    }
}
