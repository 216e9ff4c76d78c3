package dev.sonde.agent.wire;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.JsonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ollama's own API: messages or a prompt in, one message out. */
public final class Ollama {
    private Ollama() {}

    /** The input is the messages, or an object of messages and tools when tools are on offer. */
    public static Asked askedByMessages(@Nullable String bodyJson) {
        Map<String, String> body = JsonText.fields(bodyJson);
        String messages = body.remove("messages");
        String tools = body.remove("tools");
        boolean offers = tools != null && !tools.equals("null") && !tools.equals("[]");
        return asked("chat", body, offers ? "{\"messages\":" + messages + ",\"tools\":" + tools + "}" : messages);
    }

    /** The input is the prompt, or an object that has it and what else was told or shown. */
    public static Asked askedByPrompt(@Nullable String bodyJson) {
        Map<String, String> body = JsonText.fields(bodyJson);
        Map<String, String> input = new LinkedHashMap<>();
        for (String part : List.of("system", "prompt", "suffix", "images")) {
            String text = body.remove(part);
            if (text != null && !text.equals("null")) {
                input.put(part, text);
            }
        }
        String prompt = input.get("prompt");
        return asked("text_completion", body, prompt != null && input.size() == 1 ? prompt : JsonText.object(input));
    }

    /** The input is the text or the array of texts; in the older form it is called prompt. */
    public static Asked askedForVectors(@Nullable String bodyJson) {
        Map<String, String> body = JsonText.fields(bodyJson);
        String prompt = body.remove("prompt");
        String input = body.remove("input");
        return asked("embeddings", body, input == null ? prompt : input);
    }

    /** What the server is told about the model's run counts as parameters of the request. */
    private static Asked asked(String operation, Map<String, String> body, @Nullable String input) {
        String model = JsonText.stringOrNull(body.remove("model"));
        Map<String, String> options = JsonText.fields(body.remove("options"));
        options.putAll(body);
        return new Asked(operation, model, input, OpenAiChat.parameters(options, false));
    }

    /** Reads a whole answer, to messages or to a prompt: the output is a message either way. */
    public static Answered answered(@Nullable String responseJson) {
        OllamaStream whole = new OllamaStream();
        if (responseJson != null) {
            whole.add(responseJson);
        }
        return whole.answered();
    }

    /** The vectors are counted and left. */
    public static Answered vectors(@Nullable String responseJson) {
        Map<String, String> response = JsonText.fields(responseJson);
        String one = response.get("embedding");
        List<String> vectors = one == null ? JsonText.elements(response.get("embeddings")) : List.of(one);
        int dimensions =
                vectors.isEmpty() ? 0 : JsonText.elements(vectors.get(0)).size();
        return new Answered(
                null,
                JsonText.stringOrNull(response.get("model")),
                OpenAiEmbeddings.output(vectors.size(), dimensions),
                buckets(response),
                List.of(),
                null);
    }

    /** Token counts; those of a cached prompt are left out by the server. */
    static Map<String, Long> buckets(Map<String, String> response) {
        Map<String, Long> buckets = new LinkedHashMap<>();
        String prompt = response.get("prompt_eval_count");
        String output = response.get("eval_count");
        if (prompt != null || output != null) {
            buckets.put("input", JsonText.number(prompt));
            if (output != null) {
                buckets.put("output", JsonText.number(output));
            }
            buckets.put("total", JsonText.number(prompt) + JsonText.number(output));
        }
        return buckets;
    }
}
