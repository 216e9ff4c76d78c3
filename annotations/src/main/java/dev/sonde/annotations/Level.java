package dev.sonde.annotations;

/** How serious an observation is, ascending. */
public enum Level {
    DEBUG,
    DEFAULT,
    WARNING,
    ERROR
}
