package dev.sonde.server.storage;

import dev.sonde.server.model.Repricing;
import dev.sonde.server.query.Slice;
import java.util.List;
import java.util.Optional;

/** Keeps what was priced anew. Times are kept to the microsecond. */
public interface RepricingStore {

    /** Stores a pass, or how far the one with the same id has come. */
    void save(Repricing repricing);

    Optional<Repricing> find(String projectId, String id);

    /** A project's passes, newest first, those of the same time by id. */
    List<Repricing> list(String projectId, Slice slice);

    /** How many passes a project has. */
    long count(String projectId);

    /** All that are said to be running, of all projects. */
    List<Repricing> running();
}
