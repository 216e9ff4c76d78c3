package dev.sonde.agent.instrumentation.springai;

import dev.sonde.agent.calls.LibraryObjects;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Token counts of Spring AI's {@code Usage} in buckets that do not overlap. Cached and reasoning tokens are read from the
 * provider's own object behind it, where there is one; OpenAI and others count them among the prompt's and the
 * completion's.
 */
final class Usages {

    /** Providers that count cached tokens beside the prompt's and not among them. */
    private static final Set<String> BESIDE = Set.of("anthropic", "bedrock_converse", "bedrock-converse");

    private Usages() {}

    /** What a model counted for a call; all zero for nothing. */
    record Counted(long prompt, long completion, long total) {

        static final Counted NOTHING = new Counted(0, 0, 0);

        static Counted of(@Nullable Object usage) {
            return usage == null
                    ? NOTHING
                    : new Counted(
                            number(usage, "getPromptTokens"),
                            number(usage, "getCompletionTokens"),
                            number(usage, "getTotalTokens"));
        }

        boolean isEmpty() {
            return prompt == 0 && completion == 0 && total == 0;
        }

        /** What is left when another count is in this one, which it need not be. */
        Counted without(Counted other) {
            return other.prompt > prompt || other.completion > completion || other.total > total
                    ? this
                    : new Counted(prompt - other.prompt, completion - other.completion, total - other.total);
        }
    }

    /** Whether the provider's own object is behind it: it is of one call then, and not the sum of several. */
    static boolean isOfOneCall(@Nullable Object usage) {
        return LibraryObjects.get(usage, "getNativeUsage") != null;
    }

    /** Empty when nothing was counted. */
    static Map<String, Long> buckets(@Nullable Object usage, Counted counted, String provider) {
        Map<String, Long> buckets = new LinkedHashMap<>();
        if (counted.isEmpty()) {
            return buckets;
        }
        Object own = LibraryObjects.get(usage, "getNativeUsage");
        Object promptDetails = LibraryObjects.get(own, "promptTokensDetails");
        Object completionDetails = LibraryObjects.get(own, "completionTokensDetails");
        if (completionDetails == null) {
            completionDetails = LibraryObjects.get(own, "completionTokenDetails");
        }
        long cached = Math.max(
                number(promptDetails, "cachedTokens"),
                Math.max(number(own, "cacheReadInputTokens"), number(usage, "getCacheReadInputTokens")));
        long written = Math.max(number(own, "cacheCreationInputTokens"), number(usage, "getCacheWriteInputTokens"));
        long audioIn = number(promptDetails, "audioTokens");
        long audioOut = number(completionDetails, "audioTokens");
        long reasoning = number(completionDetails, "reasoningTokens");
        boolean beside = BESIDE.contains(provider);
        long among = beside ? 0 : cached + written;

        buckets.put("input", Math.max(0, counted.prompt() - among - audioIn));
        putPositive(buckets, "input_cached_tokens", cached);
        putPositive(buckets, "input_cache_creation", written);
        putPositive(buckets, "input_audio_tokens", audioIn);
        buckets.put("output", Math.max(0, counted.completion() - reasoning - audioOut));
        putPositive(buckets, "output_reasoning_tokens", reasoning);
        putPositive(buckets, "output_audio_tokens", audioOut);
        long total = counted.total() > 0 ? counted.total() : counted.prompt() + counted.completion();
        buckets.put(
                "total", beside && total == counted.prompt() + counted.completion() ? total + cached + written : total);
        return buckets;
    }

    private static long number(@Nullable Object target, String accessor) {
        return LibraryObjects.get(target, accessor) instanceof Number number ? number.longValue() : 0;
    }

    private static void putPositive(Map<String, Long> buckets, String bucket, long count) {
        if (count > 0) {
            buckets.put(bucket, count);
        }
    }
}
