package dev.sonde.server.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody said about a trace, an observation, a session or a prompt.
 *
 * @param content Markdown
 * @param authorUserId the account that said it; null when a program did
 */
public record Comment(
        String id,
        String projectId,
        Subject subject,
        String content,
        @Nullable String authorUserId,
        Instant createdAt,
        Instant updatedAt) {}
