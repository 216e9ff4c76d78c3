package dev.sonde.agent.instrumentation.bedrock;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of invoked models, which are in their vendors' words. */
final class InvokeText {
    /** What a body asks the model, in the order in which it is recorded; all else are parameters. */
    private static final List<String> QUESTIONS = List.of(
            "messages",
            "prompt",
            "inputText",
            "inputImage",
            "message",
            "chat_history",
            "preamble",
            "system",
            "tools",
            "toolConfig",
            "tool_results",
            "documents",
            "texts",
            "images",
            "inputs",
            "query");

    private static final Set<String> CONVERSATIONS = Set.of("messages", "message");
    private static final List<String> GROUPS = List.of("inferenceConfig", "textGenerationConfig");

    private InvokeText() {}

    /** Whether an answer will be vectors, by the model's name or by what only such models are asked. */
    static boolean embeds(@Nullable String modelId, @Nullable String body) {
        Map<String, String> fields = JsonText.fields(body);
        return Models.embeds(modelId)
                || fields.containsKey("texts")
                || fields.containsKey("embeddingConfig")
                || (fields.containsKey("inputText") && fields.containsKey("dimensions"));
    }

    /** The input is what the body asks: the only field of that kind by itself, several as an object. */
    static Asked asked(@Nullable String modelId, @Nullable String bodyJson, boolean streaming) {
        Map<String, String> body = JsonText.fields(bodyJson);
        Map<String, String> questions = new LinkedHashMap<>();
        for (String question : QUESTIONS) {
            String value = body.remove(question);
            if (value != null && !value.equals("null")) {
                questions.put(question, value);
            }
        }
        String input = switch (questions.size()) {
            case 0 -> null;
            case 1 -> questions.values().iterator().next();
            default -> Parts.object(questions);
        };
        String operation = embeds(modelId, bodyJson)
                ? "embeddings"
                : questions.keySet().stream().anyMatch(CONVERSATIONS::contains) ? "chat" : "text_completion";
        String group = GROUPS.stream().filter(body::containsKey).findFirst().orElse(GROUPS.get(0));
        return new Asked(operation, Models.name(modelId), input, ConverseText.parameters(body, group, streaming));
    }

    /**
     * Reads a whole answer.
     *
     * @param counted the service's own counts, which are taken where the body has none
     */
    static Answered answered(@Nullable String requestId, @Nullable String bodyJson, Map<String, Long> counted) {
        Map<String, String> body = JsonText.fields(bodyJson);
        Answered answered = body.containsKey("output")
                ? ConverseText.answered(requestId, String.valueOf(bodyJson))
                : body.containsKey("embedding") || body.containsKey("embeddings")
                        ? vectors(requestId, body)
                        : said(requestId, body);
        return answered.usage().isEmpty() && !counted.isEmpty()
                ? new Answered(
                        answered.id(),
                        answered.model(),
                        answered.output() == null
                                        && !body.isEmpty()
                                        && answered.finishReasons().isEmpty()
                                ? bodyJson
                                : answered.output(),
                        counted,
                        answered.finishReasons(),
                        answered.error())
                : answered;
    }

    private static Answered said(@Nullable String requestId, Map<String, String> body) {
        List<String> messages = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        addReason(reasons, body);
        String content = Usage.first(body, "content", "completion", "generation", "text");
        if (content != null) {
            messages.add(message(body, content));
        }
        for (String group : List.of("results", "outputs", "generations", "choices")) {
            for (String element : JsonText.elements(body.get(group))) {
                Map<String, String> fields = JsonText.fields(element);
                addReason(reasons, fields);
                String text = Usage.first(fields, "message", "outputText", "text");
                if (text != null) {
                    messages.add(text.startsWith("{") ? text : Parts.message(text));
                }
            }
        }
        String id = JsonText.stringOrNull(Usage.first(body, "id", "response_id", "generation_id"));
        return new Answered(
                id == null ? requestId : id,
                JsonText.stringOrNull(body.get("model")),
                Parts.output(messages),
                usage(body),
                reasons,
                null);
    }

    /** A message with what stands beside its text. */
    private static String message(Map<String, String> body, String content) {
        Map<String, String> message = new LinkedHashMap<>();
        message.put("role", "\"assistant\"");
        message.put("content", content);
        for (String beside : List.of("tool_calls", "citations")) {
            if (body.containsKey(beside)) {
                message.put(beside, body.get(beside));
            }
        }
        return Parts.object(message);
    }

    private static void addReason(List<String> reasons, Map<String, String> fields) {
        String reason = JsonText.stringOrNull(
                Usage.first(fields, "stop_reason", "finish_reason", "completionReason", "stopReason"));
        if (reason != null) {
            reasons.add(reason);
        }
    }

    /** Counts that stand in the body itself; Titan has those of the output with each result. */
    private static Map<String, Long> usage(Map<String, String> body) {
        Map<String, Long> usage = Usage.parse(body.get("usage"));
        if (!usage.isEmpty()) {
            return usage;
        }
        long tokens = 0;
        for (String result : JsonText.elements(body.get("results"))) {
            tokens += JsonText.number(JsonText.fields(result).get("tokenCount"));
        }
        String output = Usage.first(body, "generation_token_count", "totalOutputTextTokenCount");
        return Usage.of(
                Usage.first(body, "prompt_token_count", "inputTextTokenCount"),
                output == null && tokens > 0 ? Long.toString(tokens) : output,
                null,
                null);
    }

    /** Of vectors only their number and length are recorded. */
    private static Answered vectors(@Nullable String requestId, Map<String, String> body) {
        List<String> vectors = JsonText.elements(body.get("embeddings"));
        for (Map.Entry<String, String> type :
                JsonText.fields(body.get("embeddings")).entrySet()) {
            vectors = JsonText.elements(type.getValue());
        }
        if (body.containsKey("embedding")) {
            vectors = List.of(String.valueOf(body.get("embedding")));
        }
        String output = "{\"vectors\":" + vectors.size()
                + (vectors.isEmpty()
                        ? ""
                        : ",\"dimensions\":" + JsonText.elements(vectors.get(0)).size())
                + "}";
        Map<String, Long> usage = Usage.of(body.get("inputTextTokenCount"), null, null, null);
        return new Answered(requestId, null, output, usage, List.of(), null);
    }
}
