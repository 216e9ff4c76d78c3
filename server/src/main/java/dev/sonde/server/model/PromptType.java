package dev.sonde.server.model;

/** What a prompt's content is; all versions of a name have the same. */
public enum PromptType {
    /** One text. */
    TEXT,
    /** A list of messages and placeholders. */
    CHAT
}
