/**
 * Calls made with Alibaba Cloud's SDK for DashScope ({@code com.alibaba:dashscope-sdk-java}), 2.20.8 to 2.22.13, tested with
 * both.
 *
 * <p>Hooked are the four ways in which {@code OkHttpHttpClient} sends a request: {@code send} and {@code streamOut}, each with
 * and without a callback. {@code Generation}, {@code MultiModalConversation} and {@code TextEmbedding} end there. Callbacks
 * are abstract classes, which no stand-in can take the place of: hooked are those that these three wrap around the
 * application's.
 *
 * <p>Requests and answers are recorded as they are sent. A stream that comes as a Flowable of RxJava 2 is observed from its
 * subscription on, once for each. Parts of streams are read as the request has asked for them, as pieces or each with all
 * that came before; the SDK may ask for pieces and put them together for the application itself. Texts of a stream of pieces
 * are one text, also where the wire has them in lists.
 *
 * <p>Not covered: requests over WebSockets; batch and multimodal embeddings, images, audio, video, applications,
 * assistants; requests that are encrypted are recorded as they were before that.
 */
@NullMarked
package dev.sonde.agent.instrumentation.dashscope;

import org.jspecify.annotations.NullMarked;
