/**
 * Calls made and served with the Java SDK of the Model Context Protocol ({@code io.modelcontextprotocol.sdk:mcp-core}),
 * 0.18 to 2.x, tested with 0.18.4, 1.1.5 and 2.1.0.
 *
 * <p>Hooked are {@code callTool}, {@code readResource} and {@code getPrompt} of {@code McpAsyncClient}, where those of the
 * blocking client end too: each subscription is one observation. Its place in the trace goes along in the request's
 * {@code _meta}, as {@code traceparent} and {@code baggage}, unless somebody has put a {@code traceparent} there already
 * or the server's host is none that {@code propagate-to} means. A server that is a process of this machine's own (stdio)
 * always gets it; of a transport that is not the SDK's own the host is not known, and only {@code *} means it. {@code
 * initialize} and the pages of lists are observed within something observed, for applications ask again and again.
 *
 * <p>On a server, blocking, asynchronous or stateless, the handlers of the same three requests are observed: below the
 * client's observation when the request says so, else below what is current, such as the caller's HTTP request.
 *
 * <p>A tool is a {@code TOOL} named as the model knows it, and one with what a framework records of the same call. Below
 * a client's call the served one is a {@code SPAN}, for the tool has been counted; all other requests are spans too. Tools
 * that say that they failed are errors with their output; errors of the protocol have their code. Names follow
 * OpenTelemetry's conventions for MCP.
 *
 * <p>Not covered: completions, subscriptions and pings; what a server asks of its client (sampling, elicitation);
 * progress and logging notifications; {@code tracestate}; on WebFlux, the place of a caller that says it only in an HTTP
 * header.
 */
@NullMarked
package dev.sonde.agent.instrumentation.mcp;

import org.jspecify.annotations.NullMarked;
