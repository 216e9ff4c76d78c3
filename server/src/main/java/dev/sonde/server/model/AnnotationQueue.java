package dev.sonde.server.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people are to look at and score.
 *
 * @param name unique in its project
 * @param scoreConfigIds which scores are asked for, in this order
 */
public record AnnotationQueue(
        String id,
        String projectId,
        String name,
        @Nullable String description,
        List<String> scoreConfigIds,
        Instant createdAt,
        Instant updatedAt) {

    public AnnotationQueue {
        scoreConfigIds = List.copyOf(scoreConfigIds);
    }
}
