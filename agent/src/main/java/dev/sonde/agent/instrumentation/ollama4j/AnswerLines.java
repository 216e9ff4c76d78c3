package dev.sonde.agent.instrumentation.ollama4j;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Fold;
import dev.sonde.agent.calls.JsonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** An answer, put together from its lines of JSON: one when it came whole, one for each piece when it streamed. */
final class AnswerLines implements Fold {
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private final StringJoiner toolCalls = new StringJoiner(",", "[", "]").setEmptyValue("");
    private @Nullable String model;
    private @Nullable String role;
    private @Nullable String reason;
    private @Nullable String error;
    private Map<String, Long> usage = Map.of();

    @Override
    public boolean add(Object line) {
        Map<String, String> fields = JsonText.fields(line.toString());
        model = otherwise(fields.get("model"), model);
        error = otherwise(fields.get("error"), error);
        if ("true".equals(fields.get("done"))) {
            reason = otherwise(fields.get("done_reason"), reason);
            usage = OllamaJson.usage(fields.get("prompt_eval_count"), fields.get("eval_count"));
        }
        Map<String, String> message = JsonText.fields(fields.get("message"));
        role = otherwise(message.get("role"), role);
        boolean says = append(text, message.get("content"));
        says |= append(text, fields.get("response"));
        says |= append(thinking, message.get("thinking"));
        says |= append(thinking, fields.get("thinking"));
        for (String call : JsonText.elements(message.get("tool_calls"))) {
            toolCalls.add(call);
            says = true;
        }
        return says;
    }

    /** A message when messages were asked for; else the text, with thoughts when there are such. */
    @Override
    public Answered answered() {
        boolean nothing = text.isEmpty() && thinking.isEmpty() && toolCalls.length() == 0;
        return new Answered(
                null,
                model,
                nothing && reason == null ? null : role == null ? completion() : message(role),
                usage,
                reason == null ? List.of() : List.of(reason),
                error);
    }

    private String completion() {
        if (thinking.isEmpty()) {
            return JsonText.quoted(text);
        }
        return "{\"thinking\":" + JsonText.quoted(thinking) + ",\"response\":" + JsonText.quoted(text) + "}";
    }

    private String message(String who) {
        Map<String, String> message = new LinkedHashMap<>();
        message.put("role", JsonText.quoted(who));
        message.put("content", JsonText.quoted(text));
        if (!thinking.isEmpty()) {
            message.put("thinking", JsonText.quoted(thinking));
        }
        if (toolCalls.length() > 0) {
            message.put("tool_calls", toolCalls.toString());
        }
        return JsonText.object(message);
    }

    private static @Nullable String otherwise(@Nullable String json, @Nullable String before) {
        String value = JsonText.stringOrNull(json);
        return value == null ? before : value;
    }

    private static boolean append(StringBuilder target, @Nullable String json) {
        String piece = JsonText.stringOrNull(json);
        if (piece == null || piece.isEmpty()) {
            return false;
        }
        target.append(piece);
        return true;
    }
}
