package dev.sonde.agent.instrumentation.plainhttp;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.JsonText;
import dev.sonde.agent.calls.Layer;
import dev.sonde.agent.calls.ModelCall;
import dev.sonde.agent.wire.AnthropicJson;
import dev.sonde.runtime.context.Context;
import dev.sonde.runtime.ends.library.LibraryResults;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request of an HTTP client to a model and its answer, seen while their bodies go by: nothing is read, kept back or
 * asked for that the client does not read or send. Whether it is such a request is known only from its body; where it is
 * not, nothing is recorded. Any thread may call; nothing is thrown.
 */
final class Exchange {
    /** Of a request, and of an answer that does not stream; what is longer is recorded up to there. In bytes. */
    private static final int LIMIT = 4 << 20;

    private final Endpoint endpoint;
    private final String path;
    private final ModelCall call;

    private final Object lock = new Object();
    // Guarded by lock.
    private final Captured request = new Captured(LIMIT);
    private @Nullable Captured whole;
    private @Nullable Frames frames;
    private boolean described;
    private boolean compressed;
    private int status;
    private boolean over;

    private Exchange(Endpoint endpoint, String path, ModelCall call) {
        this.endpoint = endpoint;
        this.path = path;
        this.call = call;
    }

    /**
     * Starts to observe a request to an endpoint.
     *
     * @param path with or without what is before and behind it
     * @return null where something further out records it, and where nothing is running
     */
    static @Nullable Exchange start(Endpoint endpoint, String path, @Nullable String host) {
        Endpoint.Kind kind = endpoint.kind();
        Asked unknown = new Asked(kind.operation(), null, null, "{}", Endpoints.provider(endpoint, host), host);
        ModelCall call = ModelCall.start(Layer.HTTP, kind.type(), unknown);
        return call == null ? null : new Exchange(endpoint, path, call);
    }

    /** Makes the call current on this thread, for clients below that the client calls. */
    Exchange enter() {
        call.enter();
        return this;
    }

    /** On the thread of {@link #enter()}. */
    void leave() {
        call.leave();
    }

    /** The publisher, below which the call is current while somebody subscribes. */
    Object placed(Object publisher) {
        Context context = call.context();
        return context == null ? publisher : LibraryResults.placed(publisher, context);
    }

    /** The request's body begins, maybe once more. */
    void requestBegins() {
        guarded(request::reset);
    }

    /** The next bytes of the request's body. */
    void requested(byte[] data, int offset, int length) {
        guarded(() -> request.add(data, offset, length));
    }

    /** The same, of a buffer that stays as it is. */
    void requested(ByteBuffer data) {
        byte[] bytes = bytes(data);
        requested(bytes, 0, bytes.length);
    }

    /**
     * The head of the response is there.
     *
     * @param contentType null when it does not say
     * @param encoding null when the body is plain where it is seen
     */
    void responds(int httpStatus, @Nullable String contentType, @Nullable String encoding) {
        guarded(() -> {
            status = httpStatus;
            describe(true);
            compressed = encoding != null && encoding.toLowerCase(Locale.ROOT).contains("gzip");
            String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
            boolean events = type.contains("event-stream");
            boolean streams = events || type.contains("ndjson") || (type.contains("json") && endpoint.streamsJson());
            if (!over && streams && !compressed && !refused()) {
                call.streaming(new StreamedParts(endpoint.folding().get()));
                frames = events ? Frames.ofEvents(call::part) : Frames.ofObjects(call::part);
            } else {
                whole = new Captured(LIMIT);
            }
        });
    }

    /** The next bytes of the response's body. */
    void received(byte[] data, int offset, int length) {
        guarded(() -> {
            if (frames != null) {
                frames.add(data, offset, length);
            } else if (whole != null) {
                whole.add(data, offset, length);
            }
        });
    }

    /** The same, of a buffer that stays as it is. */
    void received(ByteBuffer data) {
        byte[] bytes = bytes(data);
        received(bytes, 0, bytes.length);
    }

    /** The response's body is over. */
    void complete() {
        guarded(() -> {
            if (frames != null) {
                frames.ended();
                call.exhausted();
            } else {
                String body = whole == null ? "" : compressed ? whole.takeGzip() : whole.take();
                call.answered(() -> answer(body));
            }
            over = true;
        });
    }

    /** The application wants no more of the response. */
    void closed() {
        guarded(() -> {
            if (frames == null && whole != null && !whole.isEmpty() && !compressed) {
                String body = whole.isCut() ? "" : whole.take();
                if (refused() || JsonEnds.isWhole(body)) {
                    call.answered(() -> answer(body));
                }
            }
            endFrames();
            call.closed();
            over = true;
        });
    }

    /** The application gave the call up. */
    void cancelled() {
        guarded(() -> {
            describe(false);
            endFrames();
            call.cancelled();
            over = true;
        });
    }

    /** Nobody can read the response any more. */
    void abandoned() {
        guarded(() -> {
            call.abandoned();
            over = true;
        });
    }

    /** The request or the reading of the response failed. */
    void failed(Throwable error) {
        guarded(() -> {
            describe(false);
            endFrames();
            call.failed(error);
            over = true;
        });
    }

    /** The last part may have come without what parts it from the next. */
    private void endFrames() {
        if (frames != null) {
            frames.ended();
        }
    }

    private boolean refused() {
        return status < 200 || status > 299;
    }

    private Answered answer(String body) {
        if (refused()) {
            return new Answered(null, null, null, Map.of(), List.of(), Refusals.message(status, body));
        }
        if (body.startsWith("data:") || body.startsWith("event:") || compressedStream(body)) {
            StreamedParts parts = new StreamedParts(endpoint.folding().get());
            Frames cut = body.startsWith("{") || body.startsWith("[")
                    ? Frames.ofObjects(parts::add)
                    : Frames.ofEvents(parts::add);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            cut.add(bytes, 0, bytes.length);
            cut.ended();
            return parts.answered();
        }
        return endpoint.answering().apply(body);
    }

    private boolean compressedStream(String body) {
        return compressed && endpoint.streamsJson() && !body.isEmpty();
    }

    /**
     * Says what is asked, as far as it was sent. What asks nothing of a model is not recorded.
     *
     * @param sent whether the request is out; else it may have failed before its body was read
     */
    private void describe(boolean sent) {
        if (described) {
            return;
        }
        described = true;
        String body = request.take();
        if (body.isEmpty() && !sent && endpoint.kind().unmistakable()) {
            return;
        }
        if (endpoint.shape().test(JsonText.fields(body))) {
            call.asked(endpoint.asking().apply(body, path));
            String user = AnthropicJson.user(body);
            if (user != null) {
                call.note(observation -> observation.attribute("user.id", user));
            }
        } else {
            over = true;
            call.discard();
        }
    }

    /** Runs the step unless the call is over; a defect of ours ends the observation and not the application's request. */
    private void guarded(Runnable step) {
        synchronized (lock) {
            if (over) {
                return;
            }
            try {
                step.run();
            } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
                over = true;
                call.answered(() -> {
                    throw e;
                });
            }
        }
    }

    private static byte[] bytes(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.duplicate().get(bytes);
        return bytes;
    }
}
