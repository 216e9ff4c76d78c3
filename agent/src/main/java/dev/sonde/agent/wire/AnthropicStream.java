package dev.sonde.agent.wire;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Fold;
import dev.sonde.agent.calls.JsonText;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer of a stream of messages from the JSON text of its events. */
public final class AnthropicStream implements Fold {
    private final AnthropicMessage message = new AnthropicMessage();

    @Override
    public boolean add(Object part) {
        Map<String, String> event = JsonText.fields((String) part);
        String type = JsonText.stringOrNull(event.get("type"));
        AnthropicMessage.Block block = message.block(JsonText.number(event.get("index")));
        switch (type == null ? "" : type) {
            case "content_block_delta" -> {
                return block != null && add(block, JsonText.fields(event.get("delta")));
            }
            case "content_block_start" -> {
                return message.begin(JsonText.number(event.get("index")), event.get("content_block"));
            }
            case "content_block_stop" -> {
                if (block != null) {
                    block.end();
                }
            }
            case "message_start" -> {
                Map<String, String> begun = JsonText.fields(event.get("message"));
                message.begun(
                        JsonText.stringOrNull(begun.get("id")),
                        JsonText.stringOrNull(begun.get("model")),
                        begun.get("usage"));
            }
            case "message_delta" -> {
                @Nullable String reason = JsonText.fields(event.get("delta")).get("stop_reason");
                message.ending(JsonText.stringOrNull(reason), event.get("usage"));
            }
            default -> {}
        }
        return false;
    }

    @Override
    public Answered answered() {
        return message.answered();
    }

    private static boolean add(AnthropicMessage.Block block, Map<String, String> delta) {
        block.sign(JsonText.stringOrNull(delta.get("signature")));
        block.cite(delta.get("citation"));
        return block.add(
                JsonText.stringOrNull(delta.get("text")),
                JsonText.stringOrNull(delta.get("partial_json")),
                JsonText.stringOrNull(delta.get("thinking")));
    }
}
