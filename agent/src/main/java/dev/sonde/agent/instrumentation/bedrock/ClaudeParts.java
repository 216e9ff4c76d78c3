package dev.sonde.agent.instrumentation.bedrock;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The answer of a stream of Claude's events. */
final class ClaudeParts {
    /** What a delta adds to, by its own name. */
    private static final Map<String, String> GROWING =
            Map.of("text", "text", "thinking", "thinking", "signature", "signature", "partial_json", "input");

    private final TreeMap<Long, Block> blocks = new TreeMap<>();
    private final Map<String, String> usage = new LinkedHashMap<>();
    private Map<String, String> message = Map.of();
    private @Nullable String stopReason;
    private @Nullable String error;

    /** Takes an event and answers whether it carries something of the answer. */
    boolean add(Map<String, String> event) {
        switch (JsonText.string(event.getOrDefault("type", ""))) {
            case "message_start" -> {
                message = JsonText.fields(event.get("message"));
                usage.putAll(JsonText.fields(message.get("usage")));
            }
            case "content_block_start" -> {
                Block block = new Block(JsonText.fields(event.get("content_block")));
                blocks.put(JsonText.number(event.get("index")), block);
                return !block.begun.containsKey("text") && !block.begun.containsKey("thinking");
            }
            case "content_block_delta" -> {
                Block block = blocks.get(JsonText.number(event.get("index")));
                return block != null && block.add(JsonText.fields(event.get("delta")));
            }
            case "message_delta" -> {
                stopReason = JsonText.stringOrNull(
                        JsonText.fields(event.get("delta")).get("stop_reason"));
                usage.putAll(JsonText.fields(event.get("usage")));
            }
            case "error" ->
                error = JsonText.string(JsonText.fields(event.get("error")).getOrDefault("message", "error"));
            default -> {}
        }
        return false;
    }

    Answered answered() {
        List<String> content = new ArrayList<>();
        blocks.values().forEach(block -> content.add(block.json()));
        if (stopReason == null) {
            // Until the end, only the input is counted.
            usage.remove("output_tokens");
        }
        return new Answered(
                JsonText.stringOrNull(message.get("id")),
                JsonText.stringOrNull(message.get("model")),
                message.isEmpty() ? null : Parts.message(Parts.array(content)),
                Usage.parse(Parts.object(usage)),
                stopReason == null ? List.of() : List.of(stopReason),
                error);
    }

    private static final class Block {
        private final Map<String, String> begun;
        private final Map<String, StringBuilder> grown = new LinkedHashMap<>();
        private final List<String> citations = new ArrayList<>();

        Block(Map<String, String> begun) {
            this.begun = begun;
        }

        boolean add(Map<String, String> delta) {
            boolean content = false;
            for (Map.Entry<String, String> part : delta.entrySet()) {
                String target = GROWING.get(part.getKey());
                if (target != null) {
                    String piece = JsonText.string(part.getValue());
                    grown.computeIfAbsent(target, missing -> new StringBuilder())
                            .append(piece);
                    content |= !piece.isEmpty() && !target.equals("signature");
                } else if (part.getKey().equals("citation")) {
                    citations.add(part.getValue());
                }
            }
            return content;
        }

        String json() {
            Map<String, String> block = new LinkedHashMap<>(begun);
            grown.forEach((name, text) -> block.put(
                    name, name.equals("input") && Parts.isWhole(text) ? text.toString() : Parts.quoted(text)));
            if (!citations.isEmpty()) {
                block.put("citations", Parts.array(citations));
            }
            return Parts.object(block);
        }
    }
}
