package dev.sonde.agent.wire;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The choices of a streamed chat completion, put together piece by piece. By one thread at a time. */
public final class OpenAiChoices {
    private final TreeMap<Long, Choice> choices = new TreeMap<>();

    /** The choice of this index, which begins empty. */
    public Choice choice(long index) {
        return choices.computeIfAbsent(index, missing -> new Choice());
    }

    /** All so far. */
    public Answered answered(@Nullable String id, @Nullable String model, Map<String, Long> usage) {
        List<String> messages = new ArrayList<>();
        List<String> finishReasons = new ArrayList<>();
        for (Choice choice : choices.values()) {
            messages.add(choice.message());
            if (choice.finishReason != null) {
                finishReasons.add(choice.finishReason);
            }
        }
        return new Answered(id, model, OpenAiChat.output(messages), usage, finishReasons, null);
    }

    /** One message in the making. What is added may be null or empty; answered is whether it says something. */
    public static final class Choice {
        private final StringBuilder content = new StringBuilder();
        private final StringBuilder refusal = new StringBuilder();
        private final StringBuilder reasoning = new StringBuilder();
        private final TreeMap<Long, ToolCall> toolCalls = new TreeMap<>();
        private @Nullable String finishReason;

        Choice() {}

        public void finished(@Nullable String reason) {
            finishReason = reason == null ? finishReason : reason;
        }

        public boolean content(@Nullable String text) {
            return append(content, text);
        }

        public boolean refusal(@Nullable String text) {
            return append(refusal, text);
        }

        public boolean reasoning(@Nullable String text) {
            return append(reasoning, text);
        }

        public boolean toolCall(
                long index, @Nullable String id, @Nullable String name, @Nullable String argumentsPart) {
            ToolCall call = toolCalls.computeIfAbsent(index, missing -> new ToolCall());
            call.id = id == null || id.isEmpty() ? call.id : id;
            call.name = name == null || name.isEmpty() ? call.name : name;
            append(call.arguments, argumentsPart);
            return true;
        }

        private String message() {
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

        void appendTo(StringBuilder json) {
            JsonText.appendQuoted(json.append("{\"id\":"), id);
            JsonText.appendQuoted(json.append(",\"type\":\"function\",\"function\":{\"name\":"), name);
            JsonText.appendQuoted(json.append(",\"arguments\":"), arguments).append("}}");
        }
    }
}
