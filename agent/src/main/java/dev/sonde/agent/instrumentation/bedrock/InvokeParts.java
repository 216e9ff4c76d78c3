package dev.sonde.agent.instrumentation.bedrock;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Fold;
import dev.sonde.agent.calls.JsonText;
import dev.sonde.agent.calls.LibraryObjects;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer of an invoked model's stream, whose chunks are JSON in the vendor's words. */
final class InvokeParts implements Fold {
    private final ConverseParts nova = new ConverseParts();
    private final ClaudeParts claude = new ClaudeParts();
    private final StringBuilder text = new StringBuilder();
    private final List<String> reasons = new ArrayList<>();
    private final Map<String, String> counts = new LinkedHashMap<>();
    private Map<String, Long> metrics = Map.of();
    private Map<String, Long> usage = Map.of();
    private @Nullable String requestId;
    private @Nullable String id;
    private @Nullable String model;
    private @Nullable String toolCalls;
    private boolean isNova;
    private boolean isClaude;

    /** Takes the service's id of the call. */
    void requestId(@Nullable String serviceId) {
        requestId = serviceId;
        nova.requestId(serviceId);
    }

    /** Takes a chunk as the SDK hands it out. */
    @Override
    public boolean add(Object chunk) {
        Object bytes = LibraryObjects.get(LibraryObjects.get(chunk, "bytes"), "asByteArrayUnsafe");
        return bytes instanceof byte[] json && add(new String(json, StandardCharsets.UTF_8));
    }

    boolean add(String chunkJson) {
        Map<String, String> chunk = JsonText.fields(chunkJson);
        String last = chunk.remove("amazon-bedrock-invocationMetrics");
        if (last != null) {
            metrics = Usage.metrics(last);
        }
        if (chunk.containsKey("type")) {
            isClaude = true;
            return claude.add(chunk);
        }
        for (Map.Entry<String, String> event : chunk.entrySet()) {
            if (event.getKey().startsWith("messageSt")
                    || event.getKey().startsWith("contentBlock")
                    || event.getKey().equals("metadata")) {
                isNova = true;
                return nova.add(event.getKey(), event.getValue());
            }
        }
        return addText(chunk);
    }

    @Override
    public Answered answered() {
        Answered answered = isClaude ? claude.answered() : isNova ? nova.answered() : plain();
        return new Answered(
                answered.id() == null ? requestId : answered.id(),
                answered.model(),
                answered.output(),
                answered.usage().isEmpty() ? metrics : answered.usage(),
                answered.finishReasons(),
                answered.error());
    }

    private boolean addText(Map<String, String> chunk) {
        boolean content = addPiece(chunk);
        for (String group : List.of("outputs", "choices")) {
            for (String element : JsonText.elements(chunk.get(group))) {
                Map<String, String> fields = JsonText.fields(element);
                content |= addPiece(fields);
                Map<String, String> message = JsonText.fields(Usage.first(fields, "delta", "message"));
                content |= addPiece(message);
                if (message.containsKey("tool_calls")) {
                    toolCalls = message.get("tool_calls");
                    content = true;
                }
            }
        }
        for (String count : List.of(
                "prompt_token_count", "generation_token_count", "inputTextTokenCount", "totalOutputTextTokenCount")) {
            String value = Usage.first(chunk, count);
            if (value != null) {
                counts.put(count, value);
            }
        }
        Map<String, Long> counted = Usage.parse(chunk.get("usage"));
        usage = counted.isEmpty() ? usage : counted;
        id = id == null ? JsonText.stringOrNull(chunk.get("id")) : id;
        model = model == null ? JsonText.stringOrNull(chunk.get("model")) : model;
        Map<String, String> whole = JsonText.fields(chunk.get("response"));
        if (!whole.isEmpty()) {
            id = JsonText.stringOrNull(Usage.first(whole, "response_id", "generation_id"));
            toolCalls = whole.get("tool_calls");
        }
        return content;
    }

    private boolean addPiece(Map<String, String> fields) {
        String reason = JsonText.stringOrNull(Usage.first(fields, "stop_reason", "finish_reason", "completionReason"));
        if (reason != null) {
            reasons.add(reason);
        }
        String piece =
                JsonText.stringOrNull(Usage.first(fields, "outputText", "generation", "text", "completion", "content"));
        if (piece == null || piece.isEmpty()) {
            return false;
        }
        text.append(piece);
        return true;
    }

    private Answered plain() {
        String output = null;
        if (!text.isEmpty() || toolCalls != null) {
            output = "{\"role\":\"assistant\",\"content\":" + Parts.quoted(text)
                    + (toolCalls == null ? "" : ",\"tool_calls\":" + toolCalls) + "}";
        }
        Map<String, Long> counted = Usage.of(
                Usage.first(counts, "prompt_token_count", "inputTextTokenCount"),
                Usage.first(counts, "generation_token_count", "totalOutputTextTokenCount"),
                null,
                null);
        return new Answered(id, model, output, usage.isEmpty() ? counted : usage, List.copyOf(reasons), null);
    }
}
