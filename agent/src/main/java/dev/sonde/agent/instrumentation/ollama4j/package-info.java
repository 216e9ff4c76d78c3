/**
 * Calls made with ollama4j ({@code io.github.ollama4j:ollama4j}), 1.0.100 to 1.1, tested with 1.0.100 and 1.1.6.
 *
 * <p>Hooked is what sends requests: {@code callSync} of the callers of chats and prompts, where blocking and streaming
 * calls of every kind end, with what they make of each line of an answer; {@code OllamaAsyncResultStreamer}, the thread
 * behind {@code generateAsync}; and {@code embed}. Around them {@code chat}, which asks again after it has run tools that
 * the model called, the tools themselves, and {@code Agent.interact}.
 *
 * <p>Recorded are messages or prompt, tools and images, the answer with thoughts and calls of tools, model, parameters,
 * counts of tokens, why the answer ended, time to the first line of a stream that says something, and errors. A line is
 * noted before the application's handler gets it, and nothing is held back. Library objects are read by member name
 * only; no type of the library is linked.
 *
 * <p>Not covered: what an agent says last, where its version empties the history that it hands out; {@code generateEmbeddings} and the structured {@code generate} with a map as its format, both only up
 * to 1.1.0; models being pulled, listed and made. The library drops the HTTP status of refused requests except those of
 * chats in 1.1.2 and later, and of embeddings, which say it themselves. An application cannot cancel a call but by
 * interrupting its thread or by throwing from its handler; both end it with a warning.
 */
@NullMarked
package dev.sonde.agent.instrumentation.ollama4j;

import org.jspecify.annotations.NullMarked;
