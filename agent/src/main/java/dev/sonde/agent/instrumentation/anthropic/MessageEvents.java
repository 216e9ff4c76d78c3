package dev.sonde.agent.instrumentation.anthropic;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Fold;
import dev.sonde.agent.calls.JsonText;
import dev.sonde.agent.calls.LibraryObjects;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a stream, folded event by event into text, so that what came is there when the stream breaks off. What
 * the prompt took is in the first event, what the answer took in one of the last.
 */
final class MessageEvents implements Fold {
    private final @Nullable Object clientOptions;
    private final TreeMap<Long, Block> blocks = new TreeMap<>();
    private final Map<String, String> usage = new LinkedHashMap<>();
    private @Nullable String id;
    private @Nullable String model;
    private @Nullable String stopReason;

    MessageEvents(@Nullable Object clientOptions) {
        this.clientOptions = clientOptions;
    }

    @Override
    public boolean add(Object event) {
        Object delta = LibraryObjects.get(event, "contentBlockDelta");
        if (delta != null) {
            Block block = blocks.get(index(delta));
            return block != null && block.add(LibraryObjects.get(delta, "delta"), clientOptions);
        }
        Object begun = LibraryObjects.get(event, "contentBlockStart");
        if (begun != null) {
            Block block = new Block(json(LibraryObjects.get(begun, "contentBlock")));
            blocks.put(index(begun), block);
            return block.saysSomething();
        }
        Object ended = LibraryObjects.get(event, "contentBlockStop");
        if (ended != null) {
            Block block = blocks.get(index(ended));
            if (block != null) {
                block.whole = true;
            }
            return false;
        }
        addMessage(event);
        return false;
    }

    /** Up to 1.4 the events have shorter names. */
    private void addMessage(Object event) {
        Object message = LibraryObjects.get(either(event, "messageStart", "start"), "message");
        if (message != null) {
            id = LibraryObjects.text(message, "id");
            model = LibraryObjects.text(message, "model");
            addUsage(LibraryObjects.get(message, "usage"));
        }
        Object last = either(event, "messageDelta", "delta");
        if (last != null) {
            String reason = LibraryObjects.text(LibraryObjects.get(last, "delta"), "stopReason");
            stopReason = reason == null ? stopReason : reason;
            addUsage(LibraryObjects.get(last, "usage"));
        }
    }

    private static @Nullable Object either(Object event, String name, String older) {
        Object value = LibraryObjects.get(event, name);
        return value == null ? LibraryObjects.get(event, older) : value;
    }

    /** Counts are of the whole message each time; an event need not have all. */
    private void addUsage(@Nullable Object counted) {
        JsonText.fields(json(counted)).forEach((name, value) -> {
            if (!value.equals("null")) {
                usage.put(name, value);
            }
        });
    }

    private @Nullable String json(@Nullable Object value) {
        return LibraryObjects.json(clientOptions, value);
    }

    private static long index(Object event) {
        return LibraryObjects.get(event, "index") instanceof Number index ? index.longValue() : 0;
    }

    @Override
    public Answered answered() {
        StringJoiner content = new StringJoiner(",", "[", "]");
        blocks.values().forEach(block -> content.add(block.json()));
        return new Answered(
                id,
                model,
                blocks.isEmpty() ? null : MessageJson.message(content.toString()),
                MessageJson.buckets(usage),
                stopReason == null ? List.of() : List.of(stopReason),
                null);
    }

    /** A block as it began, and what came to it. */
    private static final class Block {
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
        boolean saysSomething() {
            String type = JsonText.stringOrNull(begun.get("type"));
            return type != null && !type.equals("text") && !type.equals("thinking");
        }

        boolean add(@Nullable Object delta, @Nullable Object clientOptions) {
            boolean added = append(text, LibraryObjects.text(LibraryObjects.get(delta, "text"), "text"));
            added |= append(input, LibraryObjects.text(LibraryObjects.get(delta, "inputJson"), "partialJson"));
            added |= append(thinking, LibraryObjects.text(LibraryObjects.get(delta, "thinking"), "thinking"));
            if (added) {
                return true;
            }
            String signed = LibraryObjects.text(LibraryObjects.get(delta, "signature"), "signature");
            signature = signed == null ? signature : signed;
            Object citation = LibraryObjects.get(LibraryObjects.get(delta, "citations"), "citation");
            String cited = LibraryObjects.json(clientOptions, citation);
            if (cited != null) {
                citations.add(cited);
            }
            return false;
        }

        String json() {
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
