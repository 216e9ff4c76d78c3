package dev.sonde.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Renders one message as a legacy completion, or as the chunks of its stream. */
final class CompletionWire implements Wire {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ChatRequest request;
    private final Tokens tokens;
    private final String id;
    private final long createdSeconds;

    CompletionWire(ChatRequest request, Tokens tokens, String id, long createdSeconds) {
        this.request = request;
        this.tokens = tokens;
        this.id = id;
        this.createdSeconds = createdSeconds;
    }

    /** A request of this API in the words of chat completions, which is what the model here reads. */
    static ChatRequest chatRequest(JsonNode body) {
        ObjectNode chat = ((ObjectNode) body).deepCopy();
        JsonNode prompt = chat.remove("prompt");
        String text = prompt.isArray() ? prompt.path(0).asText() : prompt.asText();
        chat.putArray("messages").addObject().put("role", "user").put("content", text);
        return new ChatRequest(chat);
    }

    @Override
    public ObjectNode whole(Answer.Scripted message) {
        ObjectNode root = envelope();
        for (int index = 0; index < request.choices(); index++) {
            addChoice(root, index, text(message), reason(message));
        }
        root.set("usage", usage(message));
        return root;
    }

    @Override
    public List<String> events(Answer.Scripted message) {
        List<ObjectNode> chunks = new ArrayList<>();
        for (int index = 0; index < request.choices(); index++) {
            for (String piece : tokens.split(request.model(), text(message))) {
                ObjectNode chunk = envelope();
                addChoice(chunk, index, piece, null);
                chunks.add(chunk);
            }
            ObjectNode last = envelope();
            addChoice(last, index, "", reason(message));
            chunks.add(last);
        }
        if (request.streamsUsage()) {
            chunks.forEach(chunk -> chunk.putNull("usage"));
            ObjectNode last = envelope();
            last.set("usage", usage(message));
            chunks.add(last);
        }
        List<String> events = new ArrayList<>();
        chunks.forEach(chunk -> events.add("data: " + chunk + "\n\n"));
        events.add("data: [DONE]\n\n");
        return events;
    }

    @Override
    public String failure(Answer.Failure failure) {
        return "data: " + OpenAiProvider.error(failure) + "\n\n";
    }

    private ObjectNode envelope() {
        ObjectNode root = JSON.objectNode()
                .put("id", id)
                .put("object", "text_completion")
                .put("created", createdSeconds)
                .put("model", request.model())
                .put("system_fingerprint", "fp_extractive");
        root.putArray("choices");
        return root;
    }

    private static void addChoice(ObjectNode root, int index, String text, @Nullable String finishReason) {
        root.withArray("choices")
                .addObject()
                .put("text", text)
                .put("index", index)
                .putNull("logprobs")
                .put("finish_reason", finishReason);
    }

    private String text(Answer.Scripted message) {
        String content = message.content() == null ? "" : message.content();
        return tokens.truncate(request.model(), content, request.maxTokens());
    }

    private String reason(Answer.Scripted message) {
        return text(message).equals(message.content()) ? "stop" : "length";
    }

    private ObjectNode usage(Answer.Scripted message) {
        Answer.Usage usage = tokens.usage(request, message, request.choices());
        return JSON.objectNode()
                .put("prompt_tokens", usage.prompt())
                .put("completion_tokens", usage.completion())
                .put("total_tokens", usage.prompt() + usage.completion());
    }
}
