package dev.sonde.testkit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Renders one message as a chat completion object or as the chunks of a stream. */
final class ChatWire implements Wire {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String FINGERPRINT = "fp_extractive";

    private final ChatRequest request;
    private final Tokens tokens;
    private final String id;
    private final long createdSeconds;

    ChatWire(ChatRequest request, Tokens tokens, String id, long createdSeconds) {
        this.request = request;
        this.tokens = tokens;
        this.id = id;
        this.createdSeconds = createdSeconds;
    }

    @Override
    public ObjectNode whole(Answer.Scripted scripted) {
        Answer.Scripted message = limited(scripted);
        ObjectNode root = envelope("chat.completion");
        ArrayNode choices = root.putArray("choices");
        for (int index = 0; index < request.choices(); index++) {
            ObjectNode choice = choices.addObject().put("index", index);
            ObjectNode body = choice.putObject("message").put("role", "assistant");
            body.put("content", message.content()).putNull("refusal").putArray("annotations");
            if (!message.toolCalls().isEmpty()) {
                body.set("tool_calls", toolCalls(message));
            }
            choice.putNull("logprobs").put("finish_reason", finishReason(scripted, message));
        }
        root.set("usage", usage(message));
        return root;
    }

    @Override
    public List<String> events(Answer.Scripted scripted) {
        List<String> events = new ArrayList<>();
        chunks(scripted).forEach(chunk -> events.add("data: " + chunk + "\n\n"));
        events.add("data: [DONE]\n\n");
        return events;
    }

    @Override
    public String failure(Answer.Failure failure) {
        return "data: " + OpenAiProvider.error(failure) + "\n\n";
    }

    private List<ObjectNode> chunks(Answer.Scripted scripted) {
        Answer.Scripted message = limited(scripted);
        List<ObjectNode> chunks = new ArrayList<>();
        for (int index = 0; index < request.choices(); index++) {
            int choice = index;
            chunks.add(chunk(
                    choice,
                    null,
                    delta -> delta.put("role", "assistant")
                            .put("content", message.content() == null ? null : "")
                            .putNull("refusal")));
            if (message.content() != null) {
                for (String piece : tokens.split(request.model(), message.content())) {
                    chunks.add(chunk(choice, null, delta -> delta.put("content", piece)));
                }
            }
            addToolCallChunks(chunks, choice, message);
            chunks.add(chunk(choice, finishReason(scripted, message), delta -> {}));
        }
        if (request.streamsUsage()) {
            chunks.forEach(chunk -> chunk.putNull("usage"));
            ObjectNode last = envelope("chat.completion.chunk");
            last.putArray("choices");
            last.set("usage", usage(message));
            chunks.add(last);
        }
        return chunks;
    }

    private void addToolCallChunks(List<ObjectNode> chunks, int choice, Answer.Scripted message) {
        for (int call = 0; call < message.toolCalls().size(); call++) {
            int position = call;
            Answer.ToolCall toolCall = message.toolCalls().get(call);
            chunks.add(chunk(
                    choice,
                    null,
                    delta -> toolCallDelta(delta, position)
                            .put("id", callId(position))
                            .put("type", "function")
                            .putObject("function")
                            .put("name", toolCall.name())
                            .put("arguments", "")));
            for (String piece : tokens.split(request.model(), toolCall.arguments())) {
                chunks.add(chunk(
                        choice,
                        null,
                        delta -> toolCallDelta(delta, position)
                                .putObject("function")
                                .put("arguments", piece)));
            }
        }
    }

    private static ObjectNode toolCallDelta(ObjectNode delta, int position) {
        return delta.putArray("tool_calls").addObject().put("index", position);
    }

    private ObjectNode chunk(int choice, @Nullable String finishReason, Consumer<ObjectNode> content) {
        ObjectNode root = envelope("chat.completion.chunk");
        ObjectNode entry = root.putArray("choices").addObject().put("index", choice);
        content.accept(entry.putObject("delta"));
        entry.putNull("logprobs").put("finish_reason", finishReason);
        return root;
    }

    private ObjectNode envelope(String object) {
        return JSON.objectNode()
                .put("id", id)
                .put("object", object)
                .put("created", createdSeconds)
                .put("model", request.model())
                .put("service_tier", "default")
                .put("system_fingerprint", FINGERPRINT);
    }

    private ArrayNode toolCalls(Answer.Scripted message) {
        ArrayNode calls = JSON.arrayNode();
        for (int i = 0; i < message.toolCalls().size(); i++) {
            Answer.ToolCall call = message.toolCalls().get(i);
            calls.addObject()
                    .put("id", callId(i))
                    .put("type", "function")
                    .putObject("function")
                    .put("name", call.name())
                    .put("arguments", call.arguments());
        }
        return calls;
    }

    private String callId(int position) {
        return "call_" + position + "_" + id.substring(id.indexOf('-') + 1);
    }

    private Answer.Scripted limited(Answer.Scripted message) {
        if (message.content() == null) {
            return message;
        }
        String content = tokens.truncate(request.model(), message.content(), request.maxTokens());
        return new Answer.Scripted(content, message.toolCalls(), message.usage(), message.thinking());
    }

    private static String finishReason(Answer.Scripted asked, Answer.Scripted given) {
        if (!given.toolCalls().isEmpty()) {
            return "tool_calls";
        }
        return Objects.equals(asked.content(), given.content()) ? "stop" : "length";
    }

    private ObjectNode usage(Answer.Scripted message) {
        Answer.Usage usage = tokens.usage(request, message, request.choices());
        ObjectNode node = JSON.objectNode()
                .put("prompt_tokens", usage.prompt())
                .put("completion_tokens", usage.completion())
                .put("total_tokens", usage.prompt() + usage.completion());
        node.putObject("prompt_tokens_details")
                .put("cached_tokens", usage.cached())
                .put("audio_tokens", 0);
        node.putObject("completion_tokens_details")
                .put("reasoning_tokens", usage.reasoning())
                .put("audio_tokens", 0)
                .put("accepted_prediction_tokens", 0)
                .put("rejected_prediction_tokens", 0);
        return node;
    }
}
