package dev.sonde.testkit.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Amazon Nova: Converse's words, but for the usage; in a stream, each event is wrapped in an object of its name. */
final class NovaWire implements VendorWire {
    @Override
    public ObjectNode whole(Reply reply) {
        ObjectNode root = JSON.objectNode();
        root.putObject("output").set("message", ConverseWire.message(reply));
        root.put("stopReason", ConverseWire.stopReason(reply));
        root.set(
                "usage",
                usage(reply)
                        .put(
                                "totalTokens",
                                reply.usage().prompt() + reply.usage().completion()));
        return root;
    }

    @Override
    public List<ObjectNode> chunks(Reply reply) {
        List<ObjectNode> chunks = new ArrayList<>();
        for (ConverseWire.Event event : ConverseWire.events(reply)) {
            ObjectNode payload = event.payload();
            if (event.type().equals("metadata")) {
                payload = JSON.objectNode();
                payload.set("usage", usage(reply));
                payload.putObject("metrics");
            }
            chunks.add(JSON.objectNode().set(event.type(), payload));
        }
        return chunks;
    }

    private static ObjectNode usage(Reply reply) {
        return JSON.objectNode()
                .put("inputTokens", reply.freshInput())
                .put("outputTokens", reply.usage().completion())
                .put("cacheReadInputTokenCount", reply.usage().cached())
                .put("cacheWriteInputTokenCount", reply.usage().cacheWritten());
    }
}
