/**
 * Queries and changes through Chroma's client for the JVM ({@code io.github.amikos-tech:chromadb-java-client}), 0.1.2 to
 * 0.1.x, tested with 0.1.2 and 0.1.7.
 *
 * <p>Hooked are {@code query}, {@code add}, {@code upsert} and {@code deleteWithIds} of {@code Collection}. A query is a
 * retriever with its texts, which the client embeds itself, and ids, distances, documents and metadata of what was found.
 * A change is a span with the ids.
 *
 * <p>Not covered: {@code get} and the other ways to delete and update; the embedding functions; administration.
 */
@NullMarked
package dev.sonde.agent.instrumentation.chroma;

import org.jspecify.annotations.NullMarked;
