package dev.sonde.agent.wire;

import dev.sonde.agent.calls.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Token counts of an answer in buckets that do not overlap, so that prices can be summed. OpenAI counts cached,
 * audio and image tokens among the prompt's, and reasoning, audio and image tokens among the completion's; here each
 * token is in one bucket, and all are in {@code total}.
 */
public final class OpenAiUsage {
    private OpenAiUsage() {}

    /** Reads the {@code usage} object of any of the APIs; empty when there is none. */
    public static Map<String, Long> buckets(@Nullable String usageJson) {
        Map<String, String> usage = JsonText.fields(usageJson);
        Map<String, Long> buckets = new LinkedHashMap<>();
        if (usage.isEmpty()) {
            return buckets;
        }
        long input = JsonText.number(either(usage, "prompt_tokens", "input_tokens"));
        String completion = either(usage, "completion_tokens", "output_tokens");
        long output = JsonText.number(completion);
        long total = JsonText.number(usage.get("total_tokens"));
        String parts = either(usage, "prompt_tokens_details", "input_tokens_details");
        Map<String, String> inputParts =
                JsonText.fields(parts == null ? usage.get("input_token_details") : parts); // the last of transcriptions
        Map<String, String> outputParts =
                JsonText.fields(either(usage, "completion_tokens_details", "output_tokens_details"));
        long cached = JsonText.number(inputParts.get("cached_tokens"));
        long audioIn = JsonText.number(inputParts.get("audio_tokens"));
        long imageIn = JsonText.number(inputParts.get("image_tokens"));
        long reasoning = JsonText.number(outputParts.get("reasoning_tokens"));
        long audioOut = JsonText.number(outputParts.get("audio_tokens"));
        long imageOut = JsonText.number(outputParts.get("image_tokens"));

        buckets.put("input", Math.max(0, input - cached - audioIn - imageIn));
        putPositive(buckets, "input_cached_tokens", cached);
        putPositive(buckets, "input_audio_tokens", audioIn);
        putPositive(buckets, "input_image_tokens", imageIn);
        if (completion != null) {
            buckets.put("output", Math.max(0, output - reasoning - audioOut - imageOut));
        }
        putPositive(buckets, "output_reasoning_tokens", reasoning);
        putPositive(buckets, "output_audio_tokens", audioOut);
        putPositive(buckets, "output_image_tokens", imageOut);
        buckets.put("total", total > 0 ? total : input + output);
        return buckets;
    }

    private static @Nullable String either(Map<String, String> usage, String chat, String responses) {
        String value = usage.get(chat);
        return value == null ? usage.get(responses) : value;
    }

    private static void putPositive(Map<String, Long> buckets, String bucket, long count) {
        if (count > 0) {
            buckets.put(bucket, count);
        }
    }
}
