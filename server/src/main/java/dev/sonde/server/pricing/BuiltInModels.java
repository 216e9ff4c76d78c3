package dev.sonde.server.pricing;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sonde.server.model.PricedModel;
import dev.sonde.server.model.PricedModel.Condition;
import dev.sonde.server.model.PricedModel.Operator;
import dev.sonde.server.model.PricedModel.Tier;
import dev.sonde.server.model.PricedModel.Tokenizer;
import dev.sonde.server.model.PricedModel.UsageCondition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads {@code models.json}, which {@code src/prices} writes. */
final class BuiltInModels {

    /** What counts as input where a price depends on how much there is. */
    private static final String INPUT = "input|prompt|cache";

    private static final String DATED = "(?:[-@](?:\\d{4}-\\d{2}-\\d{2}|\\d{8}))?";
    private static final String SPECIAL = "\\.[]{}()*+?^$|";

    private final JsonNode table;
    private final Instant date;
    private final Map<String, List<String>> samePrice = new TreeMap<>();

    private BuiltInModels(JsonNode table) {
        this.table = table;
        this.date = day(table.path("date").asText());
        table.path("samePrice").properties().forEach(entry -> samePrice.put(entry.getKey(), texts(entry.getValue())));
    }

    /**
     * A model of one provider under all its names.
     *
     * @param isMaker whether the provider made it, so that its names stand behind any path
     * @param names exact ones, in lower case
     * @param forms what other names look like
     * @param periods the model as it was priced from each of its start dates, latest first
     */
    record Entry(
            String provider, boolean isMaker, List<String> names, List<NameForm> forms, List<PricedModel> periods) {

        /** Whether a name in lower case is of the forms. */
        boolean looksLike(String name) {
            return forms.stream().anyMatch(form -> form.matches(name));
        }
    }

    /** What the file holds: entries in the order they are asked, and which provider a prefix of a name means. */
    record Contents(List<Entry> entries, Map<String, String> providers) {}

    static Contents read() {
        JsonMapper mapper = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();
        try (InputStream json =
                Objects.requireNonNull(BuiltInModels.class.getResourceAsStream("models.json"), "models.json")) {
            return new BuiltInModels(mapper.readTree(json)).contents();
        } catch (IOException e) {
            throw new UncheckedIOException("reading the price table", e);
        }
    }

    private Contents contents() {
        List<String> makers = texts(table.path("makers"));
        Map<String, List<JsonNode>> byModel = new LinkedHashMap<>();
        Map<String, String> providers = new TreeMap<>();
        for (JsonNode model : table.path("models")) {
            String id = model.path("id").asText();
            byModel.computeIfAbsent(id.replaceFirst("@\\d{4}-\\d{2}-\\d{2}$", ""), k -> new ArrayList<>())
                    .add(model);
            providers.put(
                    model.path("provider").asText(), model.path("provider").asText());
        }
        table.path("prefixes")
                .properties()
                .forEach(entry -> texts(entry.getValue()).forEach(prefix -> providers.put(prefix, entry.getKey())));
        List<Entry> entries = new ArrayList<>();
        byModel.forEach((name, periods) -> entries.add(entry(name, periods, makers)));
        return new Contents(entries, providers);
    }

    private Entry entry(String name, List<JsonNode> periods, List<String> makers) {
        JsonNode first = periods.get(0);
        String provider = first.path("provider").asText();
        boolean maker = makers.contains(provider);
        List<String> names = texts(first.path("names"));
        List<String> forms = texts(first.path("forms"));
        String pattern = pattern(provider, maker, names, forms);
        List<PricedModel> models = new ArrayList<>();
        for (JsonNode period : periods) {
            models.add(0, model(name, pattern, period));
        }
        return new Entry(
                provider,
                maker,
                names.stream().map(one -> one.toLowerCase(Locale.ROOT)).toList(),
                forms.stream().map(NameForm::of).toList(),
                models);
    }

    /** All its names in one expression, as the interface shows them. */
    private static String pattern(String provider, boolean maker, List<String> names, List<String> forms) {
        List<String> all = new ArrayList<>();
        names.forEach(name -> all.add(quoted(name) + DATED));
        all.addAll(forms);
        String path = maker ? ".*/" : quoted(provider) + "/";
        return "(?i)^(?:" + path + ")?(?:" + String.join("|", all) + ")$";
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted.append(SPECIAL.indexOf(c) >= 0 ? "\\" : "").append(c);
        }
        return quoted.toString();
    }

    private PricedModel model(String name, String pattern, JsonNode json) {
        String id = json.path("id").asText();
        Map<String, BigDecimal> prices = prices(json);
        List<Tier> tiers = new ArrayList<>();
        tiers.add(new Tier(id + "/standard", Tier.STANDARD, true, 0, List.of(), all(prices)));
        for (JsonNode above : json.path("above")) {
            long input = above.path("input").asLong();
            Map<String, BigDecimal> own = new TreeMap<>(prices);
            own.putAll(prices(above));
            Condition more = new UsageCondition(INPUT, Operator.GT, BigDecimal.valueOf(input), false);
            tiers.add(new Tier(
                    id + "/above-" + input,
                    String.format(Locale.ROOT, "Above %,d input units", input),
                    false,
                    tiers.size(),
                    List.of(more),
                    all(own)));
        }
        String from = json.path("from").asText(null);
        return new PricedModel(
                id,
                null,
                name,
                pattern,
                from == null ? null : day(from),
                PricedModel.Unit.TOKENS,
                tokenizer(json.path("encoding").asText("")),
                tiers,
                date);
    }

    /** The file gives USD for a million units, or a thousand, as price lists do. */
    private static Map<String, BigDecimal> prices(JsonNode json) {
        Map<String, BigDecimal> prices = new TreeMap<>();
        json.path("perMillion").properties().forEach(entry -> prices.put(entry.getKey(), price(entry.getValue(), 6)));
        json.path("perThousand").properties().forEach(entry -> prices.put(entry.getKey(), price(entry.getValue(), 3)));
        return prices;
    }

    private static BigDecimal price(JsonNode json, int digits) {
        BigDecimal price = json.decimalValue().movePointLeft(digits).stripTrailingZeros();
        return price.scale() < 0 ? price.setScale(0) : price;
    }

    /** With the usage types that cost what another does. */
    private Map<String, BigDecimal> all(Map<String, BigDecimal> prices) {
        Map<String, BigDecimal> all = new TreeMap<>(prices);
        samePrice.forEach((type, others) -> {
            BigDecimal price = prices.get(type);
            if (price != null) {
                others.forEach(other -> all.putIfAbsent(other, price));
            }
        });
        return all;
    }

    private static @Nullable Tokenizer tokenizer(String encoding) {
        return switch (encoding) {
            case "o200k_base" -> new Tokenizer("openai", "{\"tokenizerModel\":\"gpt-4o\"}");
            case "cl100k_base" -> new Tokenizer("openai", "{\"tokenizerModel\":\"gpt-4\"}");
            default -> null;
        };
    }

    private static Instant day(String date) {
        return LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }
}
