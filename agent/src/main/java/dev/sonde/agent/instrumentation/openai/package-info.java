/**
 * Calls made with openai-java ({@code com.openai:openai-java-core}), 1.6 to 4.x, tested with 1.6.1, 2.20.1 and 4.101.0.
 *
 * <p>Hooked are {@code create} and {@code createStreaming} of the {@code WithRawResponseImpl} classes of chat completions,
 * responses and embeddings, blocking and asynchronous. Every way to call them ends there: the plain methods, structured
 * outputs, {@code withRawResponse()}, {@code withOptions(…)}, Azure, and frameworks that build the client themselves.
 *
 * <p>One logical call is one observation, retries included. Recorded are the request's body and the answer as the
 * client's own mapper writes them, model, parameters, usage, finish reasons, time to the first part of a stream, and
 * errors with their HTTP status. A stream is watched as it is read. Library objects are read by member name only; no
 * type of the library is linked.
 *
 * <p>Not covered: legacy completions, images, audio, moderation, assistants, batches, realtime; retrieval of stored
 * completions; the content of raw responses that are read without {@code parse()}; the number of retries. An
 * asynchronous call whose own future is cancelled ends with a warning when its response is collected. Streams carry usage
 * only when the application asks for it with {@code stream_options.include_usage}.
 */
@NullMarked
package dev.sonde.agent.instrumentation.openai;

import org.jspecify.annotations.NullMarked;
