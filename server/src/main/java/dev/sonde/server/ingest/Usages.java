package dev.sonde.server.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
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

    /** More of anything is no usage but a mistake, and would overflow the sums. */
    private static final long MOST_UNITS = 1_000_000_000_000L;

    private static final int AMOUNT_DIGITS = 12;
    /** Finer parts than the store keeps would make sums drift from what was summed. */
    private static final int AMOUNT_SCALE = 12;

    private Usages() {}

    /** An amount in USD, or null where it is negative, no number, or beyond anything that was ever charged. */
    public static @Nullable BigDecimal amount(JsonNode value) {
        if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
            return null;
        }
        return amount(value.decimalValue());
    }

    /** As {@link #amount(JsonNode)}. Exponents are looked at before any arithmetic: {@code 1e999999999} is cheap to send. */
    public static @Nullable BigDecimal amount(BigDecimal value) {
        long magnitude = (long) value.precision() - value.scale();
        if (value.signum() < 0 || (value.signum() > 0 && magnitude > AMOUNT_DIGITS)) {
            return null;
        }
        if (value.signum() == 0 || magnitude < -AMOUNT_SCALE) {
            return BigDecimal.ZERO;
        }
        return value.scale() > AMOUNT_SCALE ? value.setScale(AMOUNT_SCALE, RoundingMode.HALF_EVEN) : value;
    }

    /** Units as a whole number, or null where they are negative, no whole number, or absurdly many. */
    public static @Nullable Long units(JsonNode value) {
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return units(value.asLong());
        }
        if (value.isFloatingPointNumber() && value.asDouble() == Math.rint(value.asDouble())) {
            return value.asDouble() > MOST_UNITS ? null : units((long) value.asDouble());
        }
        return value.isTextual() && value.asText().matches("\\d{1,15}") ? units(Long.parseLong(value.asText())) : null;
    }

    private static @Nullable Long units(long value) {
        return value < 0 || value > MOST_UNITS ? null : value;
    }

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
            BigDecimal amount = amount(entry.getValue());
            if (amount != null) {
                cost.put(entry.getKey(), amount);
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
        Long total = units(json.path("total_tokens"));
        if (total != null) {
            usage.put("total", total);
        }
        return usage;
    }

    private static void side(Map<String, Long> usage, JsonNode json, String key, String name) {
        Long whole = units(json.path(key));
        long rest = whole == null ? 0 : whole;
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
            Long units = units(entry.getValue());
            if (units != null) {
                usage.put(entry.getKey(), units);
            }
        });
        return usage;
    }
}
