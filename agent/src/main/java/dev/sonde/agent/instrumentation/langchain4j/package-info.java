/**
 * Calls of models through LangChain4j ({@code dev.langchain4j:langchain4j-core}), 1.0 to 1.x, tested with 1.0.0 and 1.19.0.
 *
 * <p>Hooked are the default methods {@code chat} of {@code ChatModel} and {@code StreamingChatModel}, which every
 * provider's model inherits and every decorator ends in; the methods of AI services, also such that stream or return
 * later; and the tools they run. A model on top of an instrumented client, as {@code langchain4j-open-ai-official} is,
 * is one observation with that.
 *
 * <p>Recorded are messages with their media and tool calls, the tools on offer, the parameters with the model's defaults,
 * the answer, usage by bucket, finish reason, time to the first part, and errors with the HTTP status that the library
 * hides in a cause. A handler of a stream is told everything at once, in the context around the call, so that what it
 * begins is beside the call. A service is a chain named by interface and method; its memory's id is the conversation's.
 *
 * <p>Services, with guardrails and the library's own MCP client (1.0.0-beta5 to 1.18.1-beta28), retrieval, agents, and
 * models that draw and moderate are in packages below. Types that applications implement are hooked wherever they are: not in lambdas, and not where a
 * class implements them by way of another type.
 *
 * <p>Not covered: {@code chatAsync} and publishers of 1.23; models that override {@code chat} and ask no other model;
 * tools that are run by neither an AI service nor a {@code DefaultToolExecutor}.
 */
@NullMarked
package dev.sonde.agent.instrumentation.langchain4j;

import org.jspecify.annotations.NullMarked;
