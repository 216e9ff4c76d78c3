package dev.sonde.server.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing in an annotation queue.
 *
 * @param completedAt when it was done; null exactly while it is pending
 */
public record AnnotationItem(
        String id,
        String projectId,
        String queueId,
        Subject subject,
        @Nullable Instant completedAt,
        Instant createdAt,
        Instant updatedAt) {

    /** Whether somebody still has to look at it. */
    public enum Status {
        PENDING,
        COMPLETED
    }

    public Status status() {
        return completedAt == null ? Status.PENDING : Status.COMPLETED;
    }

    /** The item with another status; one that is completed already keeps its time. */
    public AnnotationItem with(Status status, Instant now) {
        if (status == status()) {
            return this;
        }
        return new AnnotationItem(
                id, projectId, queueId, subject, status == Status.COMPLETED ? now : null, createdAt, now);
    }
}
