package dev.sonde.server.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads usage and cost objects as clients send them. */
public final class Usages {

    private static final Set<String> COMPLETION = Set.of(
            "prompt_tokens", "completion_tokens", "total_tokens", "prompt_tokens_details", "completion_tokens_details");
    private static final Set<String> RESPONSES =
            Set.of("input_tokens", "output_tokens", "total_tokens", "input_tokens_details", "output_tokens_details");

    private Usages() {}

    /**
     * Units by usage type. OpenAI's two shapes become exclusive buckets; any other object keeps its whole numbers that
     * are not negative. Null when nothing is left.
     */
    public static @Nullable Map<String, Long> usage(JsonNode json) {
        Map<String, Long> usage = has(json, COMPLETION, "prompt_tokens", "completion_tokens")
                ? openAi(json, "prompt_tokens", "completion_tokens")
                : has(json, RESPONSES, "input_tokens", "output_tokens")
                        ? openAi(json, "input_tokens", "output_tokens")
                        : raw(json);
        return usage.isEmpty() ? null : usage;
    }

    /** USD by usage type; what is negative or no number is left out. Null when nothing is left. */
    public static @Nullable Map<String, BigDecimal> cost(JsonNode json) {
        Map<String, BigDecimal> cost = new LinkedHashMap<>();
        json.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (value.isNumber() && value.decimalValue().signum() >= 0) {
                cost.put(entry.getKey(), value.decimalValue());
            }
        });
        return cost.isEmpty() ? null : cost;
    }

    private static boolean has(JsonNode json, Set<String> allowed, String first, String second) {
        Iterator<String> names = json.fieldNames();
        while (names.hasNext()) {
            if (!allowed.contains(names.next())) {
                return false;
            }
        }
        return json.path(first).isIntegralNumber() || json.path(second).isIntegralNumber();
    }

    private static Map<String, Long> openAi(JsonNode json, String inputKey, String outputKey) {
        Map<String, Long> usage = new LinkedHashMap<>();
        side(usage, json, inputKey, "input");
        side(usage, json, outputKey, "output");
        if (json.path("total_tokens").isIntegralNumber()) {
            usage.put("total", json.path("total_tokens").asLong());
        }
        return usage;
    }

    private static void side(Map<String, Long> usage, JsonNode json, String key, String name) {
        long rest = json.path(key).asLong(0);
        Map<String, Long> details = raw(json.path(key + "_details"));
        for (long part : details.values()) {
            rest -= part;
        }
        usage.put(name, Math.max(0, rest));
        details.forEach((detail, units) -> usage.put(name + "_" + detail, units));
    }

    private static Map<String, Long> raw(JsonNode json) {
        Map<String, Long> usage = new LinkedHashMap<>();
        json.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (value.isIntegralNumber() && value.canConvertToLong() && value.asLong() >= 0) {
                usage.put(entry.getKey(), value.asLong());
            } else if (value.isTextual() && value.asText().matches("\\d{1,15}")) {
                usage.put(entry.getKey(), Long.parseLong(value.asText()));
            }
        });
        return usage;
    }
}
