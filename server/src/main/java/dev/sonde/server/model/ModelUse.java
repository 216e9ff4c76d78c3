package dev.sonde.server.model;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The model an observation called, what it used and what that cost.
 *
 * @param providedModel the model's name as the client sent it
 * @param modelId the price table entry that matched; null when none did
 * @param pricingTierName the tier of that entry whose prices were applied
 * @param parametersJson request parameters as a JSON object; null when none were sent
 * @param usage units by usage type, exclusive buckets except {@code total}; sorted by key
 * @param cost USD by usage type, {@code total} among them when known; sorted by key
 * @param costProvided true when the client sent the cost, so that nothing was computed
 */
public record ModelUse(
        @Nullable String providedModel,
        @Nullable String modelId,
        @Nullable String pricingTierName,
        @Nullable String parametersJson,
        Map<String, Long> usage,
        Map<String, BigDecimal> cost,
        boolean costProvided) {

    /** No model involved. */
    public static final ModelUse NONE = new ModelUse(null, null, null, null, Map.of(), Map.of(), false);

    public ModelUse {
        usage = Map.copyOf(usage);
        cost = Map.copyOf(cost);
    }

    /** Cost in USD, or null when it is not known: an unknown cost is never zero. */
    public @Nullable BigDecimal totalCost() {
        return cost.get("total");
    }

    /** Units of all usage types whose name contains {@code part}, for instance {@code input}. */
    public long usageOf(String part) {
        long units = 0;
        for (Map.Entry<String, Long> type : usage.entrySet()) {
            units += type.getKey().contains(part) ? type.getValue() : 0;
        }
        return units;
    }

    /** Units in total, 0 when nothing was reported. */
    public long totalUsage() {
        return usage.getOrDefault("total", 0L);
    }
}
