package dev.sonde.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the local stand-ins for providers share: a server on the loopback interface, the answers tests script with {@link
 * #answerNext} and {@link #answerAlways}, their pace, and the requests received. None is a language model: by default
 * they answer with sentences extracted from the prompt. All methods may be called from any thread.
 *
 * @param <P> the provider itself
 */
public abstract class LocalProvider<P extends LocalProvider<P>> implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    protected final Tokens tokens = new Tokens();

    private final Server server;
    private final ExtractiveModel model = new ExtractiveModel();
    private final Queue<Answer> next = new ConcurrentLinkedQueue<>();
    private final Queue<ReceivedRequest> requests = new ConcurrentLinkedQueue<>();
    private final AtomicLong ids = new AtomicLong();
    private final AtomicInteger cancelledStreams = new AtomicInteger();
    private volatile Answer always = Answer.extractive();
    private volatile Pacing pacing = Pacing.NONE;

    /** A provider that does not listen yet; port 0 takes a free one. */
    protected LocalProvider(int port, List<String> paths) {
        ServerBuilder builder =
                LocalServer.builder(port).service("/health", (ctx, request) -> HttpResponse.of(HttpStatus.OK));
        paths.forEach(path -> builder.service(path, this::aggregated));
        this.server = builder.build();
    }

    /** This provider, by its own type. */
    protected abstract P self();

    /** Answers one request: with an error when it is not what the wire asks for, else with {@link #nextAnswer}. */
    protected abstract HttpResponse respond(ServiceRequestContext context, ReceivedRequest request);

    /** An error in the provider's shape. */
    protected abstract HttpResponse refuse(Answer.Failure failure);

    /** Adds the headers that the provider sends with every answer. */
    protected abstract void addHeaders(ResponseHeadersBuilder headers, long id);

    public final int port() {
        return server.activeLocalPort();
    }

    /** The server's own address, without a path. */
    protected final URI origin() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** Answers the next requests with these, one each, in order; after them the standing answer again. */
    public final P answerNext(Answer... answers) {
        next.addAll(List.of(answers));
        return self();
    }

    /** Replaces the standing answer, which is {@link Answer#extractive()} at first. */
    public final P answerAlways(Answer answer) {
        always = answer;
        return self();
    }

    /** Sets how fast later answers arrive. */
    public final P pace(Pacing replacement) {
        pacing = replacement;
        return self();
    }

    /** What was received so far, oldest first. */
    public final List<ReceivedRequest> requests() {
        return List.copyOf(requests);
    }

    /** Streams whose client went away before the end. */
    public final int cancelledStreams() {
        return cancelledStreams.get();
    }

    /** Forgets requests, scripted answers and pacing. */
    public final void reset() {
        next.clear();
        requests.clear();
        cancelledStreams.set(0);
        always = Answer.extractive();
        pacing = Pacing.NONE;
    }

    @Override
    public final void close() {
        server.stop().join();
    }

    /** Starts listening; ready when this returns. */
    protected final P listen() {
        LocalServer.start(server);
        return self();
    }

    final void untilClosed() throws InterruptedException {
        server.blockUntilShutdown();
    }

    /** A number that no other request has. */
    protected final long nextId() {
        return ids.incrementAndGet();
    }

    /** What to answer to the request at hand. */
    protected final Answer nextAnswer() {
        Answer scripted = next.poll();
        return scripted == null ? always : scripted;
    }

    /** Sends an answer over a wire, whole or as a stream. */
    final HttpResponse send(ServiceRequestContext context, ChatRequest request, Wire wire, Answer answer) {
        if (answer instanceof Answer.Failure failure) {
            return refuse(failure);
        }
        if (answer instanceof Answer.Recorded recorded) {
            return replay(recorded.recording());
        }
        if (!request.streams()) {
            return paced(json(HttpStatus.OK, wire.whole(message(request, answer))));
        }
        List<String> events = new ArrayList<>(wire.events(message(request, answer)));
        if (answer instanceof Answer.FailedStream failed) {
            events.subList(Math.min(failed.events(), events.size()), events.size())
                    .clear();
            events.add(wire.failure(failed.failure()));
        }
        return stream(
                context,
                events.stream().map(HttpData::ofUtf8).toList(),
                MediaType.EVENT_STREAM.withCharset(StandardCharsets.UTF_8),
                answer);
    }

    /** A whole answer, as late as the pace says. */
    protected final HttpResponse paced(HttpResponse whole) {
        return pacing.beforeFirst().isZero() ? whole : HttpResponse.delayed(whole, pacing.beforeFirst());
    }

    /** Sends these frames at the pace, cut where the answer says so. */
    protected final HttpResponse stream(
            ServiceRequestContext context, List<HttpData> frames, MediaType contentType, Answer answer) {
        int cutAfter = answer instanceof Answer.Cut cut ? cut.chunks() : Integer.MAX_VALUE;
        return new PacedStream(context.eventLoop(), frames, cutAfter, pacing, cancelledStreams::incrementAndGet)
                .response(headers(HttpStatus.OK, contentType));
    }

    /** What the answer says: its own words, or what the model finds. */
    protected final Answer.Scripted message(ChatRequest request, Answer answer) {
        if (answer instanceof Answer.Cut cut) {
            return message(request, cut.answer());
        }
        if (answer instanceof Answer.FailedStream failed) {
            return message(request, failed.answer());
        }
        return answer instanceof Answer.Scripted scripted ? scripted : model.answer(request);
    }

    final HttpResponse replay(Recording recording) {
        return HttpResponse.of(
                headers(HttpStatus.valueOf(recording.status()), MediaType.parse(recording.contentType())),
                HttpData.ofUtf8(recording.responseBody()));
    }

    /** A body of this JSON. */
    protected final HttpResponse json(HttpStatus status, JsonNode body) {
        return HttpResponse.of(headers(status, MediaType.JSON), HttpData.ofUtf8(text(body)));
    }

    /** An error of this body, which says how long to wait when the failure does. */
    protected final HttpResponse refusal(Answer.Failure failure, JsonNode body) {
        ResponseHeadersBuilder headers = headers(HttpStatus.valueOf(failure.status()), MediaType.JSON).toBuilder();
        if (failure.retryAfter() != null) {
            headers.set(
                    HttpHeaderNames.RETRY_AFTER,
                    Long.toString(failure.retryAfter().toSeconds()));
        }
        return HttpResponse.of(headers.build(), HttpData.ofUtf8(text(body)));
    }

    private ResponseHeaders headers(HttpStatus status, MediaType contentType) {
        ResponseHeadersBuilder headers = ResponseHeaders.builder(status).contentType(contentType);
        addHeaders(headers, ids.get());
        return headers.build();
    }

    private HttpResponse aggregated(ServiceRequestContext context, HttpRequest incoming) {
        return HttpResponse.of(incoming.aggregate()
                .thenCompose(request -> parse(request).thenApply(body -> {
                    ReceivedRequest received = new ReceivedRequest(request.path(), headers(request), body);
                    requests.add(received);
                    return respond(context, received);
                })));
    }

    private static Map<String, String> headers(AggregatedHttpRequest request) {
        Map<String, String> headers = new HashMap<>();
        request.headers().forEach((name, value) -> headers.putIfAbsent(name.toString(), value));
        return headers;
    }

    private static CompletableFuture<JsonNode> parse(AggregatedHttpRequest request) {
        return FormBody.isForm(request)
                ? FormBody.parse(request)
                : CompletableFuture.completedFuture(parseJson(request.content().array()));
    }

    private static JsonNode parseJson(byte[] content) {
        try {
            JsonNode body = JSON.readTree(content);
            return body != null && body.isObject() ? body : MissingNode.getInstance();
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private static String text(JsonNode json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree could not be written", e);
        }
    }
}
