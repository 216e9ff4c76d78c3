package dev.sonde.server.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An image, sound or file that events refer to by its id.
 *
 * @param id the first 22 characters of the hash in base64url, as clients make it
 * @param contentType the MIME type the client declared
 * @param contentLength bytes
 * @param sha256 hash of the bytes in base64, 44 characters
 * @param uploadedAt null until the bytes are here
 */
public record Media(
        String projectId,
        String id,
        String contentType,
        long contentLength,
        String sha256,
        @Nullable Instant uploadedAt,
        Instant createdAt) {

    /**
     * What refers to it.
     *
     * @param ownerType {@code trace} or {@code dataset}
     * @param ownerId id of the trace or dataset
     * @param partId id of the observation or item; empty for the trace itself
     * @param field such as {@code input}
     */
    public record Link(String ownerType, String ownerId, String partId, String field) {}
}
