package dev.sonde.agent.calls;

/** How far from the wire a library stands that makes a call of a model. */
public enum Layer {
    /** A framework's model, such as LangChain4j's or Spring AI's. */
    FRAMEWORK,
    /** The provider's own client. */
    PROVIDER,
    /** A plain HTTP client. */
    HTTP
}
