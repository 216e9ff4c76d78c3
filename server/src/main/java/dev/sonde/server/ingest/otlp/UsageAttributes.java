package dev.sonde.server.ingest.otlp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sonde.server.ingest.Usages;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Usage and cost of a span, in buckets that exclude each other. */
final class UsageAttributes {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String[] CACHED = {
        "cache_read.input_tokens",
        "cache_read_input_tokens",
        "cache_read_tokens",
        "details.cache_read_tokens",
        "details.cache_read_input_tokens",
        "prompt_details.cache_read",
        "input_cached_tokens"
    };
    private static final String[] CACHE_CREATION = {
        "cache_creation.input_tokens",
        "cache_creation_input_tokens",
        "cache_write_tokens",
        "details.cache_write_tokens",
        "details.cache_creation_input_tokens",
        "prompt_details.cache_write",
        "input_cache_creation"
    };
    private static final String[] REASONING = {"reasoning.output_tokens", "completion_details.reasoning"};
    private static final String[] AUDIO = {"completion_details.audio"};

    private UsageAttributes() {}

    /** Units by usage type, or null when the span says nothing. */
    static @Nullable Map<String, Long> usage(OtlpSpan span) {
        String said = span.text("langfuse.observation.usage_details");
        if (said != null) {
            JsonNode tree = parse(said);
            if (tree != null) {
                return Usages.usage(tree);
            }
        }
        Map<String, Long> usage = generic(gathered(span));
        return usage != null && span.source().scope().equals("ai") ? withVercelParts(span, usage) : usage;
    }

    /** The AI SDK counts cached and reasoning tokens in attributes of its own, within the whole. */
    private static Map<String, Long> withVercelParts(OtlpSpan span, Map<String, Long> usage) {
        part(usage, span, "ai.usage.cachedInputTokens", "input", "input_cached_tokens");
        part(usage, span, "ai.usage.reasoningTokens", "output", "output_reasoning_tokens");
        return usage;
    }

    private static void part(Map<String, Long> usage, OtlpSpan span, String attribute, String whole, String name) {
        JsonNode value = span.attributes().get(attribute);
        Long units = value == null ? null : Usages.units(value);
        if (units != null && !usage.containsKey(name)) {
            usage.computeIfPresent(whole, (key, all) -> Math.max(0, all - units));
            usage.put(name, units);
        }
    }

    /** USD by usage type, or null when the span says nothing. */
    static @Nullable Map<String, BigDecimal> cost(OtlpSpan span) {
        String said = span.text("langfuse.observation.cost_details");
        if (said != null) {
            JsonNode tree = parse(said);
            return tree == null ? null : Usages.cost(tree);
        }
        String total = span.firstText("gen_ai.usage.cost", "llm.cost.total");
        try {
            BigDecimal amount = total == null ? null : Usages.amount(new BigDecimal(total));
            return amount == null ? null : Map.of("total", amount);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Map<String, Long> gathered(OtlpSpan span) {
        Map<String, Long> raw = new LinkedHashMap<>();
        span.attributes().forEach((key, value) -> {
            for (String prefix : new String[] {"gen_ai.usage.", "llm.token_count."}) {
                Long units = key.startsWith(prefix) && !key.endsWith(".cost") ? Usages.units(value) : null;
                if (units != null) {
                    raw.put(key.substring(prefix.length()), units);
                }
            }
        });
        return raw;
    }

    private static @Nullable Map<String, Long> generic(Map<String, Long> raw) {
        if (raw.isEmpty()) {
            return null;
        }
        Map<String, Long> usage = new LinkedHashMap<>();
        Long cached = take(raw, CACHED);
        Long creation = take(raw, CACHE_CREATION);
        Long reasoning = take(raw, REASONING);
        Long audio = take(raw, AUDIO);
        put(usage, "input", less(take(raw, "prompt_tokens", "input_tokens", "prompt"), cached, creation));
        put(usage, "output", less(take(raw, "completion_tokens", "output_tokens", "completion"), reasoning, audio));
        put(usage, "total", take(raw, "total_tokens", "total"));
        put(usage, "input_cached_tokens", cached);
        put(usage, "input_cache_creation", creation);
        put(usage, "output_reasoning_tokens", reasoning);
        put(usage, "output_audio_tokens", audio);
        raw.forEach((key, value) -> usage.put(key.startsWith("details.") ? key.substring(8) : key, value));
        return usage;
    }

    private static @Nullable Long less(@Nullable Long whole, @Nullable Long... parts) {
        if (whole == null) {
            return null;
        }
        long rest = whole;
        for (Long part : parts) {
            rest -= part == null ? 0 : part;
        }
        return Math.max(0, rest);
    }

    /** Removes all of these keys and answers the first that was there. */
    private static @Nullable Long take(Map<String, Long> raw, String... keys) {
        Long first = null;
        for (String key : keys) {
            Long value = raw.remove(key);
            first = first == null ? value : first;
        }
        return first;
    }

    private static void put(Map<String, Long> usage, String key, @Nullable Long value) {
        if (value != null) {
            usage.put(key, value);
        }
    }

    private static @Nullable JsonNode parse(String json) {
        try {
            JsonNode tree = JSON.readTree(json);
            return tree != null && tree.isObject() ? tree : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
