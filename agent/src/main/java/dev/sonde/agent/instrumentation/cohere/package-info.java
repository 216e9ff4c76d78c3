/**
 * Calls made with Cohere's client ({@code com.cohere:cohere-java}), 1.3 to 1.9, tested with 1.7.0 and 1.9.3.
 *
 * <p>Hooked are {@code chat}, {@code chatStream}, {@code embed} and {@code rerank} of the second version of the interface:
 * of {@code RawV2Client} and {@code AsyncRawV2Client}, where every way to call them ends, and in versions without those of
 * {@code V2Client}. Streams are watched as they are read, by {@code iterator()} and {@code close()} of {@code Stream}.
 *
 * <p>One logical call is one observation, retries included. Recorded are messages, tools and documents, the answer as
 * the client's own mapper writes it, model, parameters, finish reason, time to the first part of a stream, and errors
 * with their HTTP status. Use is what Cohere bills: tokens, images, search units. A reranking is a retriever with its
 * query, its documents and their order. Library objects are read by member name only; no type of the library is linked.
 *
 * <p>Not covered: the first version of the interface, classification, tokens, embed jobs and connectors, and the number
 * of retries. Cohere names no model in its answers. The client takes a connection that breaks for the end of a stream,
 * which is told apart by the missing last event. Up to 1.7 it cannot read streams of the second version: Cohere sends
 * them as events, and it expects lines.
 */
@NullMarked
package dev.sonde.agent.instrumentation.cohere;

import org.jspecify.annotations.NullMarked;
