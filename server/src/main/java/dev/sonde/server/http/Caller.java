package dev.sonde.server.http;

import dev.sonde.server.model.Project;

/** Whose key a request of the public interface carries, and what the key may do. */
record Caller(Project project, Access access, String publicKey) {

    /** What a key may do. */
    enum Access {
        /** Everything in its project. */
        PROJECT,
        /** A public key without its secret: create scores and nothing else. */
        SCORES
    }
}
