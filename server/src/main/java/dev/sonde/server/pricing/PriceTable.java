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

/** Known models and what a unit of each usage type costs. Patterns run in linear time whatever they are. */
public final class PriceTable {

    private static final int MOST_REMEMBERED = 10_000;

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
     * @param prices USD for one unit by usage type
     */
    public record Model(String id, Pattern pattern, Map<String, BigDecimal> prices) {
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
            table.path("models").forEach(model -> models.add(read(model)));
            return new PriceTable(models);
        } catch (IOException e) {
            throw new UncheckedIOException("reading the price table", e);
        }
    }

    /** The first entry whose pattern is found in {@code name}. */
    public Optional<Model> find(String name) {
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

    /** The entry of this id. */
    public Optional<Model> get(String id) {
        return models.stream().filter(model -> model.id().equals(id)).findFirst();
    }

    /** The file gives USD for a million units, as price lists do. */
    private static Model read(JsonNode json) {
        Map<String, BigDecimal> prices = new TreeMap<>();
        json.path("perMillion")
                .properties()
                .forEach(entry -> prices.put(
                        entry.getKey(), new BigDecimal(entry.getValue().asText()).movePointLeft(6)));
        return new Model(
                json.path("id").asText(), Pattern.compile(json.path("pattern").asText()), prices);
    }
}
