package dev.sonde.agent.calls;

/** Puts an answer together while its parts stream by. Called by one thread at a time, in the order of the stream. */
public interface Fold {
    /** Takes the next part as the library hands it out. Returns whether the part carries something of the answer. */
    boolean add(Object part);

    /** The answer so far. */
    Answered answered();

    /** Whether the answer is here as a whole, though the stream has not ended: it is complete even if nobody reads on. */
    default boolean isWhole() {
        return false;
    }
}
