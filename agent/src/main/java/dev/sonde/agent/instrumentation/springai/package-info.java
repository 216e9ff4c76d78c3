/**
 * Spring AI, 1.0 to 2.x, tested with 1.0.0, 1.1.4 and 2.0.1: chat clients, advisors, chat, embedding and image models,
 * tools and vector stores.
 *
 * <p>All of it is read from Spring AI's own observations. Hooked is where it asks Micrometer for them, {@code
 * ObservationDocumentation.observation}: it gets a registry that the agent listens to in place of none, so that it needs no
 * Actuator; a registry of the application's own is listened to beside its other handlers. {@code
 * MessageAggregator.aggregate} and {@code BaseAdvisor.adviseStream} tell the parts of streams, {@code
 * DefaultToolCallingManager.executeToolCalls} that a model asked for tools, which then stand beside its call, {@code
 * DefaultToolExecutionExceptionProcessor.process} that a tool has thrown.
 *
 * <p>A call of the chat client is a chain, or an agent where tools are on offer; advisors are spans, guards guardrails;
 * those that Spring AI puts into each chain by itself are left out. The conversation id is the session of all below a call. Where a
 * provider's own client is observed too, both are one generation with that client's exact request. Spring AI 1 reports
 * with each call what the calls before it in a loop of tools were counted; that is taken off.
 *
 * <p>Not covered: models of the application's own that observe nothing; audio and moderation models; the documents that
 * are added to a vector store; what an image model sets by default; what a tool throws where the application has another
 * {@code ToolExecutionExceptionProcessor}; the provider's own token details of a second call in a loop of tools of Spring
 * AI 1; in a stream of Spring AI 1.0, a place below an advisor that is no {@code BaseAdvisor} and goes on on a thread of
 * its own.
 */
@NullMarked
package dev.sonde.agent.instrumentation.springai;

import org.jspecify.annotations.NullMarked;
