package dev.sonde.testkit.bedrock;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sonde.testkit.Answer;
import java.util.ArrayList;
import java.util.List;

/** Mistral: outputs for a prompt, choices for messages. Usage is only in the service's headers. */
final class MistralWire implements VendorWire {
    @Override
    public ObjectNode whole(Reply reply) {
        if (!reply.request().body().has("messages")) {
            return output(reply.text(), true);
        }
        ObjectNode root = JSON.objectNode();
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
        ObjectNode message =
                choice.putObject("message").put("role", "assistant").put("content", reply.text());
        if (reply.callsTools()) {
            message.set("tool_calls", toolCalls(reply));
        }
        choice.put("stop_reason", reply.callsTools() ? "tool_calls" : "stop");
        return root;
    }

    @Override
    public List<ObjectNode> chunks(Reply reply) {
        List<ObjectNode> chunks = new ArrayList<>();
        boolean chat = reply.request().body().has("messages");
        for (String piece : reply.pieces()) {
            chunks.add(chat ? choice(piece, reply, false) : output(piece, false));
        }
        chunks.add(chat ? choice("", reply, true) : output("", true));
        return chunks;
    }

    private static ObjectNode output(String text, boolean last) {
        ObjectNode root = JSON.objectNode();
        root.putArray("outputs").addObject().put("text", text).put("stop_reason", last ? "stop" : null);
        return root;
    }

    private static ObjectNode choice(String text, Reply reply, boolean last) {
        ObjectNode root = JSON.objectNode();
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
        ObjectNode message =
                choice.putObject("message").put("role", "assistant").put("content", text);
        if (last && reply.callsTools()) {
            message.set("tool_calls", toolCalls(reply));
        }
        String reason = reply.callsTools() ? "tool_calls" : "stop";
        choice.put("stop_reason", last ? reason : null);
        return root;
    }

    private static ArrayNode toolCalls(Reply reply) {
        ArrayNode calls = JSON.arrayNode();
        for (Answer.ToolCall call : reply.message().toolCalls()) {
            calls.addObject()
                    .put("id", reply.toolCallId(calls.size() - 1))
                    .putObject("function")
                    .put("name", call.name())
                    .put("arguments", call.arguments());
        }
        return calls;
    }
}
