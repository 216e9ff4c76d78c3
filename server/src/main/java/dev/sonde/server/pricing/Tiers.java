package dev.sonde.server.pricing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.re2j.Pattern;
import dev.sonde.server.model.Observation;
import dev.sonde.server.model.PricedModel;
import dev.sonde.server.model.PricedModel.AttributeCondition;
import dev.sonde.server.model.PricedModel.Condition;
import dev.sonde.server.model.PricedModel.Source;
import dev.sonde.server.model.PricedModel.Tier;
import dev.sonde.server.model.PricedModel.UsageCondition;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Chooses the prices that hold for one use of a model. */
final class Tiers {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_REMEMBERED = 1_000;
    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    private Tiers() {}

    /**
     * The tier of lowest priority whose conditions all hold, or the default one.
     *
     * @param usage units by usage type
     */
    static Tier choose(PricedModel model, Observation observation, Map<String, Long> usage) {
        if (usage.isEmpty()) {
            return model.defaultTier();
        }
        return model.tiers().stream()
                .filter(tier -> !tier.isDefault() && !tier.conditions().isEmpty())
                .sorted(Comparator.comparingInt(Tier::priority))
                .filter(tier -> tier.conditions().stream().allMatch(condition -> holds(condition, observation, usage)))
                .findFirst()
                .orElse(model.defaultTier());
    }

    private static boolean holds(Condition condition, Observation observation, Map<String, Long> usage) {
        if (condition instanceof UsageCondition of) {
            Pattern pattern = pattern(of);
            long sum = usage.entrySet().stream()
                    .filter(type -> pattern.matcher(type.getKey()).find())
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            return of.operator().holds(BigDecimal.valueOf(sum), of.value());
        }
        AttributeCondition in = (AttributeCondition) condition;
        String value = attribute(in, observation);
        return value != null && in.values().contains(value);
    }

    private static @Nullable String attribute(AttributeCondition in, Observation observation) {
        if (in.source() == Source.METADATA) {
            return observation.payload().metadata().get(in.key());
        }
        String parameters = observation.model().parametersJson();
        if (parameters == null) {
            return null;
        }
        try {
            JsonNode value = JSON.readTree(parameters).path(in.key());
            return value.isValueNode() && !value.isNull() ? value.asText() : null;
        } catch (JsonProcessingException e) {
            return null; // parameters that are no JSON have no keys
        }
    }

    private static Pattern pattern(UsageCondition of) {
        if (PATTERNS.size() > MOST_REMEMBERED) {
            PATTERNS.clear();
        }
        String pattern = of.caseSensitive() ? of.usageDetailPattern() : "(?i)" + of.usageDetailPattern();
        return PATTERNS.computeIfAbsent(pattern, Pattern::compile);
    }
}
