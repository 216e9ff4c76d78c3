/**
 * Calls made with openai-java ({@code com.openai:openai-java-core}), 1.6 to 4.x, tested with 1.6.1, 2.20.1 and 4.101.0.
 *
 * <p>Hooked are the {@code WithRawResponseImpl} classes, blocking and asynchronous, of chat completions, responses and
 * legacy completions ({@code create}, {@code createStreaming}), embeddings and moderation ({@code create}), images
 * ({@code generate}, {@code edit}, {@code createVariation}, from 2.x on {@code generateStreaming} and {@code
 * editStreaming}), speech and translations ({@code create}) and transcriptions ({@code create}, {@code createStreaming}).
 * Every way to call them ends there: the plain methods, structured outputs, {@code withRawResponse()}, {@code
 * withOptions(…)}, Azure, and frameworks that build the client themselves.
 *
 * <p>One logical call is one observation, retries included. Recorded are the request's body and the answer as the
 * client's own mapper writes them, model, parameters, usage, finish reasons, time to the first part of a stream, and
 * errors with their HTTP status. A stream is watched as it is read. Library objects are read by member name only; no
 * type of the library is linked.
 *
 * <p>Images that were drawn are recorded as data URIs, which the exporter uploads. Files that the application uploads are
 * streams that can be read once: of them name, type and, for files and arrays, size are recorded. Of speech the type and
 * the size are recorded, counted while the application reads it. Transcriptions count tokens, audio ones apart, or
 * seconds of audio; images count tokens or, where there are none, images. Moderation is a guardrail.
 *
 * <p>Not covered: assistants, videos, batches, realtime; retrieval of stored completions; the content of raw responses that
 * are read without {@code parse()}; the audio of speech; the number of retries, which the client makes below what is
 * hooked. An asynchronous call whose own future is cancelled ends with a warning when its response is collected. Streams
 * carry usage only when the application asks for it with {@code stream_options.include_usage}.
 */
@NullMarked
package dev.sonde.agent.instrumentation.openai;

import org.jspecify.annotations.NullMarked;
