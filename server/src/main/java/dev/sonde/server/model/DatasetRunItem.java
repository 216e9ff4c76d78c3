package dev.sonde.server.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an application did with one item of a dataset: a trace, which may arrive later, or an observation of it.
 *
 * @param observationId null when the whole trace is meant
 */
public record DatasetRunItem(
        String id,
        String projectId,
        String runId,
        String runName,
        String itemId,
        String traceId,
        @Nullable String observationId,
        Instant createdAt,
        Instant updatedAt) {}
