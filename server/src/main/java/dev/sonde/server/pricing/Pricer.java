package dev.sonde.server.pricing;

import dev.sonde.server.model.Level;
import dev.sonde.server.model.ModelUse;
import dev.sonde.server.model.Observation;
import dev.sonde.server.model.ObservationType;
import dev.sonde.server.model.PricedModel;
import dev.sonde.server.model.PricedModel.Tier;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Puts the model's entry, the total usage and the cost on an observation. Usage buckets exclude each other, so cost is the
 * sum of units times price; a cost that the client sent is taken as it is. Without any known price the cost stays unknown.
 */
public final class Pricer {

    private static final String TOTAL = "total";

    private final Models models;

    public Pricer(Models models) {
        this.models = models;
    }

    /** The same observation, priced. */
    public Observation price(Observation observation) {
        ModelUse use = observation.model();
        if (use.equals(ModelUse.NONE)) {
            return observation;
        }
        Optional<PricedModel> model = models.find(observation);
        Map<String, Long> usage = use.usage();
        if (usage.isEmpty() && !use.costProvided() && observation.level() != Level.ERROR && model.isPresent()) {
            usage = tokens(observation, model.get());
        }
        return with(observation, price(observation, model, totalled(usage)));
    }

    /** What the text would be in tokens, where the client did not say. A vector that came out is no text. */
    private static Map<String, Long> tokens(Observation observation, PricedModel model) {
        PricedModel.Tokenizer tokenizer = model.tokenizer();
        if (tokenizer == null) {
            return Map.of();
        }
        boolean embedding = observation.type() == ObservationType.EMBEDDING;
        Map<String, Long> usage = new TreeMap<>();
        Tokens.count(tokenizer, observation.payload().input()).ifPresent(count -> usage.put("input", count));
        if (!embedding) {
            Tokens.count(tokenizer, observation.payload().output()).ifPresent(count -> usage.put("output", count));
        }
        return usage;
    }

    private static ModelUse price(Observation observation, Optional<PricedModel> model, Map<String, Long> usage) {
        ModelUse use = observation.model();
        Optional<Tier> tier = model.map(found -> Tiers.choose(found, observation, usage));
        Map<String, BigDecimal> cost = use.costProvided()
                ? provided(use.cost())
                : tier.map(found -> computed(usage, found.prices())).orElse(Map.of());
        return new ModelUse(
                use.providedModel(),
                model.map(PricedModel::id).orElse(null),
                cost.isEmpty() || use.costProvided()
                        ? null
                        : tier.map(Tier::name).orElse(null),
                use.parametersJson(),
                usage,
                cost,
                use.costProvided());
    }

    private static Map<String, Long> totalled(Map<String, Long> usage) {
        if (usage.isEmpty() || usage.containsKey(TOTAL)) {
            return usage;
        }
        Map<String, Long> totalled = new TreeMap<>(usage);
        totalled.put(TOTAL, usage.values().stream().mapToLong(Long::longValue).sum());
        return totalled;
    }

    /** A total is added only where nothing but input and output was said. */
    private static Map<String, BigDecimal> provided(Map<String, BigDecimal> cost) {
        boolean plain = cost.keySet().stream().allMatch(key -> key.equals("input") || key.equals("output"));
        if (!plain || cost.isEmpty()) {
            return cost;
        }
        Map<String, BigDecimal> totalled = new TreeMap<>(cost);
        totalled.put(TOTAL, cost.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add));
        return totalled;
    }

    private static Map<String, BigDecimal> computed(Map<String, Long> usage, Map<String, BigDecimal> prices) {
        Map<String, BigDecimal> cost = new TreeMap<>();
        usage.forEach((type, units) -> {
            BigDecimal price = prices.get(type);
            if (price != null) {
                cost.put(type, price.multiply(BigDecimal.valueOf(units)).stripTrailingZeros());
            }
        });
        if (!cost.isEmpty() && !cost.containsKey(TOTAL)) {
            cost.put(TOTAL, cost.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add));
        }
        return cost;
    }

    private static Observation with(Observation o, ModelUse use) {
        return new Observation(
                o.projectId(),
                o.id(),
                o.traceId(),
                o.parentId(),
                o.type(),
                o.name(),
                o.startTime(),
                o.endTime(),
                o.completionStartTime(),
                o.level(),
                o.statusMessage(),
                o.version(),
                o.environment(),
                use,
                o.prompt(),
                o.context(),
                o.payload(),
                o.createdAt(),
                o.updatedAt());
    }
}
