/**
 * Calls made with Azure's OpenAI client ({@code com.azure:azure-ai-openai}), 1.0.0-beta.8 to 1.0.0-beta.16, tested with
 * both.
 *
 * <p>Hooked are the methods of {@code OpenAIClient} and {@code OpenAIAsyncClient} that take options and give models: {@code
 * getChatCompletions}, {@code getEmbeddings} and {@code getChatCompletionsStream}, each also as {@code …WithResponse}. Of
 * {@code com.azure.core.util.IterableStream} {@code iterator} and {@code stream} are hooked, and do nothing for other
 * streams than these.
 *
 * <p>The model that is asked for is the deployment. Requests and answers are recorded as the library's own objects write
 * themselves; members that a version does not know are not in them, such as the details of usage in the oldest. A call of the
 * asynchronous client is observed from its subscription on, once for each; a stream once, for the library keeps its parts
 * for further subscribers, and reads on when a reader leaves. A call is one observation, the library's
 * retries included. A blocking stream that is left in the middle of a loop ends with a warning when its iterator has been
 * collected.
 *
 * <p>Not covered: the methods that take and give {@code BinaryData}, when the application calls them itself; legacy
 * completions, images, audio, files, batches, assistants; {@code ResponsesClient}; the number of retries.
 */
@NullMarked
package dev.sonde.agent.instrumentation.azure;

import org.jspecify.annotations.NullMarked;
