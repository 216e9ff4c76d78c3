/**
 * Models asked by plain HTTP, without a library made for them: requests to endpoints of the shapes that OpenAI's API and
 * those that resemble it have, whatever the host.
 *
 * <p>Hooked is the one method of each client that all requests come through. A request is one to a model when it is a POST
 * to a path with a known ending and its body is of the shape that belongs to it; no other request is looked into. What a
 * library further out records already, a framework or a provider's own client, is not recorded again.
 *
 * <p>Bodies are seen while the client sends and the application reads them, up to 4 MiB; nothing is read ahead or held
 * back. Recorded are what the libraries' instrumentations record: input, output, model, parameters, usage, finish
 * reasons, time to the first part of a stream, errors with their HTTP status.
 *
 * <p>Not covered: bodies in other encodings than gzip and none, and requests that fail before their body is read, of which
 * only the endpoint is known. A response of {@code java.net.http} whose body is neither read nor closed does not end.
 */
@NullMarked
package dev.sonde.agent.instrumentation.plainhttp;

import org.jspecify.annotations.NullMarked;
