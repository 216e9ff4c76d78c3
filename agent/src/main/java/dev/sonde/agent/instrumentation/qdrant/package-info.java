/**
 * Searches and changes through Qdrant's client ({@code io.qdrant:client}), 1.7 to 1.x, tested with 1.7.0 and 1.18.3.
 *
 * <p>Hooked are the methods of {@code QdrantClient} in which the others end: {@code search}, {@code recommend}, {@code
 * discover} and {@code query}, each also in batches and by groups, and {@code upsert} and {@code delete}. A search is a
 * retriever with its request, in which vectors are told by their dimensions, and ids, scores and payloads of what was
 * found. A change is a span with the ids of its points, or the filter that selects them.
 *
 * <p>Not covered: points read by id, scrolling and counting, other changes of payloads and vectors, collections and
 * snapshots; stubs of gRPC that are used without the client.
 */
@NullMarked
package dev.sonde.agent.instrumentation.qdrant;

import org.jspecify.annotations.NullMarked;
