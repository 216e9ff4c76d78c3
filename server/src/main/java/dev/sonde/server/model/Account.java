package dev.sonde.server.model;

import java.time.Instant;

/**
 * A person who signs in.
 *
 * @param email lower case, unique
 * @param passwordHash Argon2id in its encoded form
 */
public record Account(String id, String email, String name, String passwordHash, Instant createdAt) {

    /** What a member of a project may do, ascending. */
    public enum Role {
        VIEWER,
        MEMBER,
        ADMIN,
        OWNER
    }

    /** A project an account can open, and as what. */
    public record Membership(Project project, Role role) {}
}
