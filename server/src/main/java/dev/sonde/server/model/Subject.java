package dev.sonde.server.model;

/** What a comment is about, or what waits in an annotation queue. The id of a prompt is that of one of its versions. */
public record Subject(Type type, String id) {

    /** Kinds of things that people look at. */
    public enum Type {
        TRACE,
        OBSERVATION,
        SESSION,
        PROMPT
    }
}
