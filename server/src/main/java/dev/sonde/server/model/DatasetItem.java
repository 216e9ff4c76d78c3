package dev.sonde.server.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One item of a dataset, as it was from one change to the next. JSON is text; null where nothing was given.
 *
 * @param id unique in its project
 * @param sourceTraceId where the item was taken from, null when from nowhere
 * @param updatedAt since when the item is like this, in whole milliseconds: no two versions of an item share it
 */
public record DatasetItem(
        String id,
        String projectId,
        String datasetId,
        String datasetName,
        Status status,
        @Nullable String input,
        @Nullable String expectedOutput,
        @Nullable String metadata,
        @Nullable String sourceTraceId,
        @Nullable String sourceObservationId,
        Instant createdAt,
        Instant updatedAt) {

    /** Whether an item takes part: archived ones are kept, but not listed. */
    public enum Status {
        ACTIVE,
        ARCHIVED
    }
}
