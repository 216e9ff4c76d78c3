package dev.sonde.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Renders one message as a response of Gemini's {@code generateContent}, or as the responses of its stream. */
final class GeminiWire implements Wire {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ChatRequest request;
    private final Tokens tokens;
    private final String id;

    GeminiWire(ChatRequest request, Tokens tokens, String id) {
        this.request = request;
        this.tokens = tokens;
        this.id = id;
    }

    /** A request of this API in the words of chat completions, which is what the model here reads. */
    static ChatRequest chatRequest(String model, JsonNode body, boolean streams) {
        ObjectNode chat = JSON.objectNode().put("model", model).put("stream", streams);
        JsonNode config = body.path("generationConfig");
        if (config.path("maxOutputTokens").isInt()) {
            chat.set("max_completion_tokens", config.path("maxOutputTokens"));
        }
        ArrayNode messages = chat.putArray("messages");
        if (body.has("systemInstruction")) {
            addMessage(messages, "system", body.path("systemInstruction"));
        }
        for (JsonNode content : body.path("contents")) {
            String role = content.path("role").asText("user");
            addMessage(messages, role.equals("model") ? "assistant" : role, content);
        }
        ArrayNode tools = chat.putArray("tools");
        for (JsonNode tool : body.path("tools")) {
            for (JsonNode function : tool.path("functionDeclarations")) {
                tools.addObject().put("type", "function").set("function", lowerCaseTypes(function));
            }
        }
        JsonNode calling = body.path("toolConfig").path("functionCallingConfig");
        chat.put("tool_choice", toolChoice(calling.path("mode").asText("AUTO")));
        return new ChatRequest(chat);
    }

    @Override
    public ObjectNode whole(Answer.Scripted message) {
        ArrayNode parts = JSON.arrayNode();
        if (message.thinking() != null) {
            parts.addObject().put("text", message.thinking()).put("thought", true);
        }
        String content = content(message);
        if (content != null) {
            parts.addObject().put("text", content);
        }
        addCalls(parts, message);
        return response(parts, finishReason(message, content), usage(message));
    }

    @Override
    public List<String> events(Answer.Scripted message) {
        List<ArrayNode> pieces = new ArrayList<>();
        if (message.thinking() != null) {
            for (String piece : tokens.split(request.model(), message.thinking())) {
                pieces.add(JSON.arrayNode()
                        .add(JSON.objectNode().put("text", piece).put("thought", true)));
            }
        }
        String content = content(message);
        if (content != null) {
            for (String piece : tokens.split(request.model(), content)) {
                pieces.add(JSON.arrayNode().add(JSON.objectNode().put("text", piece)));
            }
        }
        if (!message.toolCalls().isEmpty()) {
            pieces.add(addCalls(JSON.arrayNode(), message));
        }
        ObjectNode usage = usage(message);
        List<String> events = new ArrayList<>();
        for (Iterator<ArrayNode> left = pieces.iterator(); left.hasNext(); ) {
            ArrayNode parts = left.next();
            String reason = left.hasNext() ? null : finishReason(message, content);
            events.add("data: " + response(parts, reason, left.hasNext() ? promptOnly(usage) : usage) + "\r\n\r\n");
        }
        return events;
    }

    @Override
    public String failure(Answer.Failure failure) {
        return "data: " + error(failure) + "\r\n\r\n";
    }

    /** An error's body. */
    static ObjectNode error(Answer.Failure failure) {
        ObjectNode body = JSON.objectNode();
        body.putObject("error")
                .put("code", failure.status())
                .put("message", failure.message())
                .put("status", status(failure.status()));
        return body;
    }

    private static void addMessage(ArrayNode messages, String role, JsonNode content) {
        StringBuilder text = new StringBuilder();
        StringBuilder results = new StringBuilder();
        for (JsonNode part : content.path("parts")) {
            if (part.has("functionResponse")) {
                results.append(part.path("functionResponse").path("response")).append('\n');
            } else {
                text.append(part.path("text").asText("")).append('\n');
            }
        }
        if (!results.isEmpty()) {
            messages.addObject()
                    .put("role", "tool")
                    .put("content", results.toString().strip());
        } else {
            messages.addObject()
                    .put("role", role)
                    .put("content", text.toString().strip());
        }
    }

    /** Gemini writes the types of a schema in capitals. */
    private static JsonNode lowerCaseTypes(JsonNode function) {
        ObjectNode copy = function.deepCopy();
        for (JsonNode type : copy.findParents("type")) {
            if (type instanceof ObjectNode schema && schema.path("type").isTextual()) {
                schema.put("type", schema.path("type").asText().toLowerCase(Locale.ROOT));
            }
        }
        return copy;
    }

    private static String toolChoice(String mode) {
        return switch (mode) {
            case "ANY" -> "required";
            case "NONE" -> "none";
            default -> "auto";
        };
    }

    private static ArrayNode addCalls(ArrayNode parts, Answer.Scripted message) {
        for (Answer.ToolCall call : message.toolCalls()) {
            parts.addObject()
                    .putObject("functionCall")
                    .put("name", call.name())
                    .putRawValue("args", new RawValue(call.arguments()));
        }
        return parts;
    }

    private @Nullable String content(Answer.Scripted message) {
        return message.content() == null
                ? null
                : tokens.truncate(request.model(), message.content(), request.maxTokens());
    }

    private static String finishReason(Answer.Scripted message, @Nullable String content) {
        return content == null || content.equals(message.content()) ? "STOP" : "MAX_TOKENS";
    }

    private ObjectNode response(ArrayNode parts, @Nullable String finishReason, ObjectNode usage) {
        ObjectNode root = JSON.objectNode();
        ObjectNode candidate = root.putArray("candidates").addObject();
        candidate.putObject("content").put("role", "model").set("parts", parts);
        if (finishReason != null) {
            candidate.put("finishReason", finishReason);
        }
        candidate.put("index", 0);
        root.set("usageMetadata", usage);
        return root.put("modelVersion", request.model()).put("responseId", id);
    }

    /** Gemini counts thoughts beside the candidates' tokens, and cached tokens among the prompt's. */
    private ObjectNode usage(Answer.Scripted message) {
        Answer.Usage counted = tokens.usage(request, message, 1);
        ObjectNode usage = JSON.objectNode()
                .put("promptTokenCount", counted.prompt())
                .put("candidatesTokenCount", counted.completion() - counted.reasoning())
                .put("totalTokenCount", counted.prompt() + counted.completion());
        if (counted.cached() > 0) {
            usage.put("cachedContentTokenCount", counted.cached());
            addText(usage.putArray("cacheTokensDetails"), counted.cached());
        }
        addText(usage.putArray("promptTokensDetails"), counted.prompt());
        if (counted.reasoning() > 0) {
            usage.put("thoughtsTokenCount", counted.reasoning());
        }
        return usage;
    }

    /** What a stream says of its usage before its end. */
    private static ObjectNode promptOnly(ObjectNode usage) {
        ObjectNode begun = JSON.objectNode();
        begun.set("promptTokenCount", usage.path("promptTokenCount"));
        begun.set("totalTokenCount", usage.path("promptTokenCount"));
        return begun;
    }

    private static void addText(ArrayNode details, int count) {
        details.addObject().put("modality", "TEXT").put("tokenCount", count);
    }

    private static String status(int code) {
        return switch (code) {
            case 400 -> "INVALID_ARGUMENT";
            case 401 -> "UNAUTHENTICATED";
            case 403 -> "PERMISSION_DENIED";
            case 404 -> "NOT_FOUND";
            case 429 -> "RESOURCE_EXHAUSTED";
            case 503 -> "UNAVAILABLE";
            default -> "INTERNAL";
        };
    }
}
