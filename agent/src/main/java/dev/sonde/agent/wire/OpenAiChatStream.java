package dev.sonde.agent.wire;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Fold;
import dev.sonde.agent.calls.JsonText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer of a chat stream from the JSON text of its chunks; of a stream of legacy completions too. */
public final class OpenAiChatStream implements Fold {
    /** Not OpenAI's, but sent by servers that speak its wire. */
    private static final List<String> REASONING_FIELDS = List.of("reasoning_content", "reasoning");

    private final OpenAiChoices choices = new OpenAiChoices();
    private @Nullable String id;
    private @Nullable String model;
    private Map<String, Long> usage = Map.of();

    @Override
    public boolean add(Object part) {
        Map<String, String> chunk = JsonText.fields((String) part);
        if (id == null) {
            id = JsonText.stringOrNull(chunk.get("id"));
            model = JsonText.stringOrNull(chunk.get("model"));
        }
        Map<String, Long> counted = OpenAiUsage.buckets(chunk.get("usage"));
        usage = counted.isEmpty() ? usage : counted;
        boolean content = false;
        for (String choice : JsonText.elements(chunk.get("choices"))) {
            content |= addChoice(JsonText.fields(choice));
        }
        return content;
    }

    @Override
    public Answered answered() {
        return choices.answered(id, model, usage);
    }

    private boolean addChoice(Map<String, String> part) {
        OpenAiChoices.Choice choice = choices.choice(JsonText.number(part.get("index")));
        choice.finished(JsonText.stringOrNull(part.get("finish_reason")));
        Map<String, String> delta = JsonText.fields(part.get("delta"));
        boolean added = choice.content(JsonText.stringOrNull(delta.get("content")));
        added |= choice.content(JsonText.stringOrNull(part.get("text")));
        added |= choice.refusal(JsonText.stringOrNull(delta.get("refusal")));
        for (String field : REASONING_FIELDS) {
            added |= choice.reasoning(JsonText.stringOrNull(delta.get(field)));
        }
        for (String call : JsonText.elements(delta.get("tool_calls"))) {
            Map<String, String> fields = JsonText.fields(call);
            Map<String, String> function = JsonText.fields(fields.get("function"));
            added |= choice.toolCall(
                    JsonText.number(fields.get("index")),
                    JsonText.stringOrNull(fields.get("id")),
                    JsonText.stringOrNull(function.get("name")),
                    JsonText.stringOrNull(function.get("arguments")));
        }
        return added;
    }
}
