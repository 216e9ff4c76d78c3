package dev.sonde.testkit.bedrock;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sonde.testkit.Answer;
import java.util.ArrayList;
import java.util.List;

/** Converse and ConverseStream: the same words for all models. */
final class ConverseWire {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int LATENCY_MILLIS = 12;
    static final String SIGNATURE = "c2lnbmVk";

    private static final String BLOCK_INDEX = "contentBlockIndex";

    private ConverseWire() {}

    /** An event of a stream. */
    record Event(String type, ObjectNode payload) {}

    static ObjectNode whole(Reply reply) {
        ObjectNode root = JSON.objectNode();
        root.putObject("metrics").put("latencyMs", LATENCY_MILLIS);
        root.putObject("output").set("message", message(reply));
        root.put("stopReason", stopReason(reply));
        root.set("usage", usage(reply));
        return root;
    }

    static ObjectNode message(Reply reply) {
        ObjectNode message = JSON.objectNode();
        ArrayNode content = message.putArray("content");
        if (reply.message().thinking() != null) {
            content.addObject()
                    .putObject("reasoningContent")
                    .putObject("reasoningText")
                    .put("text", reply.message().thinking())
                    .put("signature", SIGNATURE);
        }
        if (!reply.pieces().isEmpty()) {
            content.addObject().put("text", reply.text());
        }
        int position = 0;
        for (Answer.ToolCall call : reply.message().toolCalls()) {
            content.addObject()
                    .putObject("toolUse")
                    .put("name", call.name())
                    .put("toolUseId", reply.toolCallId(position++))
                    .set("input", VendorWire.tree(call.arguments()));
        }
        return message.put("role", "assistant");
    }

    static List<Event> events(Reply reply) {
        List<Event> events = new ArrayList<>();
        events.add(new Event("messageStart", JSON.objectNode().put("role", "assistant")));
        int block = 0;
        if (reply.message().thinking() != null) {
            ObjectNode thought = JSON.objectNode();
            thought.putObject("reasoningContent").put("text", reply.message().thinking());
            events.add(delta(block, thought));
            ObjectNode signature = JSON.objectNode();
            signature.putObject("reasoningContent").put("signature", SIGNATURE);
            events.add(delta(block, signature));
            events.add(new Event("contentBlockStop", JSON.objectNode().put(BLOCK_INDEX, block++)));
        }
        if (!reply.pieces().isEmpty()) {
            for (String piece : reply.pieces()) {
                events.add(delta(block, JSON.objectNode().put("text", piece)));
            }
            events.add(new Event("contentBlockStop", JSON.objectNode().put(BLOCK_INDEX, block++)));
        }
        int position = 0;
        for (Answer.ToolCall call : reply.message().toolCalls()) {
            ObjectNode start = JSON.objectNode().put(BLOCK_INDEX, block);
            start.putObject("start")
                    .putObject("toolUse")
                    .put("name", call.name())
                    .put("toolUseId", reply.toolCallId(position++));
            events.add(new Event("contentBlockStart", start));
            for (String part : halves(call.arguments())) {
                ObjectNode delta = JSON.objectNode();
                delta.putObject("toolUse").put("input", part);
                events.add(delta(block, delta));
            }
            events.add(new Event("contentBlockStop", JSON.objectNode().put(BLOCK_INDEX, block++)));
        }
        events.add(new Event("messageStop", JSON.objectNode().put("stopReason", stopReason(reply))));
        ObjectNode metadata = JSON.objectNode();
        metadata.putObject("metrics").put("latencyMs", LATENCY_MILLIS);
        metadata.set("usage", usage(reply));
        events.add(new Event("metadata", metadata));
        return events;
    }

    static String stopReason(Reply reply) {
        return reply.callsTools() ? "tool_use" : "end_turn";
    }

    /** Arguments come in parts that are no JSON by themselves; none at all when there are no arguments. */
    static List<String> halves(String text) {
        if (text.equals("{}")) {
            return List.of();
        }
        int middle = text.length() / 2;
        return List.of(text.substring(0, middle), text.substring(middle));
    }

    private static Event delta(int block, ObjectNode delta) {
        return new Event(
                "contentBlockDelta", JSON.objectNode().put(BLOCK_INDEX, block).set("delta", delta));
    }

    private static ObjectNode usage(Reply reply) {
        Answer.Usage usage = reply.usage();
        ObjectNode json = JSON.objectNode()
                .put("inputTokens", reply.freshInput())
                .put("outputTokens", usage.completion())
                .put("totalTokens", usage.prompt() + usage.completion());
        if (usage.cached() + usage.cacheWritten() > 0) {
            json.put("cacheReadInputTokens", usage.cached()).put("cacheWriteInputTokens", usage.cacheWritten());
        }
        return json;
    }
}
