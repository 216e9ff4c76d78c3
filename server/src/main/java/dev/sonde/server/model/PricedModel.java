package dev.sonde.server.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A model and what its use costs.
 *
 * @param projectId whose it is; null for those that come with the server
 * @param pattern expression that is found in the names of the model that clients send
 * @param startDate only observations that began then or later are priced with it; null for all
 * @param unit what its usage is counted in
 * @param tokenizer how its text becomes tokens; null where that is not known
 * @param tiers by priority; the first is the default one
 */
public record PricedModel(
        String id,
        @Nullable String projectId,
        String name,
        String pattern,
        @Nullable Instant startDate,
        @Nullable Unit unit,
        @Nullable Tokenizer tokenizer,
        List<Tier> tiers,
        Instant createdAt) {

    public PricedModel {
        tiers = List.copyOf(tiers);
        if (tiers.isEmpty() || !tiers.get(0).isDefault()) {
            throw new IllegalArgumentException("a model has a default tier, and it comes first");
        }
    }

    /** The prices where no other tier's conditions hold. */
    public Tier defaultTier() {
        return tiers.get(0);
    }

    /** Whether it came with the server. */
    public boolean isBuiltIn() {
        return projectId == null;
    }

    /** What usage is counted in. */
    public enum Unit {
        CHARACTERS,
        TOKENS,
        MILLISECONDS,
        SECONDS,
        IMAGES,
        REQUESTS
    }

    /**
     * How text becomes tokens.
     *
     * @param id whose way it is, such as {@code openai}
     * @param config JSON object, of which {@code tokenizerModel} names a model that counts the same
     */
    public record Tokenizer(String id, @Nullable String config) {}

    /**
     * Prices under conditions.
     *
     * @param priority 0 for the default one; of the others, the lowest whose conditions hold is taken
     * @param conditions all must hold; none for the default one
     * @param prices USD for one unit by usage type
     */
    public record Tier(
            String id,
            String name,
            boolean isDefault,
            int priority,
            List<Condition> conditions,
            Map<String, BigDecimal> prices) {

        /** What a model's only tier is called. */
        public static final String STANDARD = "Standard";

        public Tier {
            Objects.requireNonNull(name, "name");
            conditions = List.copyOf(conditions);
            prices = Map.copyOf(prices);
        }
    }

    /** What must hold for a tier. */
    public sealed interface Condition {}

    /** Compares the sum of all usage in whose type's name a pattern is found. */
    public record UsageCondition(String usageDetailPattern, Operator operator, BigDecimal value, boolean caseSensitive)
            implements Condition {}

    /** Compares one parameter of the model, or one entry of the metadata, with texts. */
    public record AttributeCondition(Source source, String key, List<String> values) implements Condition {
        public AttributeCondition {
            values = List.copyOf(values);
        }
    }

    /** Where an attribute stands. */
    public enum Source {
        MODEL_PARAMETERS,
        METADATA
    }

    /** How a sum is compared. */
    public enum Operator {
        GT,
        GTE,
        LT,
        LTE,
        EQ,
        NEQ;

        /** Whether {@code sum} compares with {@code value} so. */
        public boolean holds(BigDecimal sum, BigDecimal value) {
            int order = sum.compareTo(value);
            return switch (this) {
                case GT -> order > 0;
                case GTE -> order >= 0;
                case LT -> order < 0;
                case LTE -> order <= 0;
                case EQ -> order == 0;
                case NEQ -> order != 0;
            };
        }
    }
}
