package dev.sonde.agent.wire;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.JsonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A streamed message, put together event by event. What the prompt took is said at its begin, what the answer took at its
 * end. By one thread at a time.
 */
public final class AnthropicMessage {
    private final TreeMap<Long, Block> blocks = new TreeMap<>();
    private final Map<String, String> usage = new LinkedHashMap<>();
    private @Nullable String id;
    private @Nullable String model;
    private @Nullable String stopReason;

    /** The message begins. */
    public void begun(@Nullable String messageId, @Nullable String itsModel, @Nullable String usageJson) {
        id = messageId;
        model = itsModel;
        addUsage(usageJson);
    }

    /** The message is about to end. */
    public void ending(@Nullable String reason, @Nullable String usageJson) {
        stopReason = reason == null ? stopReason : reason;
        addUsage(usageJson);
    }

    /** A block of content begins. Answers whether it says something already. */
    public boolean begin(long index, @Nullable String blockJson) {
        Block block = new Block(blockJson);
        blocks.put(index, block);
        return block.saysSomething();
    }

    /** The block of this index; null when it has not begun. */
    public @Nullable Block block(long index) {
        return blocks.get(index);
    }

    /** All so far. */
    public Answered answered() {
        StringJoiner content = new StringJoiner(",", "[", "]");
        blocks.values().forEach(block -> content.add(block.json()));
        return new Answered(
                id,
                model,
                blocks.isEmpty() ? null : AnthropicJson.message(content.toString()),
                AnthropicJson.buckets(usage),
                stopReason == null ? List.of() : List.of(stopReason),
                null);
    }

    /** Counts are of the whole message each time; an event need not have all. */
    private void addUsage(@Nullable String usageJson) {
        JsonText.fields(usageJson).forEach((name, value) -> {
            if (!value.equals("null")) {
                usage.put(name, value);
            }
        });
    }

    /** A block as it began, and what comes to it: null for what does not. */
    public static final class Block {
        private final Map<String, String> begun;
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder input = new StringBuilder();
        private final StringBuilder thinking = new StringBuilder();
        private final StringJoiner citations = new StringJoiner(",", "[", "]").setEmptyValue("");
        private @Nullable String signature;
        private boolean whole;

        Block(@Nullable String json) {
            begun = JsonText.fields(json);
            begun.values().removeIf("null"::equals);
            append(text, JsonText.stringOrNull(begun.get("text")));
            append(thinking, JsonText.stringOrNull(begun.get("thinking")));
        }

        /** Text and thoughts begin empty; a tool's call or result is something at once. */
        private boolean saysSomething() {
            String type = JsonText.stringOrNull(begun.get("type"));
            return type != null && !type.equals("text") && !type.equals("thinking");
        }

        /** Adds what a delta brings. Answers whether it says something. */
        public boolean add(@Nullable String textPart, @Nullable String inputPart, @Nullable String thought) {
            boolean added = append(text, textPart);
            added |= append(input, inputPart);
            added |= append(thinking, thought);
            return added;
        }

        public void sign(@Nullable String signed) {
            signature = signed == null ? signature : signed;
        }

        public void cite(@Nullable String citationJson) {
            if (citationJson != null) {
                citations.add(citationJson);
            }
        }

        /** Nothing more comes. */
        public void end() {
            whole = true;
        }

        private String json() {
            Map<String, String> block = new LinkedHashMap<>(begun);
            putText(block, "text", text);
            putText(block, "thinking", thinking);
            if (signature != null) {
                block.put("signature", JsonText.quoted(signature));
            }
            if (!input.isEmpty()) {
                // Input that broke off is no JSON.
                block.put("input", whole ? input.toString() : JsonText.quoted(input));
            }
            if (citations.length() > 0) {
                block.put("citations", citations.toString());
            }
            return JsonText.object(block);
        }

        private static void putText(Map<String, String> block, String name, StringBuilder text) {
            if (!text.isEmpty()) {
                block.put(name, JsonText.quoted(text));
            }
        }

        private static boolean append(StringBuilder target, @Nullable String text) {
            if (text == null || text.isEmpty()) {
                return false;
            }
            target.append(text);
            return true;
        }
    }
}
