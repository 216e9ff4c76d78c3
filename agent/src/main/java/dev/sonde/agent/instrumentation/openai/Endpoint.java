package dev.sonde.agent.instrumentation.openai;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.Fold;
import dev.sonde.agent.calls.LibraryObjects;
import dev.sonde.agent.calls.ModelCall;
import dev.sonde.agent.calls.RawResponses;
import org.jspecify.annotations.Nullable;

/** One kind of call and how its objects are read. Implementations have no state. */
interface Endpoint {
    /** The type of the observations, such as {@code GENERATION}. */
    String observationType();

    /** Whether the request is read before the call is made, and not later by the exporter. */
    default boolean readsAtOnce() {
        return false;
    }

    /** The request's body as JSON text; null when it cannot be written. */
    default @Nullable String body(@Nullable Object clientOptions, @Nullable Object params) {
        return LibraryObjects.json(clientOptions, LibraryObjects.get(params, "_body"));
    }

    /** What the hooked method shall return instead, a response or a future of one, so that its end is seen. */
    default @Nullable Object observe(@Nullable Object result, ModelCall call, @Nullable Object clientOptions) {
        return RawResponses.observe(result, call, response -> answered(clientOptions, response));
    }

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
