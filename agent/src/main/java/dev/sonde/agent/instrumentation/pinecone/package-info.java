/**
 * Queries and changes through Pinecone's client ({@code io.pinecone:pinecone-client}), 1 to 6.x, tested with 1.0.0 and
 * 6.1.0.
 *
 * <p>Hooked are {@code query} of {@code Index} and {@code AsyncIndex} with all of its parameters, in which {@code
 * queryByVector} and {@code queryByVectorId} end; {@code searchRecords}, of versions that have it; and {@code upsert} of
 * one vector or many. A query is a retriever with what it asks, in which vectors are told by their dimensions, and ids,
 * scores and metadata of the matches. An upsert is a span with the ids of what is written.
 *
 * <p>Not covered: {@code fetch}, {@code update}, {@code delete}, {@code list} and {@code upsertRecords}; the inference
 * interface; indexes and their administration.
 */
@NullMarked
package dev.sonde.agent.instrumentation.pinecone;

import org.jspecify.annotations.NullMarked;
