package dev.sonde.agent.wire;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.JsonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What observations take from the JSON text of requests and messages, of the stable API and of the beta one. */
public final class AnthropicJson {
    /** What is part of the question, in the order in which it is recorded. */
    private static final List<String> INPUT = List.of("system", "messages", "tools", "mcp_servers");

    private AnthropicJson() {}

    /** The input is the messages, or an object that has them and what else was told or offered. */
    private static @Nullable String takeInput(Map<String, String> body) {
        Map<String, String> input = new LinkedHashMap<>();
        for (String part : INPUT) {
            String text = body.remove(part);
            if (text != null && !text.equals("null")) {
                input.put(part, text);
            }
        }
        return input.isEmpty() || input.keySet().equals(Set.of("messages"))
                ? input.get("messages")
                : JsonText.object(input);
    }

    /**
     * Reads a request.
     *
     * @param streaming whether it streams though the body does not say so
     */
    public static Asked asked(@Nullable String bodyJson, boolean streaming) {
        Map<String, String> body = JsonText.fields(bodyJson);
        String model = JsonText.stringOrNull(body.remove("model"));
        String input = takeInput(body);
        body.values().removeIf("null"::equals);
        if (streaming) {
            body.put("stream", "true");
        }
        return new Asked("chat", model, input, JsonText.object(body));
    }

    /** Whom the request names as the application's user; null for none. */
    public static @Nullable String user(@Nullable String bodyJson) {
        String metadata = JsonText.fields(bodyJson).get("metadata");
        return JsonText.stringOrNull(JsonText.fields(metadata).get("user_id"));
    }

    /** Reads a whole message. */
    public static Answered answered(@Nullable String messageJson) {
        Map<String, String> fields = JsonText.fields(messageJson);
        String content = fields.get("content");
        String reason = JsonText.stringOrNull(fields.get("stop_reason"));
        return new Answered(
                JsonText.stringOrNull(fields.get("id")),
                JsonText.stringOrNull(fields.get("model")),
                content == null ? null : message(content),
                buckets(JsonText.fields(fields.get("usage"))),
                reason == null ? List.of() : List.of(reason),
                null);
    }

    /** The message of the model: who, and the blocks of content. */
    static String message(String content) {
        return "{\"role\":\"assistant\",\"content\":" + content + "}";
    }

    /**
     * Token counts in buckets that do not overlap. Anthropic counts what was read from and written to the prompt cache
     * beside the input, but thoughts among the output; writing for an hour has a price of its own.
     *
     * @param usage the members of a {@code usage} object; empty when there was none
     */
    public static Map<String, Long> buckets(Map<String, String> usage) {
        Map<String, Long> buckets = new LinkedHashMap<>();
        if (usage.isEmpty()) {
            return buckets;
        }
        long input = JsonText.number(usage.get("input_tokens"));
        long read = JsonText.number(usage.get("cache_read_input_tokens"));
        long written = JsonText.number(usage.get("cache_creation_input_tokens"));
        Map<String, String> writtenParts = JsonText.fields(usage.get("cache_creation"));
        long hour = Math.min(written, JsonText.number(writtenParts.get("ephemeral_1h_input_tokens")));
        long output = JsonText.number(usage.get("output_tokens"));
        Map<String, String> outputParts = JsonText.fields(usage.get("output_tokens_details"));
        long thinking = Math.min(output, JsonText.number(outputParts.get("thinking_tokens")));

        buckets.put("input", input);
        putPositive(buckets, "input_cached_tokens", read);
        putPositive(buckets, "input_cache_creation", written - hour);
        putPositive(buckets, "input_cache_creation_1h", hour);
        buckets.put("output", output - thinking);
        putPositive(buckets, "output_reasoning_tokens", thinking);
        buckets.put("total", input + read + written + output);
        return buckets;
    }

    private static void putPositive(Map<String, Long> buckets, String bucket, long count) {
        if (count > 0) {
            buckets.put(bucket, count);
        }
    }
}
