package dev.sonde.agent.instrumentation.dashscope;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Fold;
import dev.sonde.agent.calls.JsonText;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.wire.OpenAiChoices;
import dev.sonde.agent.wire.OpenAiUsage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer of a stream, put together part by part. */
final class Parts implements Fold {
    private final boolean incremental;
    private final OpenAiChoices choices = new OpenAiChoices();
    private final StringBuilder text = new StringBuilder();
    private @Nullable String textReason;
    private @Nullable String id;
    private @Nullable String last;
    private @Nullable String usage;

    /** @param incremental whether parts are pieces; else each has all that came before */
    Parts(boolean incremental) {
        this.incremental = incremental;
    }

    /** Takes a part as the SDK hands it out. */
    @Override
    public boolean add(Object part) {
        return add(
                LibraryObjects.text(part, "getRequestId"),
                LibraryObjects.text(part, "getOutput"),
                LibraryObjects.text(part, "getUsage"));
    }

    /** Takes a part by its members, which are JSON text. Answers whether it says something. */
    boolean add(@Nullable String requestId, @Nullable String outputJson, @Nullable String usageJson) {
        id = requestId == null ? id : requestId;
        usage = usageJson == null ? usage : usageJson;
        last = outputJson == null ? last : outputJson;
        Map<String, String> output = JsonText.fields(outputJson);
        boolean added = false;
        String said = JsonText.stringOrNull(output.get("text"));
        if (said != null && !said.isEmpty()) {
            text.append(said);
            added = true;
        }
        String reason = DashScopeJson.reason(output.get("finish_reason"));
        textReason = reason == null ? textReason : reason;
        List<String> parts = JsonText.elements(output.get("choices"));
        for (int i = 0; i < parts.size(); i++) {
            Map<String, String> choice = JsonText.fields(parts.get(i));
            String index = choice.get("index");
            added |= add(choices.choice(index == null ? i : JsonText.number(index)), choice);
        }
        return added;
    }

    @Override
    public Answered answered() {
        if (!incremental) {
            return DashScopeJson.generated(id, last, usage);
        }
        Map<String, Long> buckets = OpenAiUsage.buckets(usage);
        if (text.isEmpty()) {
            return choices.answered(id, null, buckets);
        }
        List<String> reasons = textReason == null ? List.of() : List.of(textReason);
        return new Answered(id, null, JsonText.quoted(text), buckets, reasons, null);
    }

    private static boolean add(OpenAiChoices.Choice choice, Map<String, String> part) {
        choice.finished(DashScopeJson.reason(part.get("finish_reason")));
        Map<String, String> message = JsonText.fields(part.get("message"));
        boolean added = choice.content(DashScopeJson.text(message.get("content")));
        added |= choice.reasoning(JsonText.stringOrNull(message.get("reasoning_content")));
        List<String> calls = JsonText.elements(message.get("tool_calls"));
        for (int i = 0; i < calls.size(); i++) {
            Map<String, String> call = JsonText.fields(calls.get(i));
            Map<String, String> function = JsonText.fields(call.get("function"));
            String index = call.get("index");
            added |= choice.toolCall(
                    index == null ? i : JsonText.number(index),
                    JsonText.stringOrNull(call.get("id")),
                    JsonText.stringOrNull(function.get("name")),
                    JsonText.stringOrNull(function.get("arguments")));
        }
        return added;
    }
}
