package dev.sonde.agent.instrumentation.cohere;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.Fold;
import org.jspecify.annotations.Nullable;

/** One kind of call and how its objects are read. Implementations have no state. */
interface Endpoint {
    /** The type of the observations, such as {@code GENERATION}. */
    String observationType();

    /**
     * Reads a request.
     *
     * @param bodyJson the request as it will be sent; null when it could not be written
     */
    Asked asked(@Nullable String bodyJson);

    /** Reads an answer that came in one. */
    Answered answered(Mapper mapper, Object response);

    /** A new fold for the parts of an answer; null for a call that does not stream. */
    default @Nullable Parts parts(Mapper mapper) {
        return null;
    }

    /** Puts a streamed answer together, and knows its last part. */
    interface Parts extends Fold {
        /** Whether the part that says how it ended has come. */
        boolean complete();
    }
}
