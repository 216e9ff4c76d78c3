package dev.sonde.agent.instrumentation.cohere;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a chat stream, folded event by event into text, so that what came is there when the stream breaks off.
 */
final class ChatEvents implements Endpoint.Parts {
    private final Mapper mapper;
    private final TreeMap<Long, Content> contents = new TreeMap<>();
    private final TreeMap<Long, Call> calls = new TreeMap<>();
    private final StringJoiner citations = new StringJoiner(",", "[", "]").setEmptyValue("");
    private final StringBuilder plan = new StringBuilder();
    private @Nullable String id;
    private @Nullable String usage;
    private @Nullable String finishReason;
    private @Nullable String error;
    private boolean complete;

    ChatEvents(Mapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public boolean add(Object event) {
        return addJson(mapper.json(event));
    }

    @Override
    public boolean complete() {
        return complete;
    }

    boolean addJson(@Nullable String eventJson) {
        Map<String, String> event = JsonText.fields(eventJson);
        long index = JsonText.number(event.get("index"));
        Map<String, String> delta = JsonText.fields(event.get("delta"));
        Map<String, String> message = JsonText.fields(delta.get("message"));
        String type = JsonText.stringOrNull(event.get("type"));
        switch (type == null ? "" : type) {
            case "message-start" -> id = JsonText.stringOrNull(event.get("id"));
            case "content-start", "content-delta" -> {
                return contents.computeIfAbsent(index, missing -> new Content())
                        .add(JsonText.fields(message.get("content")));
            }
            case "tool-plan-delta" -> {
                return append(plan, message.get("tool_plan"));
            }
            case "tool-call-start", "tool-call-delta" -> {
                calls.computeIfAbsent(index, missing -> new Call()).add(JsonText.fields(message.get("tool_calls")));
                return true;
            }
            case "citation-start" -> addCitation(message.get("citations"));
            case "message-end" -> end(delta);
            default -> {
                // says nothing of the answer
            }
        }
        return false;
    }

    private void addCitation(@Nullable String citation) {
        if (citation != null && citation.startsWith("{")) {
            citations.add(citation);
        }
    }

    private void end(Map<String, String> delta) {
        complete = true;
        usage = delta.get("usage");
        finishReason = JsonText.stringOrNull(delta.get("finish_reason"));
        error = JsonText.stringOrNull(delta.get("error"));
    }

    @Override
    public Answered answered() {
        return new Answered(
                id,
                null,
                contents.isEmpty() && calls.isEmpty() && plan.isEmpty() ? null : message(),
                CohereJson.chatUsage(usage),
                CohereJson.reasons(finishReason),
                error);
    }

    private String message() {
        Map<String, String> message = new LinkedHashMap<>();
        message.put("role", "\"assistant\"");
        if (!contents.isEmpty()) {
            StringJoiner parts = new StringJoiner(",", "[", "]");
            contents.values().forEach(content -> parts.add(content.json()));
            message.put("content", parts.toString());
        }
        if (!plan.isEmpty()) {
            message.put("tool_plan", JsonText.quoted(plan));
        }
        if (!calls.isEmpty()) {
            StringJoiner all = new StringJoiner(",", "[", "]");
            calls.values().forEach(call -> all.add(call.json()));
            message.put("tool_calls", all.toString());
        }
        if (citations.length() > 0) {
            message.put("citations", citations.toString());
        }
        return JsonText.object(message);
    }

    private static boolean append(StringBuilder target, @Nullable String pieceJson) {
        String piece = JsonText.stringOrNull(pieceJson);
        if (piece == null || piece.isEmpty()) {
            return false;
        }
        target.append(piece);
        return true;
    }

    /** A part of the message: text, or thoughts before it. */
    private static final class Content {
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder thinking = new StringBuilder();

        boolean add(Map<String, String> piece) {
            boolean said = append(text, piece.get("text"));
            return append(thinking, piece.get("thinking")) || said;
        }

        String json() {
            return thinking.isEmpty()
                    ? "{\"type\":\"text\",\"text\":" + JsonText.quoted(text) + "}"
                    : "{\"type\":\"thinking\",\"thinking\":" + JsonText.quoted(thinking) + "}";
        }
    }

    /** A call of a tool. */
    private static final class Call {
        private final StringBuilder arguments = new StringBuilder();
        private String id = "null";
        private String name = "null";

        void add(Map<String, String> piece) {
            id = piece.getOrDefault("id", id);
            Map<String, String> function = JsonText.fields(piece.get("function"));
            name = function.getOrDefault("name", name);
            append(arguments, function.get("arguments"));
        }

        String json() {
            return "{\"id\":" + id + ",\"type\":\"function\",\"function\":{\"name\":" + name + ",\"arguments\":"
                    + JsonText.quoted(arguments) + "}}";
        }
    }
}
