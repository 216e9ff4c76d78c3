package dev.sonde.agent.instrumentation.langchain4j;

import dev.sonde.agent.calls.LibraryObjects;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Token counts of an answer in buckets that do not overlap. Each provider's class counts in its own way: with OpenAI's and
 * Gemini's, what came from a cache is a part of the input, with Anthropic's and Bedrock's it is beside it; OpenAI's
 * reasoning is a part of the output, Gemini's thoughts are beside it.
 */
public final class TokenUsages {
    private TokenUsages() {}

    /** Empty when the provider sent none. */
    public static Map<String, Long> buckets(@Nullable Object usage) {
        Map<String, Long> buckets = new LinkedHashMap<>();
        Long input = count(usage, "inputTokenCount");
        Long output = count(usage, "outputTokenCount");
        if (input == null && output == null) {
            return buckets;
        }
        long cached = sum(count(LibraryObjects.get(usage, "inputTokensDetails"), "cachedTokens"))
                + sum(count(usage, "cachedContentTokenCount"));
        long reasoning = sum(count(LibraryObjects.get(usage, "outputTokensDetails"), "reasoningTokens"));
        long thoughts = sum(count(usage, "thoughtsTokenCount"));
        long cacheRead = sum(count(usage, "cacheReadInputTokens"));
        long cacheCreation = sum(count(usage, "cacheCreationInputTokens")) + sum(count(usage, "cacheWriteInputTokens"));

        put(buckets, "input", input == null ? null : Math.max(0, input - cached));
        putPositive(buckets, "input_cached_tokens", cached + cacheRead);
        putPositive(buckets, "input_cache_creation", cacheCreation);
        put(buckets, "output", output == null ? null : Math.max(0, output - reasoning));
        putPositive(buckets, "output_reasoning_tokens", reasoning + thoughts);
        long counted = buckets.values().stream().mapToLong(Long::longValue).sum();
        Long total = count(usage, "totalTokenCount");
        buckets.put("total", total == null ? counted : Math.max(total, counted));
        return buckets;
    }

    private static @Nullable Long count(@Nullable Object holder, String method) {
        return LibraryObjects.get(holder, method) instanceof Number number ? number.longValue() : null;
    }

    private static long sum(@Nullable Long count) {
        return count == null ? 0 : count;
    }

    private static void put(Map<String, Long> buckets, String bucket, @Nullable Long count) {
        if (count != null) {
            buckets.put(bucket, count);
        }
    }

    private static void putPositive(Map<String, Long> buckets, String bucket, long count) {
        if (count > 0) {
            buckets.put(bucket, count);
        }
    }
}
