package dev.sonde.agent.instrumentation.bedrock;

import dev.sonde.agent.calls.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Token counts in buckets that do not overlap. Bedrock and its vendors count what was read from a cache or written to it
 * beside the input and not within it; those that speak OpenAI's words count it within.
 */
final class Usage {
    private Usage() {}

    /** The buckets of counts that do not overlap; empty when nothing is counted. */
    static Map<String, Long> of(
            @Nullable String input, @Nullable String output, @Nullable String cacheRead, @Nullable String cacheWrite) {
        Map<String, Long> buckets = new LinkedHashMap<>();
        if (isCount(input)) {
            buckets.put("input", JsonText.number(input));
        }
        putPositive(buckets, "input_cached_tokens", JsonText.number(cacheRead));
        putPositive(buckets, "input_cache_creation", JsonText.number(cacheWrite));
        if (isCount(output)) {
            buckets.put("output", JsonText.number(output));
        }
        return withTotal(buckets);
    }

    /** Reads a {@code usage} object in whichever words; empty when there is none. */
    static Map<String, Long> parse(@Nullable String usageJson) {
        Map<String, String> usage = JsonText.fields(usageJson);
        if (usage.containsKey("prompt_tokens")) {
            return within(usage);
        }
        return of(
                first(usage, "inputTokens", "input_tokens"),
                first(usage, "outputTokens", "output_tokens"),
                first(usage, "cacheReadInputTokens", "cacheReadInputTokenCount", "cache_read_input_tokens"),
                first(usage, "cacheWriteInputTokens", "cacheWriteInputTokenCount", "cache_creation_input_tokens"));
    }

    /** The service's own counts at the end of an invoked model's stream; empty when there are none. */
    static Map<String, Long> metrics(@Nullable String metricsJson) {
        Map<String, String> metrics = JsonText.fields(metricsJson);
        return of(
                metrics.get("inputTokenCount"),
                metrics.get("outputTokenCount"),
                metrics.get("cacheReadInputTokenCount"),
                metrics.get("cacheWriteInputTokenCount"));
    }

    private static Map<String, Long> within(Map<String, String> usage) {
        Map<String, Long> buckets = new LinkedHashMap<>();
        long cached = JsonText.number(
                JsonText.fields(usage.get("prompt_tokens_details")).get("cached_tokens"));
        long reasoning = JsonText.number(
                JsonText.fields(usage.get("completion_tokens_details")).get("reasoning_tokens"));
        buckets.put("input", Math.max(0, JsonText.number(usage.get("prompt_tokens")) - cached));
        putPositive(buckets, "input_cached_tokens", cached);
        buckets.put("output", Math.max(0, JsonText.number(usage.get("completion_tokens")) - reasoning));
        putPositive(buckets, "output_reasoning_tokens", reasoning);
        return withTotal(buckets);
    }

    private static Map<String, Long> withTotal(Map<String, Long> buckets) {
        if (!buckets.isEmpty()) {
            buckets.put(
                    "total",
                    buckets.values().stream().mapToLong(Long::longValue).sum());
        }
        return buckets;
    }

    private static boolean isCount(@Nullable String count) {
        return count != null && !count.equals("null");
    }

    static @Nullable String first(Map<String, String> fields, String... names) {
        for (String name : names) {
            String value = fields.get(name);
            if (isCount(value)) {
                return value;
            }
        }
        return null;
    }

    private static void putPositive(Map<String, Long> buckets, String bucket, long count) {
        if (count > 0) {
            buckets.put(bucket, count);
        }
    }
}
