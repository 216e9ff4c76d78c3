package dev.sonde.agent.instrumentation.openai;

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
     * @param bodyJson the request's body as it will be sent, but for the stream flag; null when it could not be written
     */
    Asked asked(@Nullable String bodyJson, boolean streaming);

    /**
     * Reads an answer.
     *
     * @param clientOptions the client's options, for its mapper
     * @param response the parsed object
     */
    Answered answered(@Nullable Object clientOptions, Object response);

    /** A new fold for the parts of one streamed answer. */
    Fold fold(@Nullable Object clientOptions);
}
