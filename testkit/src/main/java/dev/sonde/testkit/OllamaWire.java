package dev.sonde.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Renders one message as Ollama's answer to a chat or a prompt, whole or as one line of JSON for each piece. */
final class OllamaWire implements Wire {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ChatRequest request;
    private final Tokens tokens;
    private final boolean chat;
    private final Instant created;

    /** @param chat whether messages are asked for; else a prompt's completion */
    OllamaWire(ChatRequest request, Tokens tokens, boolean chat, Instant created) {
        this.request = request;
        this.tokens = tokens;
        this.chat = chat;
        this.created = created;
    }

    /** A request of this API in the words of chat completions; it streams unless told not to. */
    static ChatRequest chatRequest(JsonNode body) {
        ObjectNode asked = JSON.objectNode();
        asked.set("model", body.path("model"));
        asked.put("stream", body.path("stream").asBoolean(true));
        JsonNode limit = body.path("options").path("num_predict");
        if (limit.isInt()) {
            asked.set("max_completion_tokens", limit);
        }
        if (body.has("tools")) {
            asked.set("tools", body.path("tools"));
        }
        ArrayNode messages = asked.putArray("messages");
        if (body.has("messages")) {
            messages.addAll((ArrayNode) body.path("messages"));
            return new ChatRequest(asked);
        }
        if (body.path("system").isTextual()) {
            messages.addObject().put("role", "system").set("content", body.path("system"));
        }
        messages.addObject().put("role", "user").set("content", body.path("prompt"));
        return new ChatRequest(asked);
    }

    @Override
    public ObjectNode whole(Answer.Scripted message) {
        ObjectNode root = piece(content(message), message.thinking(), message.toolCalls());
        return end(root, message);
    }

    @Override
    public List<String> events(Answer.Scripted message) {
        List<String> lines = new ArrayList<>();
        if (message.thinking() != null) {
            for (String thought : tokens.split(request.model(), message.thinking())) {
                lines.add(line(piece("", thought, List.of()).put("done", false)));
            }
        }
        for (String text : tokens.split(request.model(), content(message))) {
            lines.add(line(piece(text, null, List.of()).put("done", false)));
        }
        if (!message.toolCalls().isEmpty()) {
            lines.add(line(piece("", null, message.toolCalls()).put("done", false)));
        }
        lines.add(line(end(piece("", null, List.of()), message)));
        return lines;
    }

    @Override
    public String failure(Answer.Failure failure) {
        return line(error(failure));
    }

    /** An error's body. */
    static ObjectNode error(Answer.Failure failure) {
        return JSON.objectNode().put("error", failure.message());
    }

    private static String line(ObjectNode json) {
        return json + "\n";
    }

    private ObjectNode piece(String text, @Nullable String thinking, List<Answer.ToolCall> calls) {
        ObjectNode root = JSON.objectNode().put("model", request.model()).put("created_at", created.toString());
        ObjectNode said = root;
        if (chat) {
            said = root.putObject("message").put("role", "assistant").put("content", text);
        } else {
            root.put("response", text);
        }
        if (thinking != null) {
            said.put("thinking", thinking);
        }
        if (!calls.isEmpty()) {
            ArrayNode array = said.putArray("tool_calls");
            for (Answer.ToolCall call : calls) {
                array.addObject()
                        .putObject("function")
                        .put("name", call.name())
                        .putRawValue("arguments", new RawValue(call.arguments()));
            }
        }
        return root;
    }

    private ObjectNode end(ObjectNode root, Answer.Scripted message) {
        Answer.Usage counted = tokens.usage(request, message, 1);
        boolean whole = message.content() == null || content(message).equals(message.content());
        return root.put("done_reason", whole ? "stop" : "length")
                .put("done", true)
                .put("total_duration", 4_883_583L)
                .put("load_duration", 1_334_875L)
                .put("prompt_eval_count", counted.prompt())
                .put("prompt_eval_duration", 342_546L)
                .put("eval_count", counted.completion())
                .put("eval_duration", 4_535_599L);
    }

    private String content(Answer.Scripted message) {
        return message.content() == null
                ? ""
                : tokens.truncate(request.model(), message.content(), request.maxTokens());
    }
}
