package dev.sonde.server.model;

/** What kind of work an observation stands for. Names are those on the wire, upper case. */
public enum ObservationType {
    SPAN,
    GENERATION,
    EVENT,
    AGENT,
    TOOL,
    CHAIN,
    RETRIEVER,
    EVALUATOR,
    EMBEDDING,
    GUARDRAIL
}
