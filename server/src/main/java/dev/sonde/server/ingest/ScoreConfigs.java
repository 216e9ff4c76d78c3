package dev.sonde.server.ingest;

import dev.sonde.server.model.ScoreConfig;
import java.util.Optional;

/** Finds the config that a score refers to. */
@FunctionalInterface
public interface ScoreConfigs {

    /** No config exists. */
    ScoreConfigs NONE = (projectId, configId) -> Optional.empty();

    /** One config, archived or not. */
    Optional<ScoreConfig> find(String projectId, String configId);
}
