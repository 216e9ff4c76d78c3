/**
 * Retrieval with LangChain4j: models that embed and score, stores, retrievers and augmentors, whoever implements them.
 *
 * <p>An augmentor is a chain, a retriever is one observation with the store that it searches, and an embedding is below
 * the retriever that needs it. Vectors are recorded by their number and length.
 */
@NullMarked
package dev.sonde.agent.instrumentation.langchain4j.rag;

import org.jspecify.annotations.NullMarked;
