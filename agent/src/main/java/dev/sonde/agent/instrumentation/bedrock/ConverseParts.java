package dev.sonde.agent.instrumentation.bedrock;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Fold;
import dev.sonde.agent.calls.JsonText;
import dev.sonde.agent.calls.LibraryObjects;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a Converse stream, folded event by event into text, so that what came is there when the stream breaks off.
 * Nova's own streams are of the same form and are folded here too.
 */
final class ConverseParts implements Fold {
    private final TreeMap<Long, Block> blocks = new TreeMap<>();
    private @Nullable String role;
    private @Nullable String id;
    private @Nullable String model;
    private @Nullable String stopReason;
    private Map<String, Long> usage = Map.of();

    /** Takes the service's id of the call. */
    void requestId(@Nullable String requestId) {
        id = requestId;
    }

    /** Takes an event as the SDK hands it out. */
    @Override
    public boolean add(Object event) {
        String type = LibraryObjects.text(event, "sdkEventType");
        return type != null && add(camelCase(type), SdkJson.of(event));
    }

    /** Takes an event by its name, such as {@code contentBlockDelta}. */
    boolean add(String type, String eventJson) {
        Map<String, String> event = JsonText.fields(eventJson);
        switch (type) {
            case "messageStart" -> role = JsonText.stringOrNull(event.get("role"));
            case "contentBlockStart" -> {
                block(event).start = event.get("start");
                return true;
            }
            case "contentBlockDelta" -> {
                return block(event).add(event.get("delta"));
            }
            case "messageStop" -> stopReason = JsonText.stringOrNull(event.get("stopReason"));
            case "metadata" -> {
                usage = Usage.parse(event.get("usage"));
                model = ConverseText.model(event.get("trace"));
            }
            default -> {}
        }
        return false;
    }

    @Override
    public Answered answered() {
        List<String> content = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (Block block : blocks.values()) {
            // Nova begins a block with every piece of its text.
            if (block.isText()) {
                text.append(block.text);
                continue;
            }
            addText(content, text);
            content.add(block.json());
        }
        addText(content, text);
        String message = role == null && content.isEmpty()
                ? null
                : "{\"role\":\"" + (role == null ? "assistant" : role) + "\",\"content\":" + Parts.array(content) + "}";
        return new Answered(id, model, message, usage, stopReason == null ? List.of() : List.of(stopReason), null);
    }

    private static void addText(List<String> content, StringBuilder text) {
        if (!text.isEmpty()) {
            content.add("{\"text\":" + Parts.quoted(text) + "}");
            text.setLength(0);
        }
    }

    private Block block(Map<String, String> event) {
        return blocks.computeIfAbsent(JsonText.number(event.get("contentBlockIndex")), missing -> new Block());
    }

    /** Such as {@code messageStart} for {@code MESSAGE_START}; the SDK's enumerations write either. */
    private static String camelCase(String type) {
        if (type.indexOf('_') < 0 && !type.equals(type.toUpperCase(Locale.ROOT))) {
            return Character.toLowerCase(type.charAt(0)) + type.substring(1);
        }
        StringBuilder name = new StringBuilder();
        for (String word : type.toLowerCase(Locale.ROOT).split("_", -1)) {
            name.append(name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }

    /** One block of the message: text, a tool's use, thoughts, or something of a kind not known here. */
    private static final class Block {
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder toolInput = new StringBuilder();
        private final StringBuilder reasoning = new StringBuilder();
        private final StringBuilder signature = new StringBuilder();
        private final Map<String, List<String>> others = new LinkedHashMap<>();
        private @Nullable String start;

        /** Answers whether the delta carries something of the answer. */
        boolean add(@Nullable String deltaJson) {
            boolean content = false;
            for (Map.Entry<String, String> member : JsonText.fields(deltaJson).entrySet()) {
                Map<String, String> fields = JsonText.fields(member.getValue());
                switch (member.getKey()) {
                    case "text" -> content |= append(text, member.getValue());
                    case "toolUse" -> {
                        append(toolInput, fields.get("input"));
                        content = true;
                    }
                    case "reasoningContent" -> {
                        append(signature, fields.get("signature"));
                        content |= append(reasoning, fields.get("text"));
                        if (fields.containsKey("redactedContent")) {
                            other(member);
                        }
                    }
                    default -> {
                        other(member);
                        content = true;
                    }
                }
            }
            return content;
        }

        boolean isText() {
            return start == null
                    && toolInput.isEmpty()
                    && reasoning.isEmpty()
                    && others.isEmpty()
                    && signature.isEmpty();
        }

        String json() {
            Map<String, String> members = new LinkedHashMap<>();
            if (!text.isEmpty()) {
                members.put("text", Parts.quoted(text));
            }
            if (!reasoning.isEmpty() || !signature.isEmpty()) {
                members.put(
                        "reasoningContent",
                        "{\"reasoningText\":{\"text\":" + Parts.quoted(reasoning)
                                + (signature.isEmpty() ? "" : ",\"signature\":" + Parts.quoted(signature)) + "}}");
            }
            JsonText.fields(start).forEach((kind, value) -> {
                Map<String, String> begun = JsonText.fields(value);
                if (kind.equals("toolUse")) {
                    begun.put("input", toolInput.isEmpty() ? "{}" : input());
                }
                members.put(kind, Parts.object(begun));
            });
            others.forEach((kind, values) ->
                    members.merge(kind, Parts.array(values), (one, more) -> "[" + one + "," + more.substring(1)));
            return Parts.object(members);
        }

        /** The arguments, which are JSON only when all of them have come. */
        private String input() {
            return Parts.isWhole(toolInput) ? toolInput.toString() : Parts.quoted(toolInput);
        }

        private void other(Map.Entry<String, String> member) {
            others.computeIfAbsent(member.getKey(), kind -> new ArrayList<>()).add(member.getValue());
        }

        private static boolean append(StringBuilder target, @Nullable String json) {
            String value = JsonText.stringOrNull(json);
            if (value == null || value.isEmpty()) {
                return false;
            }
            target.append(value);
            return true;
        }
    }
}
