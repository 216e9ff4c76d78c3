/**
 * Queries through Weaviate's client ({@code io.weaviate:client6}), 6.x, tested with 6.3.0.
 *
 * <p>Hooked are the methods of {@code WeaviateQueryClient} and {@code WeaviateQueryClientAsync} in which all queries of a
 * collection end: by vectors, by texts and other media, hybrid, by words and by filters, each also grouped. A query is a
 * retriever named by what it is, with its operator, in which vectors are told by their dimensions, and ids, scores and
 * properties of what was found; where the server tells no score, the distance stands for it.
 *
 * <p>Not covered: an object read by its id, generative queries, aggregates, changes, and {@code io.weaviate:client}, the
 * client before this one.
 */
@NullMarked
package dev.sonde.agent.instrumentation.weaviate;

import org.jspecify.annotations.NullMarked;
