package dev.sonde.server.storage;

import dev.sonde.server.model.Score;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reads scores. */
public interface ScoreReader {

    /** One score. */
    Optional<Score> find(String projectId, String scoreId);

    /** All scores of these traces, newest first. */
    List<Score> ofTraces(String projectId, Collection<String> traceIds);
}
