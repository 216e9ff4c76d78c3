package dev.sonde.server.storage;

import dev.sonde.server.model.ScoreConfig;
import dev.sonde.server.query.Slice;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Keeps score configs. Times are kept to the microsecond. */
public interface ScoreConfigStore {

    /** Stores a new config. */
    void create(ScoreConfig config);

    /** One config, archived or not. */
    Optional<ScoreConfig> find(String projectId, String id);

    /** A project's configs, newest first, those of the same time by id. */
    List<ScoreConfig> list(String projectId, Slice slice);

    /** How many configs a project has. */
    long count(String projectId);

    /**
     * Changes a config, with nobody changing it meanwhile; what {@code change} throws leaves it as it is.
     *
     * @param change keeps id, project, type and creation time
     * @return the config afterwards, or empty when there is none
     */
    Optional<ScoreConfig> update(String projectId, String id, UnaryOperator<ScoreConfig> change);
}
