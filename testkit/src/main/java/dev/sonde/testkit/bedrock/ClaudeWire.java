package dev.sonde.testkit.bedrock;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sonde.testkit.Answer;
import java.util.ArrayList;
import java.util.List;

/** Anthropic's messages. */
final class ClaudeWire implements VendorWire {
    @Override
    public ObjectNode whole(Reply reply) {
        ObjectNode root = envelope(reply);
        ArrayNode content = (ArrayNode) root.get("content");
        if (reply.message().thinking() != null) {
            content.add(JSON.objectNode()
                    .put("type", "thinking")
                    .put("thinking", reply.message().thinking())
                    .put("signature", ConverseWire.SIGNATURE));
        }
        if (!reply.pieces().isEmpty()) {
            content.add(textBlock(reply.text()));
        }
        for (int position = 0; position < reply.message().toolCalls().size(); position++) {
            Answer.ToolCall call = reply.message().toolCalls().get(position);
            content.add(toolBlock(reply, position).set("input", VendorWire.tree(call.arguments())));
        }
        root.put("stop_reason", ConverseWire.stopReason(reply)).putNull("stop_sequence");
        root.set("usage", inputUsage(reply).put("output_tokens", reply.usage().completion()));
        return root;
    }

    @Override
    public List<ObjectNode> chunks(Reply reply) {
        List<ObjectNode> chunks = new ArrayList<>();
        ObjectNode begun = envelope(reply).putNull("stop_reason").putNull("stop_sequence");
        begun.set("usage", inputUsage(reply).put("output_tokens", 1));
        chunks.add(JSON.objectNode().put("type", "message_start").set("message", begun));
        int block = 0;
        if (reply.message().thinking() != null) {
            addThoughts(chunks, block++, reply.message().thinking());
        }
        if (!reply.pieces().isEmpty()) {
            chunks.add(at("content_block_start", block).set("content_block", textBlock("")));
            for (String piece : reply.pieces()) {
                ObjectNode chunk = at("content_block_delta", block);
                chunk.putObject("delta").put("type", "text_delta").put("text", piece);
                chunks.add(chunk);
            }
            chunks.add(at("content_block_stop", block++));
        }
        for (int position = 0; position < reply.message().toolCalls().size(); position++) {
            ObjectNode tool = toolBlock(reply, position);
            tool.putObject("input");
            chunks.add(at("content_block_start", block).set("content_block", tool));
            for (String part : ConverseWire.halves(
                    reply.message().toolCalls().get(position).arguments())) {
                ObjectNode chunk = at("content_block_delta", block);
                chunk.putObject("delta").put("type", "input_json_delta").put("partial_json", part);
                chunks.add(chunk);
            }
            chunks.add(at("content_block_stop", block++));
        }
        ObjectNode ending = JSON.objectNode().put("type", "message_delta");
        ending.putObject("delta")
                .put("stop_reason", ConverseWire.stopReason(reply))
                .putNull("stop_sequence");
        ending.putObject("usage").put("output_tokens", reply.usage().completion());
        chunks.add(ending);
        chunks.add(JSON.objectNode().put("type", "message_stop"));
        return chunks;
    }

    private static void addThoughts(List<ObjectNode> chunks, int block, String thoughts) {
        ObjectNode start = at("content_block_start", block);
        start.putObject("content_block")
                .put("type", "thinking")
                .put("thinking", "")
                .put("signature", "");
        chunks.add(start);
        ObjectNode text = at("content_block_delta", block);
        text.putObject("delta").put("type", "thinking_delta").put("thinking", thoughts);
        chunks.add(text);
        ObjectNode signature = at("content_block_delta", block);
        signature.putObject("delta").put("type", "signature_delta").put("signature", ConverseWire.SIGNATURE);
        chunks.add(signature);
        chunks.add(at("content_block_stop", block));
    }

    private static ObjectNode envelope(Reply reply) {
        ObjectNode root = JSON.objectNode()
                .put("id", "msg_bdrk_" + reply.id())
                .put("type", "message")
                .put("role", "assistant")
                .put("model", model(reply));
        root.putArray("content");
        return root;
    }

    /** The service names the model without vendor and revision. */
    private static String model(Reply reply) {
        String model = reply.request().model();
        return model.substring(model.indexOf("anthropic.") + "anthropic.".length())
                .replaceFirst("-v\\d+:\\d+$", "");
    }

    private static ObjectNode inputUsage(Reply reply) {
        return JSON.objectNode()
                .put("input_tokens", reply.freshInput())
                .put("cache_creation_input_tokens", reply.usage().cacheWritten())
                .put("cache_read_input_tokens", reply.usage().cached());
    }

    private static ObjectNode textBlock(String text) {
        return JSON.objectNode().put("type", "text").put("text", text);
    }

    private static ObjectNode toolBlock(Reply reply, int position) {
        return JSON.objectNode()
                .put("type", "tool_use")
                .put("id", reply.toolCallId(position))
                .put("name", reply.message().toolCalls().get(position).name());
    }

    private static ObjectNode at(String type, int block) {
        return JSON.objectNode().put("type", type).put("index", block);
    }
}
