package dev.sonde.server.model;

/** Severity of an observation, ascending: the level of a trace is the greatest of its observations. */
public enum Level {
    DEBUG,
    DEFAULT,
    WARNING,
    ERROR
}
