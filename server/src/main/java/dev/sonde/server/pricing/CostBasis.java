package dev.sonde.server.pricing;

import dev.sonde.server.model.ModelUse;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the cost of an observation came about, from what was stored with it: prices that changed since do not matter.
 *
 * @param prices USD for one unit by usage type, where the cost was computed
 * @param unpriced usage types that were used and have no price; sorted
 */
public record CostBasis(Kind kind, Map<String, BigDecimal> prices, List<String> unpriced) {

    private static final String TOTAL = "total";

    /** Digits behind the point of a price for one unit. */
    private static final int SCALE = 18;

    /** Where a cost comes from, or why there is none. */
    public enum Kind {
        /** The client said so. */
        PROVIDED,
        /** Units times price. */
        COMPUTED,
        /** No model was named. */
        NO_MODEL,
        /** Nobody knows the model's prices. */
        UNKNOWN_MODEL,
        /** Nobody knows how much was used. */
        NO_USAGE,
        /** The model is known, and none of the used types has a price. */
        NO_PRICE
    }

    public CostBasis {
        prices = Map.copyOf(prices);
        unpriced = List.copyOf(unpriced);
    }

    /** How this cost came about. */
    public static CostBasis of(ModelUse use) {
        if (use.costProvided()) {
            return new CostBasis(Kind.PROVIDED, Map.of(), List.of());
        }
        List<String> unpriced = new ArrayList<>();
        Map<String, BigDecimal> prices = new TreeMap<>();
        new TreeMap<>(use.usage()).forEach((type, units) -> {
            BigDecimal cost = use.cost().get(type);
            boolean sum = type.equals(TOTAL) && use.cost().size() > 1;
            if (cost != null && units > 0 && !sum) {
                prices.put(
                        type,
                        cost.divide(BigDecimal.valueOf(units), SCALE, RoundingMode.HALF_EVEN)
                                .stripTrailingZeros());
            } else if (cost == null && units > 0 && !type.equals(TOTAL)) {
                unpriced.add(type);
            }
        });
        return new CostBasis(kind(use), prices, unpriced);
    }

    private static Kind kind(ModelUse use) {
        if (!use.cost().isEmpty()) {
            return Kind.COMPUTED;
        } else if (use.providedModel() == null) {
            return Kind.NO_MODEL;
        } else if (use.modelId() == null) {
            return Kind.UNKNOWN_MODEL;
        }
        return use.usage().isEmpty() ? Kind.NO_USAGE : Kind.NO_PRICE;
    }
}
