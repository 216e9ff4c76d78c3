package dev.sonde;

import org.jspecify.annotations.Nullable;

/** A judgement about the current observation, its trace, or a session. Immutable: each method answers a changed copy. */
public final class Score {

    private final String name;
    private final Object value;
    private final @Nullable String dataType;
    private final @Nullable String comment;
    private final String target;
    private final @Nullable String sessionId;

    @SuppressWarnings("checkstyle:ParameterNumber")
    private Score(
            String name,
            Object value,
            @Nullable String dataType,
            @Nullable String comment,
            String target,
            @Nullable String sessionId) {
        this.name = name;
        this.value = value;
        this.dataType = dataType;
        this.comment = comment;
        this.target = target;
        this.sessionId = sessionId;
    }

    /** A number. */
    public static Score of(String name, double value) {
        return new Score(name, value, null, null, "observation", null);
    }

    /** Yes or no. */
    public static Score of(String name, boolean value) {
        return new Score(name, value, null, null, "observation", null);
    }

    /** One of several labels. */
    public static Score ofCategory(String name, String label) {
        return new Score(name, label, "CATEGORICAL", null, "observation", null);
    }

    /** Free text, 500 characters at most. */
    public static Score ofText(String name, String text) {
        return new Score(name, text, "TEXT", null, "observation", null);
    }

    /** Why. */
    public Score comment(String text) {
        return new Score(name, value, dataType, text, target, sessionId);
    }

    /** Judges the whole trace instead of the current observation. */
    public Score onTrace() {
        return new Score(name, value, dataType, comment, "trace", null);
    }

    /** Judges a session. */
    public Score onSession(String id) {
        return new Score(name, value, dataType, comment, "session", id);
    }

    void send() {
        Channel.call("score", target, sessionId, name, value, dataType, comment);
    }
}
