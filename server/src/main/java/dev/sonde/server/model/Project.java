package dev.sonde.server.model;

import java.time.Instant;

/**
 * The unit that owns data and keys: nothing is shared between two projects.
 *
 * @param metadata a JSON object as text: what its organisation notes about it
 */
public record Project(
        String id, String name, Organisation organisation, String metadata, Instant createdAt, Instant updatedAt) {

    /** A new project that nothing is noted about. */
    public Project(String id, String name, Organisation organisation, Instant createdAt) {
        this(id, name, organisation, "{}", createdAt, createdAt);
    }

    /** The project with other words about it. */
    public Project with(String otherName, String otherMetadata, Instant now) {
        return new Project(id, otherName, organisation, otherMetadata, createdAt, now);
    }

    /** Who owns projects and has members. */
    public record Organisation(String id, String name) {}
}
