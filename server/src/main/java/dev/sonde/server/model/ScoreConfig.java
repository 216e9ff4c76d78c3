package dev.sonde.server.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which values scores of a kind may have.
 *
 * @param name what scores of this kind are called
 * @param dataType never {@code CORRECTION}; does not change
 * @param archived whether new scores of this kind are refused
 * @param minValue lowest number, inclusive; null for no bound, and for all but numbers
 * @param maxValue highest number, inclusive; null for no bound, and for all but numbers
 * @param categories labels in the order they are shown; empty for numbers and text
 */
public record ScoreConfig(
        String id,
        String projectId,
        String name,
        Score.DataType dataType,
        boolean archived,
        @Nullable Double minValue,
        @Nullable Double maxValue,
        List<Category> categories,
        @Nullable String description,
        Instant createdAt,
        Instant updatedAt) {

    public ScoreConfig {
        categories = List.copyOf(categories);
    }

    /** A label and the number it counts as. */
    public record Category(String label, double value) {}
}
