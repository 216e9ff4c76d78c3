package dev.sonde.server.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A named collection of items to try an application on. JSON is text.
 *
 * @param name unique in its project; slashes make folders
 * @param metadata any JSON; null when none was given
 * @param inputSchema a JSON Schema that the input of every item keeps; null for any input
 * @param expectedOutputSchema the same for what is expected
 * @param revision how often it or one of its items was changed; 0 when it is not stored yet
 */
public record Dataset(
        String id,
        String projectId,
        String name,
        @Nullable String description,
        @Nullable String metadata,
        @Nullable String inputSchema,
        @Nullable String expectedOutputSchema,
        long revision,
        Instant createdAt,
        Instant updatedAt) {}
