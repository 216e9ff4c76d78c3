package dev.sonde.server.scores;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sonde.server.model.Score.DataType;
import dev.sonde.server.model.ScoreConfig;
import dev.sonde.server.model.ScoreConfig.Category;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what clients send to make or change a score config. */
public final class ScoreConfigBody {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_ .()-]{1,35}");
    private static final Set<DataType> TYPES =
            Set.of(DataType.NUMERIC, DataType.CATEGORICAL, DataType.BOOLEAN, DataType.TEXT);
    private static final List<String> CHANGEABLE =
            List.of("isArchived", "name", "categories", "minValue", "maxValue", "description");
    private static final List<Category> TRUTH = List.of(new Category("True", 1), new Category("False", 0));

    private ScoreConfigBody() {}

    /**
     * A config to be. Absent and null are the same.
     *
     * @throws IllegalArgumentException naming the field and its rule
     */
    public static ScoreConfig create(String projectId, JsonNode body, Instant now) {
        require(body.isObject(), "body", "expected an object");
        DataType type = type(body.path("dataType"));
        ScoreConfig config = new ScoreConfig(
                UUID.randomUUID().toString(),
                projectId,
                name(body.path("name")),
                type,
                false,
                number(body, "minValue"),
                number(body, "maxValue"),
                type == DataType.BOOLEAN && !body.hasNonNull("categories") ? TRUTH : categories(type, body),
                text(body, "description"),
                now,
                now);
        return consistent(config);
    }

    /**
     * The config as the client wants it. Null clears the bounds and the description, and says nothing elsewhere.
     *
     * @throws IllegalArgumentException naming the field and its rule
     */
    public static ScoreConfig change(ScoreConfig before, JsonNode body, Instant now) {
        require(body.isObject(), "body", "expected an object");
        require(CHANGEABLE.stream().anyMatch(body::has), "body", "expected at least one of " + CHANGEABLE);
        require(
                !body.hasNonNull("dataType")
                        || body.get("dataType")
                                .asText()
                                .equals(before.dataType().name()),
                "dataType",
                "cannot be changed");
        require(
                !body.hasNonNull("isArchived") || body.get("isArchived").isBoolean(),
                "isArchived",
                "expected true or false");
        return consistent(new ScoreConfig(
                before.id(),
                before.projectId(),
                body.hasNonNull("name") ? name(body.get("name")) : before.name(),
                before.dataType(),
                body.hasNonNull("isArchived") ? body.get("isArchived").asBoolean() : before.archived(),
                body.has("minValue") ? number(body, "minValue") : before.minValue(),
                body.has("maxValue") ? number(body, "maxValue") : before.maxValue(),
                body.hasNonNull("categories") ? categories(before.dataType(), body) : before.categories(),
                body.has("description") ? text(body, "description") : before.description(),
                before.createdAt(),
                now));
    }

    private static ScoreConfig consistent(ScoreConfig config) {
        Double least = config.minValue();
        Double most = config.maxValue();
        boolean numeric = config.dataType() == DataType.NUMERIC;
        require(numeric || least == null, "minValue", "is for the data type NUMERIC");
        require(numeric || most == null, "maxValue", "is for the data type NUMERIC");
        require(least == null || most == null || least < most, "maxValue", "expected more than minValue");
        return config;
    }

    private static DataType type(JsonNode said) {
        return TYPES.stream()
                .filter(type -> said.isTextual() && type.name().equals(said.asText()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("dataType: expected one of "
                        + Stream.of(DataType.values()).filter(TYPES::contains).toList()));
    }

    private static String name(JsonNode said) {
        require(
                said.isTextual() && NAME.matcher(said.asText()).matches(),
                "name",
                "expected 1 to 35 letters, digits, spaces, '_', '.', '-' and parentheses");
        return said.asText();
    }

    /** Labels and numbers, each at most once. */
    private static List<Category> categories(DataType type, JsonNode body) {
        JsonNode said = body.path("categories");
        if (type != DataType.CATEGORICAL) {
            require(said.isMissingNode() || said.isNull(), "categories", "is for the data type CATEGORICAL");
            return List.of();
        }
        require(said.isArray() && !said.isEmpty(), "categories", "expected at least one category");
        Set<String> labels = new HashSet<>();
        Set<Double> values = new HashSet<>();
        List<Category> categories = new ArrayList<>();
        for (int i = 0; i < said.size(); i++) {
            String place = "categories[" + i + "]";
            JsonNode label = said.get(i).path("label");
            JsonNode value = said.get(i).path("value");
            require(label.isTextual() && !label.asText().isEmpty(), place + ".label", "expected text");
            require(value.isNumber() && Double.isFinite(value.asDouble()), place + ".value", "expected a number");
            require(labels.add(label.asText()), place + ".label", "is there twice");
            require(values.add(value.asDouble()), place + ".value", "is there twice");
            categories.add(new Category(label.asText(), value.asDouble()));
        }
        return categories;
    }

    private static @Nullable Double number(JsonNode body, String field) {
        if (!body.hasNonNull(field)) {
            return null;
        }
        JsonNode said = body.get(field);
        require(said.isNumber() && Double.isFinite(said.asDouble()), field, "expected a number");
        return said.asDouble();
    }

    private static @Nullable String text(JsonNode body, String field) {
        if (!body.hasNonNull(field)) {
            return null;
        }
        require(body.get(field).isTextual(), field, "expected text");
        return body.get(field).asText();
    }

    private static void require(boolean held, String field, String otherwise) {
        if (!held) {
            throw new IllegalArgumentException(field + ": " + otherwise);
        }
    }
}
