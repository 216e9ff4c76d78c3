package dev.sonde.server.pricing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.re2j.Pattern;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Known models and what a unit of each usage type costs. Patterns run in linear time whatever they are. */
public final class PriceTable {

    private static final int MOST_REMEMBERED = 10_000;
    private static final int LONGEST_NAME = 300;

    private final List<Model> models;
    private final Map<String, Optional<Model>> found = new ConcurrentHashMap<>();

    private PriceTable(List<Model> models) {
        this.models = List.copyOf(models);
    }

    /**
     * One model.
     *
     * @param id stable name of the entry
     * @param pattern found in the names clients send
     * @param encoding how its text becomes tokens; null where that is not known
     * @param prices USD for one unit by usage type
     */
    public record Model(
            String id, Pattern pattern, @Nullable String encoding, Map<String, BigDecimal> prices) {
        public Model {
            prices = Map.copyOf(prices);
        }
    }

    /** The table that comes with the server. */
    public static PriceTable builtIn() {
        try (InputStream json =
                Objects.requireNonNull(PriceTable.class.getResourceAsStream("models.json"), "models.json")) {
            List<Model> models = new ArrayList<>();
            JsonNode table = new ObjectMapper().readTree(json);
            table.path("models").forEach(model -> models.add(read(model, table.path("samePrice"))));
            return new PriceTable(models);
        } catch (IOException e) {
            throw new UncheckedIOException("reading the price table", e);
        }
    }

    /** The first entry whose pattern is found in {@code name}. */
    public Optional<Model> find(String name) {
        if (name.length() > LONGEST_NAME) {
            return Optional.empty();
        }
        Optional<Model> known = found.get(name);
        if (known != null) {
            return known;
        }
        if (found.size() >= MOST_REMEMBERED) {
            found.clear();
        }
        Optional<Model> match = models.stream()
                .filter(model -> model.pattern().matcher(name).find())
                .findFirst();
        found.put(name, match);
        return match;
    }

    /** All entries, in the order they are asked. */
    public List<Model> models() {
        return models;
    }

    /** The entry of this id. */
    public Optional<Model> get(String id) {
        return models.stream().filter(model -> model.id().equals(id)).findFirst();
    }

    /** The file gives USD for a million units, as price lists do, and which usage types cost the same as another. */
    private static Model read(JsonNode json, JsonNode samePrice) {
        Map<String, BigDecimal> prices = new TreeMap<>();
        json.path("perMillion")
                .properties()
                .forEach(entry -> prices.put(
                        entry.getKey(), new BigDecimal(entry.getValue().asText()).movePointLeft(6)));
        samePrice.properties().forEach(entry -> {
            BigDecimal price = prices.get(entry.getKey());
            if (price != null) {
                entry.getValue().forEach(type -> prices.putIfAbsent(type.asText(), price));
            }
        });
        return new Model(
                json.path("id").asText(),
                Pattern.compile(json.path("pattern").asText()),
                json.path("encoding").asText(null),
                prices);
    }
}
