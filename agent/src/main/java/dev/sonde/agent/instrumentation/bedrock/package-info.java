/**
 * Calls made with the AWS SDK's Bedrock runtime client ({@code software.amazon.awssdk:bedrockruntime}), 2.26.31 to 2.57.x,
 * tested with 2.26.31 and 2.57.8.
 *
 * <p>Hooked are {@code converse}, {@code invokeModel} and {@code applyGuardrail} of the blocking and the asynchronous
 * client, and {@code converseStream} and {@code invokeModelWithResponseStream} of the asynchronous one, as well as {@code
 * invokeGuardrailChecks} where a version has it. Overloads that take a consumer of a builder end there.
 *
 * <p>A call is one observation, the SDK's retries included; its id is the service's request id, but for Claude's bodies,
 * which have an id of their own. Converse is recorded in its own words. Bodies of invoked models are read by their shape
 * and not by the model's name, which may be that of a profile: those of Claude, Nova, Titan, Llama, Mistral, Cohere and
 * whatever else says {@code choices}. Models with {@code embed} in their name, and bodies of their shape, are embeddings.
 * Counts that a body lacks are taken from the service's headers or the last chunk's metrics. Streams are watched as the
 * application's handler takes them; images, documents and videos are recorded as data URIs.
 *
 * <p>Not covered: {@code invokeModelWithBidirectionalStream}, {@code startAsyncInvoke}, {@code countTokens}; the number of
 * retries; requests signed and sent by other clients than the SDK's.
 */
@NullMarked
package dev.sonde.agent.instrumentation.bedrock;

import org.jspecify.annotations.NullMarked;
