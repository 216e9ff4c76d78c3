/**
 * Calls made with google-genai ({@code com.google.genai:google-genai}), 1.0 to 2.x, tested with 1.19.0 and 2.0.0.
 *
 * <p>Hooked are the package-private methods of {@code Models} and {@code AsyncModels} that send one request each, for
 * content, streamed content, embeddings and images; every way to call them ends there, {@code Chat} and frameworks
 * included, for the Gemini API and Vertex AI. The public {@code generateContent} is hooked where it may send several: it
 * becomes the chain around them when it does, with the functions it runs as tools. Streams are watched as they are read,
 * by the methods of their iterators.
 *
 * <p>Recorded are contents and configuration as the library's objects write themselves, bytes within them as data URIs,
 * model, usage in exclusive buckets, finish reasons, time to the first part of a stream, and errors with their HTTP
 * status. Library objects are read by member name only; no type of the library is linked.
 *
 * <p>Not covered: videos, batches, live sessions, recontextualised and segmented images, caches, token counts, the
 * interactions of {@code gaos}, functions that the application runs itself, and the number of retries. Vectors are not
 * recorded.
 */
@NullMarked
package dev.sonde.agent.instrumentation.genai;

import org.jspecify.annotations.NullMarked;
