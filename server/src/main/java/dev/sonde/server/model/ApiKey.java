package dev.sonde.server.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key pair of one project. The secret itself is never stored.
 *
 * @param secretHash hex SHA-256 of the server's pepper and the secret
 * @param displaySecret the secret with its middle left out, for people
 */
public record ApiKey(
        String id,
        String projectId,
        String publicKey,
        String secretHash,
        String displaySecret,
        @Nullable String note,
        Instant createdAt,
        @Nullable Instant lastUsedAt) {}
