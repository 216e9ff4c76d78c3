package dev.sonde.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sonde.server.model.ModelUse;
import dev.sonde.server.model.Observation;
import dev.sonde.server.model.PricedModel;
import dev.sonde.server.model.PricedModel.Tier;
import dev.sonde.server.pricing.CostBasis;
import dev.sonde.server.pricing.Models;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The prices behind an observation's cost, for answers that show them. */
record ModelPrices(Models models) {

    private static final Map<String, BigDecimal> ZERO =
            Map.of("input", BigDecimal.ZERO, "output", BigDecimal.ZERO, "total", BigDecimal.ZERO);

    /** USD for one unit by usage type, of the model's default tier; empty where no model matched. */
    Optional<Map<String, BigDecimal>> find(Observation observation) {
        return model(observation).map(model -> model.defaultTier().prices());
    }

    /** The id of the tier that was applied; null where none was, or where it is gone. */
    @Nullable
    String tierId(Observation observation) {
        String name = observation.model().pricingTierName();
        return name == null
                ? null
                : model(observation)
                        .flatMap(model -> model.tiers().stream()
                                .filter(tier -> tier.name().equals(name))
                                .findFirst())
                        .map(Tier::id)
                        .orElse(null);
    }

    /** An observation of the first generation with its prices. */
    ObjectNode observation(Observation observation) {
        return TraceJson.observation(observation, find(observation).orElse(null), tierId(observation));
    }

    /** The same, with zeros where no model matched, as one answer's clients expect. */
    ObjectNode observationOrZero(Observation observation) {
        return TraceJson.observation(observation, find(observation).orElse(ZERO), tierId(observation));
    }

    /** How the cost came about. */
    static ObjectNode basis(ModelUse use) {
        CostBasis basis = CostBasis.of(use);
        ObjectNode json = Json.object().put("kind", basis.kind().name().toLowerCase(Locale.ROOT));
        if (basis.kind() == CostBasis.Kind.COMPUTED) {
            json.put("model", use.modelId()).put("tier", use.pricingTierName());
            ObjectNode prices = json.putObject("prices");
            new TreeMap<>(basis.prices()).forEach(prices::put);
        }
        if (basis.kind() != CostBasis.Kind.PROVIDED) {
            json.set("unpriced", Json.tree(basis.unpriced()));
        }
        return json;
    }

    private Optional<PricedModel> model(Observation observation) {
        String id = observation.model().modelId();
        return id == null ? Optional.empty() : models.get(observation.projectId(), id);
    }
}
