package dev.sonde.agent.instrumentation.dashscope;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.JsonText;
import dev.sonde.agent.wire.OpenAiChat;
import dev.sonde.agent.wire.OpenAiEmbeddings;
import dev.sonde.agent.wire.OpenAiUsage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads DashScope's JSON. */
final class DashScopeJson {
    private DashScopeJson() {}

    /** The input is the messages, with the tools when some are on offer, or the prompt. */
    static Asked askedToGenerate(@Nullable String bodyJson, boolean streaming) {
        Map<String, String> body = JsonText.fields(bodyJson);
        Map<String, String> input = JsonText.fields(body.get("input"));
        Map<String, String> parameters = JsonText.fields(body.get("parameters"));
        String tools = parameters.remove("tools");
        String messages = input.get("messages");
        String model = JsonText.stringOrNull(body.get("model"));
        if (messages == null) {
            String prompt = input.size() == 1 && input.containsKey("prompt") ? input.get("prompt") : body.get("input");
            return new Asked("text_completion", model, prompt, OpenAiChat.parameters(parameters, streaming));
        }
        String asked = tools == null ? messages : "{\"messages\":" + messages + ",\"tools\":" + tools + "}";
        return new Asked("chat", model, asked, OpenAiChat.parameters(parameters, streaming));
    }

    /** Whether the request asks for a stream of pieces. */
    static boolean isIncremental(@Nullable String bodyJson) {
        String parameters = JsonText.fields(bodyJson).get("parameters");
        return "true".equals(JsonText.fields(parameters).get("incremental_output"));
    }

    /** The output is the message of the only choice, an array of all choices' messages, or a text. */
    static Answered generated(@Nullable String id, @Nullable String outputJson, @Nullable String usageJson) {
        Map<String, String> output = JsonText.fields(outputJson);
        List<String> messages = new ArrayList<>();
        List<String> finishReasons = new ArrayList<>();
        for (String choice : JsonText.elements(output.get("choices"))) {
            Map<String, String> fields = JsonText.fields(choice);
            messages.add(fields.getOrDefault("message", "null"));
            addReason(finishReasons, fields.get("finish_reason"));
        }
        String said = OpenAiChat.output(messages);
        if (said == null && JsonText.stringOrNull(output.get("text")) != null) {
            said = output.get("text");
            addReason(finishReasons, output.get("finish_reason"));
        }
        return new Answered(
                id,
                JsonText.stringOrNull(output.get("model_name")),
                said,
                OpenAiUsage.buckets(usageJson),
                finishReasons,
                null);
    }

    /** The input is the texts. */
    static Asked askedToEmbed(@Nullable String bodyJson) {
        Map<String, String> body = JsonText.fields(bodyJson);
        String texts = JsonText.fields(body.get("input")).get("texts");
        return new Asked(
                "embeddings",
                JsonText.stringOrNull(body.get("model")),
                texts,
                OpenAiChat.parameters(JsonText.fields(body.get("parameters")), false));
    }

    /** The vectors are counted and left; all that is used is input. */
    static Answered embedded(@Nullable String id, @Nullable String outputJson, @Nullable String usageJson) {
        List<String> vectors = JsonText.elements(JsonText.fields(outputJson).get("embeddings"));
        int dimensions = vectors.isEmpty()
                ? 0
                : JsonText.elements(JsonText.fields(vectors.get(0)).get("embedding"))
                        .size();
        String total = JsonText.fields(usageJson).get("total_tokens");
        Map<String, Long> usage = new LinkedHashMap<>();
        if (total != null) {
            usage.put("input", JsonText.number(total));
            usage.put("total", JsonText.number(total));
        }
        return new Answered(id, null, OpenAiEmbeddings.output(vectors.size(), dimensions), usage, List.of(), null);
    }

    /** The text of a message's content, which is a string, or a list of objects of which some have a text. */
    static @Nullable String text(@Nullable String content) {
        if (content == null || content.charAt(0) != '[') {
            return JsonText.stringOrNull(content);
        }
        StringBuilder text = new StringBuilder();
        for (String part : JsonText.elements(content)) {
            String said = JsonText.stringOrNull(JsonText.fields(part).get("text"));
            text.append(said == null ? "" : said);
        }
        return text.toString();
    }

    /** Why it has finished; null while it has not, which the service says with a word. */
    static @Nullable String reason(@Nullable String json) {
        String reason = JsonText.stringOrNull(json);
        return reason == null || reason.isEmpty() || reason.equals("null") ? null : reason;
    }

    private static void addReason(List<String> reasons, @Nullable String json) {
        String reason = reason(json);
        if (reason != null) {
            reasons.add(reason);
        }
    }
}
