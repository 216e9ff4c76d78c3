/**
 * Calls made with anthropic-java ({@code com.anthropic:anthropic-java-core}), 1.4 to 3.x, tested with 1.4.0, 2.11.0 and
 * 3.13.0.
 *
 * <p>Hooked are {@code create} and {@code createStreaming} of the {@code WithRawResponseImpl} classes of messages, stable
 * and beta, blocking and asynchronous. Every way to call them ends there: the plain methods, structured outputs, {@code
 * withRawResponse()}, {@code withOptions(…)}, message threads, Bedrock, Vertex and Foundry, and frameworks that build the
 * client themselves. {@code BetaToolRunner}, from 2.x on, is an agent of which the turns and the tools it runs are part.
 *
 * <p>One logical call is one observation, retries included. Recorded are system, messages and tools, the answer as the
 * client's own mapper writes it, model, parameters, usage with what was read from and written to the prompt cache, stop
 * reason, time to the first part of a stream, the user that {@code metadata} names, and errors with their HTTP status.
 * Library objects are read by member name only; no type of the library is linked.
 *
 * <p>Not covered: token counts (no model answers them), batches, legacy completions, the number of retries, requests to
 * tools that Anthropic runs other than in the answer, and the last answer of a tool runner that streams, which is in its
 * last generation. Where a thread keeps the conversation at Anthropic, the input is what was sent. Before 2.x the
 * client does not tell its host. A tool runner that is left early ends when it is collected.
 */
@NullMarked
package dev.sonde.agent.instrumentation.anthropic;

import org.jspecify.annotations.NullMarked;
