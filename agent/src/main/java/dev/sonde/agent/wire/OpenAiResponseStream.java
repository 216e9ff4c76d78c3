package dev.sonde.agent.wire;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Fold;
import dev.sonde.agent.calls.JsonText;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a response stream from the JSON text of its events. The last event carries the whole response; the text so
 * far is kept in case it does not come.
 */
public final class OpenAiResponseStream implements Fold {
    private static final String TEXT = "response.output_text.delta";
    private static final Set<String> LAST = Set.of("response.completed", "response.incomplete", "response.failed");
    private static final Set<String> DELTAS = Set.of(
            TEXT,
            "response.function_call_arguments.delta",
            "response.reasoning_summary_text.delta",
            "response.reasoning_text.delta",
            "response.refusal.delta");

    private final StringBuilder text = new StringBuilder();
    private @Nullable String created;
    private @Nullable String last;

    @Override
    public boolean add(Object part) {
        Map<String, String> event = JsonText.fields((String) part);
        String type = JsonText.stringOrNull(event.get("type"));
        if (type == null) {
            return false;
        }
        if (DELTAS.contains(type)) {
            String delta = JsonText.stringOrNull(event.get("delta"));
            if (type.equals(TEXT) && delta != null) {
                text.append(delta);
            }
            return true;
        }
        if (type.equals("response.created")) {
            created = event.get("response");
        } else if (LAST.contains(type)) {
            last = event.get("response");
        }
        return false;
    }

    @Override
    public Answered answered() {
        return last == null ? OpenAiResponses.begun(created, text) : OpenAiResponses.answered(last);
    }
}
