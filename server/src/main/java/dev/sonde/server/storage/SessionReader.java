package dev.sonde.server.storage;

import dev.sonde.server.query.Slice;
import dev.sonde.server.query.TimeRange;
import java.time.Instant;
import java.util.List;

/** Reads sessions, which exist as soon as a trace names them. */
public interface SessionReader {

    /**
     * A thread of traces.
     *
     * @param createdAt when the server first saw it
     */
    record Session(String id, String projectId, Instant createdAt, String environment) {}

    /** Sessions by creation, newest first; an empty list of environments means any. */
    List<Session> find(String projectId, TimeRange created, List<String> environments, Slice slice);

    /** How many there are in all. */
    long count(String projectId, TimeRange created, List<String> environments);
}
