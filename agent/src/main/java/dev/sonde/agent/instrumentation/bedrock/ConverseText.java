package dev.sonde.agent.instrumentation.bedrock;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.JsonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads Converse's requests and answers, which are the same for all models. */
final class ConverseText {
    private ConverseText() {}

    /** The input is the messages, or an object of them, the system's and the tools where there are such. */
    static Asked asked(@Nullable String modelId, String requestJson, boolean streaming) {
        Map<String, String> body = JsonText.fields(requestJson);
        String messages = body.remove("messages");
        Map<String, String> beside = new LinkedHashMap<>();
        for (String part : List.of("system", "toolConfig", "promptVariables")) {
            String value = body.remove(part);
            if (value != null) {
                beside.put(part, value);
            }
        }
        String input = messages;
        if (!beside.isEmpty()) {
            Map<String, String> whole = new LinkedHashMap<>();
            whole.put("messages", messages == null ? "null" : messages);
            whole.putAll(beside);
            input = Parts.object(whole);
        }
        return new Asked("chat", Models.name(modelId), input, parameters(body, "inferenceConfig", streaming));
    }

    /** Everything left of a body, with what the group holds beside it. */
    static String parameters(Map<String, String> body, String group, boolean streaming) {
        Map<String, String> parameters = new LinkedHashMap<>(JsonText.fields(body.remove(group)));
        parameters.putAll(body);
        if (streaming) {
            parameters.put("stream", "true");
        }
        return Parts.object(parameters);
    }

    /** Reads a whole answer; Nova's own bodies are of the same form. */
    static Answered answered(@Nullable String requestId, String responseJson) {
        Map<String, String> response = JsonText.fields(responseJson);
        String reason = JsonText.stringOrNull(response.get("stopReason"));
        return new Answered(
                requestId,
                model(response.get("trace")),
                JsonText.fields(response.get("output")).get("message"),
                Usage.parse(response.get("usage")),
                reason == null ? List.of() : List.of(reason),
                null);
    }

    /** The model that a prompt router chose; null when none did. */
    static @Nullable String model(@Nullable String traceJson) {
        Map<String, String> router = JsonText.fields(JsonText.fields(traceJson).get("promptRouter"));
        return Models.name(JsonText.stringOrNull(router.get("invokedModelId")));
    }
}
