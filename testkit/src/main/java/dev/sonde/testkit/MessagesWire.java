package dev.sonde.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Renders one message as a message object of Anthropic's Messages API, or as the events of its stream. */
final class MessagesWire implements Wire {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** The shortest prompt that Anthropic's larger models cache. */
    private static final int CACHE_MINIMUM = 1024;

    private final ChatRequest request;
    private final Tokens tokens;
    private final String id;

    MessagesWire(ChatRequest request, Tokens tokens, String id) {
        this.request = request;
        this.tokens = tokens;
        this.id = id;
    }

    /** A request of this API in the words of chat completions, which is what the model here reads. */
    static ChatRequest chatRequest(JsonNode body) {
        ObjectNode chat = JSON.objectNode();
        chat.set("model", body.path("model"));
        chat.set("stream", body.path("stream"));
        chat.set("max_tokens", body.path("max_tokens"));
        chat.put("cached", body.toString().contains("\"cache_control\":{"));
        ArrayNode messages = chat.putArray("messages");
        if (body.has("system")) {
            messages.addObject().put("role", "system").set("content", body.path("system"));
        }
        for (JsonNode message : body.path("messages")) {
            addMessage(messages, message);
        }
        ArrayNode tools = chat.putArray("tools");
        for (JsonNode tool : body.path("tools")) {
            ObjectNode function = tools.addObject().put("type", "function").putObject("function");
            function.set("name", tool.path("name"));
            function.set("description", tool.path("description"));
            function.set("parameters", tool.path("input_schema"));
        }
        JsonNode choice = body.path("tool_choice");
        switch (choice.path("type").asText("auto")) {
            case "any" -> chat.put("tool_choice", "required");
            case "tool" -> chat.putObject("tool_choice").putObject("function").set("name", choice.path("name"));
            default -> chat.set("tool_choice", choice.path("type"));
        }
        return new ChatRequest(chat);
    }

    /** Results of tools come in the user's turn here, and as messages of their own there. */
    private static void addMessage(ArrayNode messages, JsonNode message) {
        ArrayNode rest = JSON.arrayNode();
        ArrayNode results = JSON.arrayNode();
        for (JsonNode block : message.path("content")) {
            if (block.path("type").asText().equals("tool_result")) {
                results.addObject().put("role", "tool").set("content", block.path("content"));
            } else {
                rest.add(block);
            }
        }
        if (!message.path("content").isArray()) {
            messages.add(message);
        } else if (!rest.isEmpty()) {
            messages.addObject().put("role", message.path("role").asText()).set("content", rest);
        }
        messages.addAll(results);
    }

    /** The answer to a question for the number of tokens in the prompt. */
    ObjectNode tokenCount() {
        return JSON.objectNode().put("input_tokens", tokens.promptTokens(request));
    }

    @Override
    public ObjectNode whole(Answer.Scripted scripted) {
        Answer.Scripted message = limited(scripted);
        ObjectNode root = envelope();
        root.set("content", content(message));
        root.put("stop_reason", stopReason(scripted, message)).putNull("stop_sequence");
        root.set("usage", inFull(usage(message)));
        return root;
    }

    @Override
    public List<String> events(Answer.Scripted scripted) {
        Answer.Scripted message = limited(scripted);
        Answer.Usage usage = usage(message);
        List<String> events = new ArrayList<>();
        ObjectNode begun = envelope();
        begun.putArray("content");
        begun.putNull("stop_reason").putNull("stop_sequence");
        begun.set("usage", inFull(usage).put("output_tokens", 1));
        add(events, "message_start", JSON.objectNode().set("message", begun));
        ArrayNode content = content(message);
        for (int index = 0; index < content.size(); index++) {
            addBlock(events, index, (ObjectNode) content.get(index));
        }
        ObjectNode last = JSON.objectNode();
        last.putObject("delta")
                .put("stop_reason", stopReason(scripted, message))
                .putNull("stop_sequence");
        last.set("usage", counts(usage));
        add(events, "message_delta", last);
        add(events, "message_stop", JSON.objectNode());
        return events;
    }

    @Override
    public String failure(Answer.Failure failure) {
        return "event: error\ndata: " + AnthropicProvider.error(failure) + "\n\n";
    }

    private void addBlock(List<String> events, int index, ObjectNode block) {
        String type = block.path("type").asText();
        ObjectNode begun = block.deepCopy();
        switch (type) {
            case "thinking" -> begun.put("thinking", "").put("signature", "");
            case "tool_use" -> begun.putObject("input");
            default -> begun.put("text", "");
        }
        add(events, "content_block_start", at(index).set("content_block", begun));
        if (index == 0) {
            add(events, "ping", JSON.objectNode());
        }
        switch (type) {
            case "thinking" -> {
                addDeltas(events, index, "thinking", block.path("thinking").asText());
                ObjectNode signature = at(index);
                signature.putObject("delta").put("type", "signature_delta").set("signature", block.path("signature"));
                add(events, "content_block_delta", signature);
            }
            case "tool_use" ->
                addDeltas(events, index, "partial_json", block.path("input").toString());
            default -> addDeltas(events, index, "text", block.path("text").asText());
        }
        add(events, "content_block_stop", at(index));
    }

    private void addDeltas(List<String> events, int index, String field, String text) {
        String type = field.equals("partial_json") ? "input_json_delta" : field + "_delta";
        for (String piece : tokens.split(request.model(), text)) {
            ObjectNode data = at(index);
            data.putObject("delta").put("type", type).put(field, piece);
            add(events, "content_block_delta", data);
        }
    }

    private static ObjectNode at(int index) {
        return JSON.objectNode().put("index", index);
    }

    private static void add(List<String> events, String kind, ObjectNode data) {
        ObjectNode event = JSON.objectNode().put("type", kind);
        event.setAll(data);
        events.add("event: " + kind + "\ndata: " + event + "\n\n");
    }

    private ObjectNode envelope() {
        return JSON.objectNode()
                .put("id", id)
                .put("type", "message")
                .put("role", "assistant")
                .put("model", request.model());
    }

    private ArrayNode content(Answer.Scripted message) {
        ArrayNode content = JSON.arrayNode();
        if (message.thinking() != null) {
            content.addObject()
                    .put("type", "thinking")
                    .put("thinking", message.thinking())
                    .put("signature", "c2lnbmVk");
        }
        if (message.content() != null) {
            content.addObject().put("type", "text").put("text", message.content());
        }
        for (int i = 0; i < message.toolCalls().size(); i++) {
            Answer.ToolCall call = message.toolCalls().get(i);
            content.addObject()
                    .put("type", "tool_use")
                    .put("id", "toolu_" + i + "_" + id.substring(id.indexOf('_') + 1))
                    .put("name", call.name())
                    .set("input", arguments(call));
        }
        return content;
    }

    private Answer.Scripted limited(Answer.Scripted message) {
        if (message.content() == null) {
            return message;
        }
        String content = tokens.truncate(request.model(), message.content(), request.maxTokens());
        return new Answer.Scripted(content, message.toolCalls(), message.usage(), message.thinking());
    }

    private static String stopReason(Answer.Scripted asked, Answer.Scripted given) {
        if (!given.toolCalls().isEmpty()) {
            return "tool_use";
        }
        return Objects.equals(asked.content(), given.content()) ? "end_turn" : "max_tokens";
    }

    private static JsonNode arguments(Answer.ToolCall call) {
        try {
            return MAPPER.readTree(call.arguments());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("arguments that are no JSON: " + call.arguments(), e);
        }
    }

    /** Counted prompts are cached when the request marks something to be, and then as if it marked their end. */
    private Answer.Usage usage(Answer.Scripted message) {
        Answer.Usage counted = tokens.usage(request, message, 1);
        if (message.usage() != null) {
            return counted;
        }
        boolean caches = request.body().path("cached").asBoolean() && counted.prompt() >= CACHE_MINIMUM;
        int read = caches ? counted.cached() : 0;
        int written = caches ? counted.prompt() - read : 0;
        return new Answer.Usage(counted.prompt(), counted.completion(), read, counted.reasoning(), written);
    }

    /** All that a message says about usage. */
    private static ObjectNode inFull(Answer.Usage usage) {
        ObjectNode node = counts(usage);
        node.putObject("cache_creation")
                .put("ephemeral_5m_input_tokens", usage.cacheWritten())
                .put("ephemeral_1h_input_tokens", 0);
        return node.put("service_tier", "standard");
    }

    /** The counts: each token of the prompt is in one of three, and thoughts are among the output. */
    private static ObjectNode counts(Answer.Usage usage) {
        return JSON.objectNode()
                .put("input_tokens", usage.prompt() - usage.cached() - usage.cacheWritten())
                .put("cache_creation_input_tokens", usage.cacheWritten())
                .put("cache_read_input_tokens", usage.cached())
                .put("output_tokens", usage.completion());
    }
}
