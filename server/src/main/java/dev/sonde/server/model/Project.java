package dev.sonde.server.model;

import java.time.Instant;

/** The unit that owns data and keys: nothing is shared between two projects. */
public record Project(String id, String name, Organisation organisation, Instant createdAt) {

    /** Who owns projects and has members. */
    public record Organisation(String id, String name) {}
}
