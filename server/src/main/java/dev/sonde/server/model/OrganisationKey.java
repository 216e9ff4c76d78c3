package dev.sonde.server.model;

import dev.sonde.server.model.Project.Organisation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key pair that manages an organisation's projects, and reads none of their data. The secret itself is never stored.
 *
 * @param secretHash hex SHA-256 of the server's pepper and the secret
 * @param displaySecret the secret with its middle left out, for people
 */
public record OrganisationKey(
        String id,
        Organisation organisation,
        String publicKey,
        String secretHash,
        String displaySecret,
        @Nullable String note,
        Instant createdAt,
        @Nullable Instant lastUsedAt) {}
