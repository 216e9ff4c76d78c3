package dev.sonde.agent.instrumentation.openai;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Fold;
import dev.sonde.agent.calls.JsonText;
import dev.sonde.agent.calls.LibraryObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a chat stream, folded chunk by chunk into text, so that what came is there when the stream breaks off.
 */
final class ChatChunks implements Fold {
    /** Not OpenAI's, but sent by servers that speak its wire. */
    private static final List<String> REASONING_FIELDS = List.of("reasoning_content", "reasoning");

    private final @Nullable Object clientOptions;
    private final TreeMap<Long, Choice> choices = new TreeMap<>();
    private @Nullable String id;
    private @Nullable String model;
    private Map<String, Long> usage = Map.of();

    ChatChunks(@Nullable Object clientOptions) {
        this.clientOptions = clientOptions;
    }

    @Override
    public boolean add(Object chunk) {
        if (id == null) {
            id = LibraryObjects.text(chunk, "id");
            model = LibraryObjects.text(chunk, "model");
        }
        Object counted = LibraryObjects.get(chunk, "usage");
        if (counted != null) {
            usage = Usage.buckets(LibraryObjects.json(clientOptions, counted));
        }
        boolean content = false;
        if (LibraryObjects.get(chunk, "choices") instanceof List<?> parts) {
            for (Object part : parts) {
                content |= addChoice(part);
            }
        }
        return content;
    }

    @Override
    public Answered answered() {
        List<String> messages = new ArrayList<>();
        List<String> finishReasons = new ArrayList<>();
        for (Choice choice : choices.values()) {
            messages.add(choice.message());
            if (choice.finishReason != null) {
                finishReasons.add(choice.finishReason);
            }
        }
        return new Answered(id, model, ChatEndpoint.output(messages), usage, finishReasons, null);
    }

    private boolean addChoice(@Nullable Object part) {
        Choice choice = choices.computeIfAbsent(index(part), missing -> new Choice());
        String reason = LibraryObjects.text(part, "finishReason");
        if (reason != null) {
            choice.finishReason = reason;
        }
        Object delta = LibraryObjects.get(part, "delta");
        return delta != null && choice.add(delta);
    }

    private static long index(@Nullable Object part) {
        return LibraryObjects.get(part, "index") instanceof Number index ? index.longValue() : 0;
    }

    private static final class Choice {
        private final StringBuilder content = new StringBuilder();
        private final StringBuilder refusal = new StringBuilder();
        private final StringBuilder reasoning = new StringBuilder();
        private final TreeMap<Long, ToolCall> toolCalls = new TreeMap<>();
        private @Nullable String finishReason;

        boolean add(Object delta) {
            boolean added = append(content, LibraryObjects.text(delta, "content"));
            added |= append(refusal, LibraryObjects.text(delta, "refusal"));
            if (LibraryObjects.get(delta, "_additionalProperties") instanceof Map<?, ?> more && !more.isEmpty()) {
                for (String field : REASONING_FIELDS) {
                    added |= append(reasoning, LibraryObjects.text(more.get(field), "asString"));
                }
            }
            if (LibraryObjects.get(delta, "toolCalls") instanceof List<?> calls) {
                for (Object call : calls) {
                    toolCalls
                            .computeIfAbsent(index(call), missing -> new ToolCall())
                            .add(call);
                    added = true;
                }
            }
            return added;
        }

        String message() {
            StringBuilder json = new StringBuilder("{\"role\":\"assistant\",\"content\":");
            if (content.isEmpty() && (!toolCalls.isEmpty() || !refusal.isEmpty())) {
                json.append("null");
            } else {
                JsonText.appendQuoted(json, content);
            }
            if (!refusal.isEmpty()) {
                JsonText.appendQuoted(json.append(",\"refusal\":"), refusal);
            }
            if (!reasoning.isEmpty()) {
                JsonText.appendQuoted(json.append(",\"reasoning_content\":"), reasoning);
            }
            if (!toolCalls.isEmpty()) {
                json.append(",\"tool_calls\":[");
                String separator = "";
                for (ToolCall call : toolCalls.values()) {
                    call.appendTo(json.append(separator));
                    separator = ",";
                }
                json.append(']');
            }
            return json.append('}').toString();
        }

        private static boolean append(StringBuilder target, @Nullable String text) {
            if (text == null || text.isEmpty()) {
                return false;
            }
            target.append(text);
            return true;
        }
    }

    private static final class ToolCall {
        private String id = "";
        private String name = "";
        private final StringBuilder arguments = new StringBuilder();

        void add(Object delta) {
            String partId = LibraryObjects.text(delta, "id");
            id = partId == null || partId.isEmpty() ? id : partId;
            Object function = LibraryObjects.get(delta, "function");
            String partName = LibraryObjects.text(function, "name");
            name = partName == null || partName.isEmpty() ? name : partName;
            String partArguments = LibraryObjects.text(function, "arguments");
            arguments.append(partArguments == null ? "" : partArguments);
        }

        void appendTo(StringBuilder json) {
            JsonText.appendQuoted(json.append("{\"id\":"), id);
            JsonText.appendQuoted(json.append(",\"type\":\"function\",\"function\":{\"name\":"), name);
            JsonText.appendQuoted(json.append(",\"arguments\":"), arguments).append("}}");
        }
    }
}
