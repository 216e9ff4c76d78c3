package dev.sonde.server.pricing;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.sonde.server.model.IsoTime;
import dev.sonde.server.model.PricedModel;
import dev.sonde.server.model.PricedModel.AttributeCondition;
import dev.sonde.server.model.PricedModel.Condition;
import dev.sonde.server.model.PricedModel.Operator;
import dev.sonde.server.model.PricedModel.Source;
import dev.sonde.server.model.PricedModel.Tier;
import dev.sonde.server.model.PricedModel.Tokenizer;
import dev.sonde.server.model.PricedModel.Unit;
import dev.sonde.server.model.PricedModel.UsageCondition;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what clients send to define a model. Absent and null are the same. */
public final class ModelBody {

    private static final int MOST_CHARACTERS = 200;
    private static final int MOST_TIERS = 50;
    private static final List<String> FLAT = List.of("inputPrice", "outputPrice", "totalPrice");

    private final JsonNode body;

    private ModelBody(JsonNode body) {
        this.body = body;
    }

    /**
     * The model of a body.
     *
     * @throws IllegalArgumentException naming the field and its rule
     */
    public static PricedModel read(String projectId, String id, JsonNode body, Instant createdAt) {
        require(body.isObject(), "body", "expected an object");
        return new ModelBody(body).model(projectId, id, createdAt);
    }

    private PricedModel model(String projectId, String id, Instant createdAt) {
        return new PricedModel(
                id,
                projectId,
                text(body, "modelName", "modelName"),
                expression(text(body, "matchPattern", "matchPattern"), "matchPattern"),
                startDate(),
                unit(),
                tokenizer(),
                body.hasNonNull("pricingTiers") && !body.get("pricingTiers").isEmpty() ? tiers() : flat(),
                createdAt);
    }

    private @Nullable Instant startDate() {
        if (!body.hasNonNull("startDate")) {
            return null;
        }
        try {
            return IsoTime.parse(body.get("startDate").asText());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("startDate: expected an ISO-8601 time with an offset", e);
        }
    }

    private @Nullable Unit unit() {
        return body.hasNonNull("unit") ? constant(body.get("unit"), "unit", Unit.values(), false) : null;
    }

    private @Nullable Tokenizer tokenizer() {
        if (!body.hasNonNull("tokenizerId")) {
            return null;
        }
        String id = body.get("tokenizerId").asText();
        require(id.equals("openai") || id.equals("claude"), "tokenizerId", "expected openai or claude");
        return new Tokenizer(
                id,
                body.hasNonNull("tokenizerConfig") ? body.get("tokenizerConfig").toString() : null);
    }

    /** Prices without conditions, as one tier. */
    private List<Tier> flat() {
        Map<String, BigDecimal> prices = new TreeMap<>();
        for (String field : FLAT) {
            if (body.hasNonNull(field)) {
                prices.put(field.substring(0, field.indexOf("Price")), price(body.get(field), field));
            }
        }
        require(
                !prices.containsKey("total") || prices.size() == 1,
                "totalPrice",
                "cannot stand beside inputPrice and outputPrice");
        require(!prices.isEmpty(), "pricingTiers", "expected tiers, or inputPrice and outputPrice, or totalPrice");
        return List.of(new Tier(UUID.randomUUID().toString(), Tier.STANDARD, true, 0, List.of(), prices));
    }

    private List<Tier> tiers() {
        FLAT.forEach(field -> require(!body.hasNonNull(field), field, "cannot stand beside pricingTiers"));
        JsonNode said = body.get("pricingTiers");
        require(said.isArray() && said.size() <= MOST_TIERS, "pricingTiers", "expected 1 to " + MOST_TIERS + " tiers");
        List<Tier> tiers = new ArrayList<>();
        for (int i = 0; i < said.size(); i++) {
            tiers.add(tier(said.get(i), "pricingTiers[" + i + "]"));
        }
        tiers.sort(Comparator.comparing(Tier::isDefault).reversed().thenComparingInt(Tier::priority));
        require(
                tiers.stream().filter(Tier::isDefault).count() == 1,
                "pricingTiers",
                "expected exactly one with isDefault");
        Set<Object> seen = new HashSet<>();
        for (Tier tier : tiers) {
            require(seen.add(tier.name()), "pricingTiers", "the name " + tier.name() + " is there twice");
            require(seen.add(tier.priority()), "pricingTiers", "the priority " + tier.priority() + " is there twice");
            require(
                    tier.prices().keySet().equals(tiers.get(0).prices().keySet()),
                    "pricingTiers",
                    "expected prices of the same usage types in all tiers");
        }
        return tiers;
    }

    private static Tier tier(JsonNode said, String place) {
        require(said.path("isDefault").isBoolean(), place + ".isDefault", "expected true or false");
        require(
                said.path("priority").canConvertToInt()
                        && said.path("priority").isIntegralNumber()
                        && said.path("priority").asInt() >= 0,
                place + ".priority",
                "expected a whole number, 0 or more");
        boolean isDefault = said.path("isDefault").asBoolean();
        int priority = said.path("priority").asInt();
        List<Condition> conditions = conditions(said.path("conditions"), place + ".conditions");
        require(isDefault == (priority == 0), place + ".priority", "is 0 for the default tier, and for no other");
        require(
                isDefault == conditions.isEmpty(),
                place + ".conditions",
                isDefault ? "the default tier has none" : "expected at least one");
        Map<String, BigDecimal> prices = new TreeMap<>();
        said.path("prices")
                .properties()
                .forEach(entry ->
                        prices.put(entry.getKey(), price(entry.getValue(), place + ".prices." + entry.getKey())));
        require(!prices.isEmpty(), place + ".prices", "expected at least one");
        return new Tier(
                UUID.randomUUID().toString(),
                text(said, "name", place + ".name"),
                isDefault,
                priority,
                conditions,
                prices);
    }

    private static List<Condition> conditions(JsonNode said, String place) {
        require(said.isArray() || said.isNull() || said.isMissingNode(), place, "expected an array");
        List<Condition> conditions = new ArrayList<>();
        for (int i = 0; i < said.size(); i++) {
            conditions.add(condition(said.get(i), place + "[" + i + "]"));
        }
        return conditions;
    }

    private static Condition condition(JsonNode said, String place) {
        if (said.hasNonNull("usageDetailPattern")) {
            require(said.path("value").isNumber(), place + ".value", "expected a number");
            return new UsageCondition(
                    expression(text(said, "usageDetailPattern", place), place + ".usageDetailPattern"),
                    constant(said.path("operator"), place + ".operator", Operator.values(), true),
                    said.path("value").decimalValue(),
                    said.path("caseSensitive").asBoolean(false));
        }
        require(said.path("operator").asText().equals("in"), place + ".operator", "expected in");
        JsonNode values = said.path("values");
        require(values.isArray() && !values.isEmpty(), place + ".values", "expected at least one text");
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(value.asText()));
        return new AttributeCondition(
                constant(said.path("source"), place + ".source", Source.values(), true),
                text(said, "key", place + ".key"),
                texts);
    }

    private static <E extends Enum<E>> E constant(JsonNode said, String place, E[] known, boolean lower) {
        List<String> words = new ArrayList<>();
        for (E one : known) {
            String word = lower ? one.name().toLowerCase(Locale.ROOT) : one.name();
            if (said.isTextual() && said.asText().equals(word)) {
                return one;
            }
            words.add(word);
        }
        throw new IllegalArgumentException(place + ": expected one of " + words);
    }

    /**
     * Runs in linear time whatever it is, which leaves out looking around and back. Half of a surrogate pair would be
     * another expression, or none, when it is read back.
     */
    private static String expression(String pattern, String place) {
        require(
                pattern.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE),
                place,
                "holds half of a surrogate pair");
        try {
            Pattern.compile(pattern);
            return pattern;
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(place + ": no regular expression (" + e.getDescription() + ")", e);
        }
    }

    private static BigDecimal price(JsonNode said, String place) {
        require(said.isNumber() && Double.isFinite(said.asDouble()), place, "expected a number");
        BigDecimal price = said.decimalValue();
        require(price.signum() >= 0 && price.precision() - price.scale() <= 12, place, "expected 0 or more");
        return price;
    }

    private static String text(JsonNode from, String name, String place) {
        JsonNode said = from.path(name);
        require(
                said.isTextual()
                        && !said.asText().isBlank()
                        && said.asText().length() <= MOST_CHARACTERS
                        && said.asText().indexOf('\0') < 0,
                place,
                "expected a text of 1 to " + MOST_CHARACTERS + " characters");
        return said.asText();
    }

    private static void require(boolean held, String field, String otherwise) {
        if (!held) {
            throw new IllegalArgumentException(field + ": " + otherwise);
        }
    }
}
