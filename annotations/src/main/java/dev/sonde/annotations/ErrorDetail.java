package dev.sonde.annotations;

/** How much of an exception that leaves an observed method is recorded. */
public enum ErrorDetail {
    /** Level, type, message and stack. */
    STACK,
    /** Level, type and message. */
    MESSAGE,
    /** Level only. */
    NONE
}
