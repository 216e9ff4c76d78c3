package dev.sonde.testkit.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sonde.testkit.ChatRequest;
import java.util.Locale;

/** A request to one model, whichever vendor's words it uses. */
record BedrockRequest(String model, JsonNode body) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** The same in the words of chat completions, which is what the model here reads. */
    ChatRequest chat() {
        ObjectNode chat = JSON.objectNode().put("model", model);
        ArrayNode messages = chat.putArray("messages");
        for (String system : new String[] {"system", "preamble"}) {
            if (body.has(system)) {
                messages.addObject().put("role", "system").put("content", text(body.get(system)));
            }
        }
        for (JsonNode earlier : body.path("chat_history")) {
            String role = earlier.path("role").asText().equals("CHATBOT") ? "assistant" : "user";
            messages.addObject()
                    .put("role", role)
                    .put("content", earlier.path("message").asText());
        }
        for (JsonNode message : body.path("messages")) {
            messages.addObject()
                    .put(
                            "role",
                            holdsToolResult(message)
                                    ? "tool"
                                    : message.path("role").asText())
                    .put("content", text(message.path("content")));
        }
        for (String prompt : new String[] {"prompt", "inputText", "message"}) {
            if (body.path(prompt).isTextual()) {
                messages.addObject()
                        .put("role", "user")
                        .put("content", body.get(prompt).asText());
            }
        }
        chat.set("tools", tools());
        return new ChatRequest(chat);
    }

    private ArrayNode tools() {
        ArrayNode tools = JSON.arrayNode();
        for (JsonNode tool : body.path("toolConfig").path("tools")) {
            JsonNode offer = tool.path("toolSpec");
            tools.addObject()
                    .putObject("function")
                    .put("name", offer.path("name").asText())
                    .put("description", offer.path("description").asText())
                    .set("parameters", offer.path("inputSchema").path("json"));
        }
        for (JsonNode tool : body.path("tools")) {
            ObjectNode function = tools.addObject().putObject("function");
            JsonNode offer = tool.has("function") ? tool.get("function") : tool;
            function.put("name", offer.path("name").asText())
                    .put("description", offer.path("description").asText());
            function.set(
                    "parameters", offer.has("input_schema") ? offer.get("input_schema") : offer.path("parameters"));
        }
        return tools;
    }

    private static boolean holdsToolResult(JsonNode message) {
        for (JsonNode block : message.path("content")) {
            if (block.has("toolResult") || block.path("type").asText().equals("tool_result")) {
                return true;
            }
        }
        return false;
    }

    /** All text in the blocks, also in those of tool results. */
    private static String text(JsonNode content) {
        if (content.isTextual()) {
            return content.asText();
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode block : content) {
            JsonNode result = block.path("toolResult");
            text.append(block.path("text").asText(""))
                    .append(block.has("json") ? block.get("json").toString() : "")
                    .append(text(result.isMissingNode() ? block.path("content") : result.path("content")))
                    .append('\n');
        }
        return text.toString().strip();
    }

    /** Whether the model's name has this part, such as {@code anthropic}; names of profiles have more in front. */
    boolean isOf(String vendor) {
        return model.toLowerCase(Locale.ROOT).contains(vendor);
    }
}
