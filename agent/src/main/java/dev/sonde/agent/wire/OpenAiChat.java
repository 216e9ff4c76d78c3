package dev.sonde.agent.wire;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chat completions: messages in, one message for each choice out. */
public final class OpenAiChat {
    private OpenAiChat() {}

    /**
     * The input is the messages, or an object of messages and tools when tools are on offer.
     *
     * @param streaming whether it streams though the body does not say so
     */
    public static Asked asked(@Nullable String bodyJson, boolean streaming) {
        Map<String, String> body = JsonText.fields(bodyJson);
        String messages = body.remove("messages");
        String model = JsonText.stringOrNull(body.remove("model"));
        StringBuilder tools = new StringBuilder();
        for (String offer : List.of("tools", "functions")) {
            String offered = body.remove(offer);
            if (offered != null) {
                tools.append(",\"").append(offer).append("\":").append(offered);
            }
        }
        String input = messages == null || tools.isEmpty() ? messages : "{\"messages\":" + messages + tools + "}";
        return new Asked("chat", model, input, parameters(body, streaming));
    }

    /**
     * The output is the message of the only choice, or an array of all choices' messages; of a legacy completion the texts.
     */
    public static Answered answered(@Nullable String responseJson) {
        Map<String, String> response = JsonText.fields(responseJson);
        List<String> messages = new ArrayList<>();
        List<String> finishReasons = new ArrayList<>();
        for (String choice : JsonText.elements(response.get("choices"))) {
            Map<String, String> fields = JsonText.fields(choice);
            messages.add(fields.getOrDefault("message", fields.getOrDefault("text", "null")));
            String reason = JsonText.stringOrNull(fields.get("finish_reason"));
            if (reason != null) {
                finishReasons.add(reason);
            }
        }
        return new Answered(
                JsonText.stringOrNull(response.get("id")),
                JsonText.stringOrNull(response.get("model")),
                output(messages),
                OpenAiUsage.buckets(response.get("usage")),
                finishReasons,
                null);
    }

    /**
     * Reads the request of a legacy completion: the input is the prompt.
     *
     * @param streaming whether it streams though the body does not say so
     */
    public static Asked askedByPrompt(@Nullable String bodyJson, boolean streaming) {
        Map<String, String> body = JsonText.fields(bodyJson);
        String prompt = body.remove("prompt");
        String model = JsonText.stringOrNull(body.remove("model"));
        return new Asked("text_completion", model, prompt, parameters(body, streaming));
    }

    /** One message by itself, several as an array; null for none. */
    public static @Nullable String output(List<String> messages) {
        return switch (messages.size()) {
            case 0 -> null;
            case 1 -> messages.get(0);
            default -> "[" + String.join(",", messages) + "]";
        };
    }

    /** What is left of a request's body, as it is written there. */
    public static String parameters(Map<String, String> body, boolean streaming) {
        StringBuilder json = new StringBuilder("{");
        body.forEach((name, value) -> {
            if (!value.equals("null")) {
                JsonText.appendQuoted(json.append(json.length() == 1 ? "" : ","), name)
                        .append(':')
                        .append(value);
            }
        });
        if (streaming) {
            json.append(json.length() == 1 ? "" : ",").append("\"stream\":true");
        }
        return json.append('}').toString();
    }
}
