package dev.sonde.server.storage;

import dev.sonde.server.model.Score;
import dev.sonde.server.query.EventQuery;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reads scores. */
public interface ScoreReader {

    /** Scores that match, in the asked order. */
    List<Score> find(EventQuery query);

    /** How many match, all pages together. */
    long count(EventQuery query);

    /** One score. */
    Optional<Score> find(String projectId, String scoreId);

    /** All scores of these traces, newest first. */
    List<Score> ofTraces(String projectId, Collection<String> traceIds);
}
