package dev.sonde.server.http;

import dev.sonde.server.model.ModelUse;
import dev.sonde.server.pricing.PriceTable;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/** The prices behind an observation's cost, for answers that show them. */
record ModelPrices(PriceTable table) {

    private static final Map<String, BigDecimal> ZERO =
            Map.of("input", BigDecimal.ZERO, "output", BigDecimal.ZERO, "total", BigDecimal.ZERO);

    /** USD for one unit by usage type; empty where no entry matched. */
    Optional<Map<String, BigDecimal>> find(ModelUse use) {
        return use.modelId() == null
                ? Optional.empty()
                : table.get(use.modelId()).map(PriceTable.Model::prices);
    }

    /** As {@link #find}, with zeros where no entry matched, as one answer's clients expect. */
    Map<String, BigDecimal> orZero(ModelUse use) {
        return find(use).orElse(ZERO);
    }
}
