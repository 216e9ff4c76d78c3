package dev.sonde.server.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One go through a dataset.
 *
 * @param name unique in its dataset
 * @param metadata a JSON object as text; null when none was given
 */
public record DatasetRun(
        String id,
        String projectId,
        String datasetId,
        String datasetName,
        String name,
        @Nullable String description,
        @Nullable String metadata,
        Instant createdAt,
        Instant updatedAt) {}
