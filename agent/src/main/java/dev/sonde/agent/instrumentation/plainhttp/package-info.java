/**
 * Models asked by plain HTTP, without a library made for them: requests to endpoints of the shapes that the APIs of
 * OpenAI, Anthropic, Gemini and Ollama have, whatever the host.
 *
 * <p>Hooked is the method of each client that all requests come through. A request is one to a model when it is a POST
 * to a path with a known ending and its body is of the shape that belongs to it; no other request is looked into. What a
 * library further out records already, a framework or a provider's own client, is not recorded again.
 *
 * <p>Bodies are seen while the client sends and the application reads them, up to 4 MiB; nothing is read ahead or held
 * back. Recorded are what the libraries' instrumentations record: input, output, model, parameters, usage, finish
 * reasons, time to the first part of a stream, errors with their HTTP status.
 *
 * <p>Tested are {@code java.net.http} of Java 17; OkHttp 4.12 and 5.5 with its server-sent events; Apache's clients of
 * 5.3 and 5.6, the one that waits and those that do not; Spring's RestClient, RestTemplate and WebClient of 6.2 and 7.0;
 * each with OpenAI's chat, responses and embeddings, Anthropic's messages, Gemini's content and Ollama's chat. Read but
 * not tested with a client are legacy completions, embeddings of Gemini and Ollama, and Ollama's generate. Objects of the
 * libraries are read by member name only.
 *
 * <p>Not covered: other clients; bodies in other encodings than gzip and none; what of a request that fails before its
 * body was read is more than its endpoint; with Apache's clients that do not wait, exchange handlers and requests of a
 * producer that is all the application's own; a WebClient's publisher that a filter subscribes to again. A response of
 * {@code java.net.http}, or of WebClient, whose body is neither read nor closed does not end.
 */
@NullMarked
package dev.sonde.agent.instrumentation.plainhttp;

import org.jspecify.annotations.NullMarked;
