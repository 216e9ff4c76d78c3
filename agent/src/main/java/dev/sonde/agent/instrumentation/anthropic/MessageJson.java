package dev.sonde.agent.instrumentation.anthropic;

import dev.sonde.agent.calls.JsonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What observations take from the JSON text of requests and messages, of the stable API and of the beta one. */
final class MessageJson {
    /** What is part of the question, in the order in which it is recorded. */
    private static final List<String> INPUT = List.of("system", "messages", "tools", "mcp_servers");

    private MessageJson() {}

    /** The input is the messages, or an object that has them and what else was told or offered. */
    static @Nullable String takeInput(Map<String, String> body) {
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
    static Map<String, Long> buckets(Map<String, String> usage) {
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
