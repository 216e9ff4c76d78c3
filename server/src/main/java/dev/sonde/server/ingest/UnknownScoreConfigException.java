package dev.sonde.server.ingest;

/** A score refers to a config that its project does not have. */
public final class UnknownScoreConfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownScoreConfigException(String configId) {
        super("configId: score config " + configId + " not found within authorized project");
    }
}
