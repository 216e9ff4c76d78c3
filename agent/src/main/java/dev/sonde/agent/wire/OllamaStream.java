package dev.sonde.agent.wire;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Fold;
import dev.sonde.agent.calls.JsonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The answer of a stream from the JSON text of its lines; a whole answer is a stream of one. */
public final class OllamaStream implements Fold {
    private final StringBuilder content = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private final StringJoiner toolCalls = new StringJoiner(",", "[", "]").setEmptyValue("");
    private Map<String, Long> usage = Map.of();
    private @Nullable String model;
    private @Nullable String doneReason;
    private boolean begun;

    @Override
    public boolean add(Object part) {
        Map<String, String> line = JsonText.fields((String) part);
        String its = JsonText.stringOrNull(line.get("model"));
        model = its == null ? model : its;
        Map<String, String> said = line.containsKey("message") ? JsonText.fields(line.get("message")) : line;
        begun |= said.containsKey("content") || said.containsKey("response");
        boolean added = append(content, said.get("content"));
        added |= append(content, said.get("response"));
        added |= append(thinking, said.get("thinking"));
        for (String call : JsonText.elements(said.get("tool_calls"))) {
            toolCalls.add(call);
            added = true;
        }
        if ("true".equals(line.get("done"))) {
            doneReason = JsonText.stringOrNull(line.get("done_reason"));
            usage = Ollama.buckets(line);
        }
        return added;
    }

    @Override
    public Answered answered() {
        return new Answered(
                null,
                model,
                begun ? message() : null,
                usage,
                doneReason == null ? List.of() : List.of(doneReason),
                null);
    }

    private String message() {
        Map<String, String> message = new LinkedHashMap<>();
        message.put("role", "\"assistant\"");
        message.put("content", JsonText.quoted(content));
        if (!thinking.isEmpty()) {
            message.put("thinking", JsonText.quoted(thinking));
        }
        if (toolCalls.length() > 0) {
            message.put("tool_calls", toolCalls.toString());
        }
        return JsonText.object(message);
    }

    private static boolean append(StringBuilder target, @Nullable String json) {
        String text = JsonText.stringOrNull(json);
        if (text == null || text.isEmpty()) {
            return false;
        }
        target.append(text);
        return true;
    }
}
