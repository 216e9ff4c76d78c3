package dev.sonde.testkit.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sonde.testkit.Answer;
import java.util.ArrayList;
import java.util.List;

/** Cohere: Command for a prompt, Command R for a message. Usage is only in the service's headers. */
final class CohereWire implements VendorWire {
    @Override
    public ObjectNode whole(Reply reply) {
        if (reply.request().body().has("message")) {
            return commandR(reply);
        }
        ObjectNode root = JSON.objectNode().put("id", reply.id());
        root.putArray("generations")
                .addObject()
                .put("id", reply.id() + "-0")
                .put("text", reply.text())
                .put("finish_reason", "COMPLETE");
        return root.put("prompt", reply.request().body().path("prompt").asText());
    }

    @Override
    public List<ObjectNode> chunks(Reply reply) {
        List<ObjectNode> chunks = new ArrayList<>();
        boolean commandR = reply.request().body().has("message");
        for (String piece : reply.pieces()) {
            ObjectNode chunk = JSON.objectNode().put("text", piece).put("is_finished", false);
            chunks.add(commandR ? chunk.put("event_type", "text-generation") : chunk.put("index", 0));
        }
        ObjectNode last = JSON.objectNode().put("is_finished", true).put("finish_reason", "COMPLETE");
        if (commandR) {
            last.put("event_type", "stream-end").set("response", commandR(reply));
        } else {
            last.put("index", 0).put("text", "");
        }
        chunks.add(last);
        return chunks;
    }

    private static ObjectNode commandR(Reply reply) {
        ObjectNode root = JSON.objectNode()
                .put("response_id", reply.id())
                .put("generation_id", reply.id() + "-0")
                .put("text", reply.text())
                .put("finish_reason", "COMPLETE");
        if (reply.callsTools()) {
            for (Answer.ToolCall call : reply.message().toolCalls()) {
                root.withArray("tool_calls")
                        .addObject()
                        .put("name", call.name())
                        .set("parameters", VendorWire.tree(call.arguments()));
            }
        }
        return root;
    }
}
