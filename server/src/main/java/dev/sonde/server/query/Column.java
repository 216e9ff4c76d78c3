package dev.sonde.server.query;

/**
 * What a filter or an order may name. The same word is used in filter text, JSON filters and answers. Columns of
 * observations apply to a list of traces as "any observation of the trace"; user, tags and name of a trace apply to a
 * list of scores as those of the trace that is judged.
 */
public enum Column {
    ID,
    NAME,
    TIMESTAMP,
    USER_ID,
    SESSION_ID,
    ENVIRONMENT,
    RELEASE,
    VERSION,
    TAGS,
    BOOKMARKED,
    PUBLIC,
    LEVEL,
    LATENCY_SECONDS,
    INPUT_USAGE,
    OUTPUT_USAGE,
    TOTAL_USAGE,
    TOTAL_COST,
    OBSERVATION_COUNT,
    ERROR_COUNT,
    /** Needs a key: the metadata key. */
    METADATA,
    /** Needs a key: the score name; numeric value. */
    SCORE,
    /** Needs a key: the score name; label. */
    SCORE_CATEGORY,
    INPUT,
    OUTPUT,
    /** Words anywhere in name, id, input, output. */
    TEXT,
    TYPE,
    TRACE_ID,
    TRACE_NAME,
    PARENT_ID,
    /** Whether an observation has no parent, or was marked as where its application begins. */
    IS_ROOT,
    END_TIME,
    MODEL,
    STATUS_MESSAGE,
    PROMPT_NAME,
    PROMPT_VERSION,
    TIME_TO_FIRST_TOKEN_SECONDS,
    /** Of an observation: units out in each second it took. */
    OUTPUT_PER_SECOND,
    /** Of an observation: USD for usage types that are named input. */
    INPUT_COST,
    /** Of an observation: USD for usage types that are named output. */
    OUTPUT_COST,
    /** Of a score, as everything that follows. */
    VALUE,
    STRING_VALUE,
    DATA_TYPE,
    SOURCE,
    COMMENT,
    OBSERVATION_ID,
    DATASET_RUN_ID,
    CONFIG_ID,
    QUEUE_ID,
    AUTHOR_USER_ID,
    /** Only in questions for figures, as everything that follows: what has begun in the same month, as 2026-01. */
    MONTH,
    /** As 2026-01-31. */
    DAY,
    /** Of the trace of an observation or a score. */
    TRACE_RELEASE,
    /** Of the trace of an observation or a score. */
    TRACE_VERSION,
    /** Of the observation that a score judges, as the next three. */
    OBSERVATION_NAME,
    OBSERVATION_MODEL,
    OBSERVATION_PROMPT_NAME,
    OBSERVATION_PROMPT_VERSION,
    /** Of a score: its value as a flag. */
    FLAG_VALUE,
    /** Counts an observation once for each usage type that has a cost. */
    COST_TYPE,
    /** Counts an observation once for each of its usage types. */
    USAGE_TYPE
}
