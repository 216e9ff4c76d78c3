/**
 * Searches and changes through Milvus' second client ({@code io.milvus.v2.client.MilvusClientV2} of {@code
 * io.milvus:milvus-sdk-java}), 2.4.3 to 2.x, tested with 2.5.10 and 2.6.22.
 *
 * <p>Hooked are {@code search}, {@code hybridSearch} and {@code query}, each a retriever with what it asks, in which
 * vectors are told by their dimensions, and ids, scores and entities of what was found; and {@code insert}, {@code upsert}
 * and {@code delete}, each a span with the number of rows or what selects them, and what the server answers.
 *
 * <p>Not covered: {@code get}, iterators, and the first client, {@code MilvusServiceClient}.
 */
@NullMarked
package dev.sonde.agent.instrumentation.milvus;

import org.jspecify.annotations.NullMarked;
