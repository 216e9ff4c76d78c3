package dev.sonde.server.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request through an application: the merged state of all trace events of its id, with the totals of its
 * observations.
 *
 * @param timestamp when it began: the earliest start seen
 * @param tags sorted, distinct
 * @param environment normalised, {@code default} when none was sent
 * @param createdAt when the server first saw the id
 */
public record Trace(
        String projectId,
        String id,
        Instant timestamp,
        @Nullable String name,
        @Nullable String userId,
        @Nullable String sessionId,
        @Nullable String release,
        @Nullable String version,
        String environment,
        List<String> tags,
        boolean isPublic,
        boolean bookmarked,
        Payload payload,
        TraceTotals totals,
        Instant createdAt,
        Instant updatedAt) {

    public Trace {
        tags = List.copyOf(tags);
    }

    /** Project and id together. */
    public EntityKey key() {
        return new EntityKey(projectId, id);
    }
}
