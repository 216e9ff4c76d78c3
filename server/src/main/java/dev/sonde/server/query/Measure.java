package dev.sonde.server.query;

/** A figure that each row has by itself, before figures of many rows are brought together. */
public enum Measure {
    /** The row itself: 1. */
    COUNT,
    /** Observations of a trace. */
    OBSERVATIONS,
    /** Scores of a trace or an observation. */
    SCORES,
    /** Words, as the next two: who used it. */
    USER,
    SESSION,
    TRACE,
    /** Milliseconds, as the next two, from begin to end. */
    LATENCY,
    /** From the first token to the end. */
    STREAMING_LATENCY,
    TIME_TO_FIRST_TOKEN,
    INPUT_USAGE,
    OUTPUT_USAGE,
    TOTAL_USAGE,
    OUTPUT_PER_SECOND,
    TOTAL_PER_SECOND,
    /** USD, as the next two. */
    INPUT_COST,
    OUTPUT_COST,
    TOTAL_COST,
    /** Of one {@link Column#COST_TYPE}. */
    COST_OF_TYPE,
    /** Of one {@link Column#USAGE_TYPE}. */
    USAGE_OF_TYPE,
    /** Of a score. */
    VALUE;

    /** Whether it is a name and no number: such can only be counted. */
    public boolean isText() {
        return this == USER || this == SESSION || this == TRACE;
    }
}
