package dev.sonde.server.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step of a trace: the merged state of all events received for its id.
 *
 * @param traceId the trace it belongs to
 * @param parentId the enclosing observation, null for a root; it may not have been received yet
 * @param endTime null while running, or when the client never said; never before {@code startTime}
 * @param completionStartTime when the first token arrived
 * @param environment normalised, {@code default} when none was sent
 * @param createdAt when the server first saw the id
 */
public record Observation(
        String projectId,
        String id,
        String traceId,
        @Nullable String parentId,
        ObservationType type,
        @Nullable String name,
        Instant startTime,
        @Nullable Instant endTime,
        @Nullable Instant completionStartTime,
        Level level,
        @Nullable String statusMessage,
        @Nullable String version,
        String environment,
        ModelUse model,
        @Nullable PromptLink prompt,
        TraceContext context,
        Payload payload,
        Instant createdAt,
        Instant updatedAt) {

    /** Project and id together. */
    public EntityKey key() {
        return new EntityKey(projectId, id);
    }
}
