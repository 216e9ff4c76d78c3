package dev.sonde.annotations;

/** Whether a value is recorded. */
public enum Capture {
    /** As configured for the whole process; on unless told otherwise. */
    DEFAULT,
    ON,
    OFF
}
