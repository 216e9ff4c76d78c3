package dev.sonde.agent.instrumentation.genai;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.Fold;
import org.jspecify.annotations.Nullable;

/** One kind of call and how its objects are read. Implementations have no state. */
interface Endpoint {
    /** The type of the observations, such as {@code GENERATION}. */
    String observationType();

    /** Reads the arguments of the hooked method. */
    Asked asked(@Nullable Object[] arguments);

    /** Reads an answer that came in one. */
    Answered answered(Object response);

    /** A new fold for the parts of an answer; null for a call that does not stream. */
    default @Nullable Fold fold() {
        return null;
    }
}
