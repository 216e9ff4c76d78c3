package dev.sonde.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The parts of a chat completion request that decide its answer. */
public record ChatRequest(JsonNode body) {
    /**
     * One message, content parts joined.
     *
     * @param text empty when the message only calls tools
     */
    public record Message(String role, String text, JsonNode json) {}

    public String model() {
        return body.path("model").asText();
    }

    public boolean streams() {
        return body.path("stream").asBoolean(false);
    }

    public boolean streamsUsage() {
        return body.path("stream_options").path("include_usage").asBoolean(false);
    }

    public int choices() {
        return Math.max(1, body.path("n").asInt(1));
    }

    /** Upper bound of the answer in tokens; {@link Integer#MAX_VALUE} when the request sets none. */
    public int maxTokens() {
        int limit =
                body.path("max_completion_tokens").asInt(body.path("max_tokens").asInt(0));
        return limit > 0 ? limit : Integer.MAX_VALUE;
    }

    public List<Message> messages() {
        List<Message> messages = new ArrayList<>();
        for (JsonNode message : body.path("messages")) {
            messages.add(new Message(message.path("role").asText(), text(message.path("content")), message));
        }
        return messages;
    }

    /** The offered functions: each has {@code name}, and maybe {@code description} and {@code parameters}. */
    public List<JsonNode> functions() {
        List<JsonNode> functions = new ArrayList<>();
        for (JsonNode tool : body.path("tools")) {
            if (tool.has("function")) {
                functions.add(tool.get("function"));
            }
        }
        return functions;
    }

    /** {@code auto}, {@code none}, {@code required}, or the name of the one function that must be called. */
    public String toolChoice() {
        JsonNode choice = body.path("tool_choice");
        return choice.isObject() ? choice.path("function").path("name").asText() : choice.asText("auto");
    }

    private static String text(JsonNode content) {
        if (!content.isArray()) {
            return content.asText("");
        }
        StringBuilder joined = new StringBuilder();
        for (JsonNode part : content) {
            joined.append(part.path("text").asText("")).append('\n');
        }
        return joined.toString().strip();
    }
}
