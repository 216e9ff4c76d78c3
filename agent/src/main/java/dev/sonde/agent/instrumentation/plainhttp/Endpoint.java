package dev.sonde.agent.instrumentation.plainhttp;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.Fold;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One kind of request that models are asked by, whatever the host.
 *
 * @param suffix how its path ends
 * @param kind what it is without its body
 * @param shape whether the members of a request's body are such a request
 * @param asking from body and path to what is asked
 * @param answering from the body of an answer
 * @param folding for the parts of a streamed answer, each JSON text; never called for what does not stream
 * @param streamsJson whether JSON that is an answer may be one of several
 */
record Endpoint(
        String suffix,
        Kind kind,
        Predicate<Map<String, String>> shape,
        BiFunction<String, String, Asked> asking,
        Function<String, Answered> answering,
        Supplier<Fold> folding,
        boolean streamsJson) {

    /**
     * What can be said of a request before its body is read.
     *
     * @param type GENERATION or EMBEDDING
     * @param operation the GenAI word for it
     * @param provider whose wire it is
     * @param unmistakable whether nobody else has such a path
     */
    record Kind(String type, String operation, String provider, boolean unmistakable) {}
}
