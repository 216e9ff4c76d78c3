package dev.sonde.server.storage;

import dev.sonde.server.model.EntityKey;
import java.util.Set;

/**
 * Writes events. Called by one committer thread at a time: a baseline stays true until that thread's next write.
 *
 * <p>Times are kept to the microsecond, amounts to twelve digits behind the point, text as Unicode: half of a surrogate
 * pair comes back as U+FFFD.
 */
public interface EventWriter {

    /** Reads what is stored under these keys. */
    Baseline baseline(Set<EntityKey> traces, Set<EntityKey> observations, Set<EntityKey> scores);

    /**
     * Stores the whole group or nothing of it. When this returns, it is on disk and every later read sees it.
     *
     * @throws StorageException when nothing was stored: the disk failed, a {@code before} is not what is stored, an
     *     amount or a time is beyond what can be kept
     */
    void write(WriteGroup group);

    /**
     * Deletes all of it or nothing. When this returns, no read sees it, and nothing that is built anew from what is kept
     * brings it back.
     *
     * @throws StorageException when nothing was deleted: the disk failed, or a {@code before} is not what is stored
     */
    void delete(Deletion deletion);
}
