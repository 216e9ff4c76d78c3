package dev.sonde.server.storage;

import dev.sonde.server.model.LlmConnection;
import dev.sonde.server.query.Slice;
import java.util.List;
import java.util.Optional;

/** Keeps connections to providers. Every method is one transaction, durable when it returns. */
public interface LlmConnectionStore {

    /**
     * Stores a connection; in place of the project's one to the same provider, whose id and creation time it then keeps.
     *
     * @return as stored, and whether it is new
     */
    Saved save(LlmConnection connection);

    Optional<LlmConnection> find(String projectId, String provider);

    /** A project's connections, newest first, those of the same time by id. */
    List<LlmConnection> list(String projectId, Slice slice);

    long count(String projectId);

    /** Deletes a connection; false when there is none. */
    boolean delete(String projectId, String id);

    /** What became of a connection. */
    record Saved(LlmConnection connection, boolean created) {}
}
