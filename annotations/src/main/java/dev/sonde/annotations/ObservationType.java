package dev.sonde.annotations;

/** What kind of work an observation stands for. */
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
