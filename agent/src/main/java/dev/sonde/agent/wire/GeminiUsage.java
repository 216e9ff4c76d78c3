package dev.sonde.agent.wire;

import dev.sonde.agent.calls.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Token counts of an answer in buckets that do not overlap. Gemini counts cached tokens among the prompt's, audio among
 * both, and thoughts and what its own tools read beside them; here each token is in one bucket, what tools read among
 * the input, and all are in {@code total}.
 */
public final class GeminiUsage {
    private GeminiUsage() {}

    /** Reads {@code usageMetadata}; empty when there is none. */
    public static Map<String, Long> buckets(@Nullable String usageJson) {
        Map<String, String> usage = JsonText.fields(usageJson);
        Map<String, Long> buckets = new LinkedHashMap<>();
        if (usage.isEmpty()) {
            return buckets;
        }
        long prompt = JsonText.number(usage.get("promptTokenCount"));
        long cached = JsonText.number(usage.get("cachedContentTokenCount"));
        long toolUse = JsonText.number(usage.get("toolUsePromptTokenCount"));
        long candidates = JsonText.number(usage.get("candidatesTokenCount"));
        long thoughts = JsonText.number(usage.get("thoughtsTokenCount"));
        long total = JsonText.number(usage.get("totalTokenCount"));
        long cachedAudio = modality(usage.get("cacheTokensDetails"), "AUDIO");
        long audioIn = Math.max(0, modality(usage.get("promptTokensDetails"), "AUDIO") - cachedAudio);
        String generated = usage.get("candidatesTokensDetails");
        long audioOut = modality(generated, "AUDIO");
        long imageOut = modality(generated, "IMAGE");

        buckets.put("input", Math.max(0, prompt - cached - audioIn) + toolUse);
        putPositive(buckets, "input_cached_tokens", cached);
        putPositive(buckets, "input_audio_tokens", audioIn);
        buckets.put("output", Math.max(0, candidates - audioOut - imageOut));
        putPositive(buckets, "output_reasoning_tokens", thoughts);
        putPositive(buckets, "output_audio_tokens", audioOut);
        putPositive(buckets, "output_image_tokens", imageOut);
        buckets.put("total", total > 0 ? total : prompt + toolUse + candidates + thoughts);
        return buckets;
    }

    /** The tokens of one modality in a list of {@code {modality, tokenCount}}. */
    private static long modality(@Nullable String detailsJson, String modality) {
        long count = 0;
        for (String detail : JsonText.elements(detailsJson)) {
            Map<String, String> fields = JsonText.fields(detail);
            if (modality.equals(JsonText.string(fields.getOrDefault("modality", "")))) {
                count += JsonText.number(fields.get("tokenCount"));
            }
        }
        return count;
    }

    private static void putPositive(Map<String, Long> buckets, String bucket, long count) {
        if (count > 0) {
            buckets.put(bucket, count);
        }
    }
}
