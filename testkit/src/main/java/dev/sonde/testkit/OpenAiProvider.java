package dev.sonde.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import com.linecorp.armeria.server.ServiceRequestContext;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A local server with OpenAI's wire for chat completions and responses (plain and streamed, with tools) and
 * embeddings, on the loopback interface. It is a stand-in, not a language model: by default it answers with sentences extracted from the
 * prompt. Tests script it with {@link #answerNext} and {@link #answerAlways}. All methods may be called from any
 * thread.
 */
public final class OpenAiProvider implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Server server;
    private final Tokens tokens = new Tokens();
    private final ExtractiveModel model = new ExtractiveModel();
    private final Embeddings embeddings = new Embeddings(tokens);
    private final Clock clock;
    private final Queue<Answer> next = new ConcurrentLinkedQueue<>();
    private final Queue<ReceivedRequest> requests = new ConcurrentLinkedQueue<>();
    private final AtomicLong ids = new AtomicLong();
    private final AtomicInteger cancelledStreams = new AtomicInteger();
    private volatile Answer always = Answer.extractive();
    private volatile Pacing pacing = Pacing.NONE;

    private OpenAiProvider(int port, Clock clock) {
        this.clock = clock;
        this.server = LocalServer.builder(port)
                .service("/health", (ctx, request) -> HttpResponse.of(HttpStatus.OK))
                .service("/v1/chat/completions", (ctx, request) -> aggregated(ctx, request, "messages"))
                .service("/v1/responses", (ctx, request) -> aggregated(ctx, request, "input"))
                .service("/v1/embeddings", (ctx, request) -> aggregated(ctx, request, "input"))
                .build();
    }

    /** Starts on a free port; ready when this returns. */
    public static OpenAiProvider start() {
        return start(0);
    }

    /** Starts on this port, or on a free one for 0; ready when this returns. */
    public static OpenAiProvider start(int port) {
        OpenAiProvider provider = new OpenAiProvider(port, Clock.systemUTC());
        LocalServer.start(provider.server);
        return provider;
    }

    /**
     * Runs a provider until the process ends. Options: {@code --port n} (0, the default, takes a free one and prints
     * it), {@code --first-chunk-millis n} and {@code --chunk-millis n} pace the answers.
     */
    public static void main(String[] arguments) throws InterruptedException {
        // What the binding beside this jar would print of Armeria's start; warnings stay.
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        OpenAiProvider provider = start(Integer.parseInt(options.getOrDefault("--port", "0")));
        provider.pace(new Pacing(
                Duration.ofMillis(Long.parseLong(options.getOrDefault("--first-chunk-millis", "0"))),
                Duration.ofMillis(Long.parseLong(options.getOrDefault("--chunk-millis", "0")))));
        System.out.println(provider.port());
        Runtime.getRuntime().addShutdownHook(new Thread(provider::close, "openai-provider-shutdown"));
        provider.server.blockUntilShutdown();
    }

    public int port() {
        return server.activeLocalPort();
    }

    /** What clients take as base URL, ending in {@code /v1}. */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + port() + "/v1");
    }

    /** Answers the next requests with these, one each, in order; after them the standing answer again. */
    public OpenAiProvider answerNext(Answer... answers) {
        next.addAll(List.of(answers));
        return this;
    }

    /** Replaces the standing answer, which is {@link Answer#extractive()} at first. */
    public OpenAiProvider answerAlways(Answer answer) {
        always = answer;
        return this;
    }

    /** Sets how fast later answers arrive. */
    public OpenAiProvider pace(Pacing replacement) {
        pacing = replacement;
        return this;
    }

    /** What was received so far, oldest first. */
    public List<ReceivedRequest> requests() {
        return List.copyOf(requests);
    }

    /** Streams whose client went away before the end. */
    public int cancelledStreams() {
        return cancelledStreams.get();
    }

    /** Forgets requests, scripted answers and pacing. */
    public void reset() {
        next.clear();
        requests.clear();
        cancelledStreams.set(0);
        always = Answer.extractive();
        pacing = Pacing.NONE;
    }

    @Override
    public void close() {
        server.stop().join();
    }

    private HttpResponse aggregated(ServiceRequestContext context, HttpRequest incoming, String question) {
        return HttpResponse.of(incoming.aggregate().thenApply(request -> {
            JsonNode body = parse(request);
            requests.add(new ReceivedRequest(request.path(), headers(request), body));
            if (!request.headers().contains(HttpHeaderNames.AUTHORIZATION)) {
                return refuse(new Answer.Failure(401, "You didn't provide an API key.", null));
            }
            if (!body.has("model") || !body.has(question)) {
                return refuse(new Answer.Failure(400, "Expected a JSON object with model and " + question + ".", null));
            }
            Answer scripted = next.poll();
            return answer(context, request.path(), body, scripted == null ? always : scripted);
        }));
    }

    private HttpResponse answer(ServiceRequestContext context, String path, JsonNode body, Answer answer) {
        if (answer instanceof Answer.Failure failure) {
            return refuse(failure);
        }
        if (answer instanceof Answer.Recorded recorded) {
            return replay(recorded.recording());
        }
        long now = clock.instant().getEpochSecond();
        long id = ids.incrementAndGet();
        if (path.endsWith("/embeddings")) {
            return json(HttpStatus.OK, embeddings.answer(body));
        }
        if (path.endsWith("/responses")) {
            ChatRequest request = ResponsesWire.chatRequest(body);
            return send(context, request, new ResponsesWire(request, tokens, "resp_" + id, now), answer);
        }
        ChatRequest request = new ChatRequest(body);
        return send(context, request, new ChatWire(request, tokens, "chatcmpl-" + id, now), answer);
    }

    private HttpResponse send(ServiceRequestContext context, ChatRequest request, Wire wire, Answer answer) {
        Answer given = answer instanceof Answer.Cut cut ? cut.answer() : answer;
        Answer.Scripted message = given instanceof Answer.Scripted scripted ? scripted : model.answer(request);
        if (request.streams()) {
            int chunks = answer instanceof Answer.Cut cut ? cut.chunks() : Integer.MAX_VALUE;
            List<HttpData> frames =
                    wire.events(message).stream().map(HttpData::ofUtf8).toList();
            return new PacedStream(context.eventLoop(), frames, chunks, pacing, cancelledStreams::incrementAndGet)
                    .response(headers(HttpStatus.OK, MediaType.EVENT_STREAM.withCharset(StandardCharsets.UTF_8)));
        }
        HttpResponse whole = json(HttpStatus.OK, wire.whole(message));
        return pacing.beforeFirst().isZero() ? whole : HttpResponse.delayed(whole, pacing.beforeFirst());
    }

    private HttpResponse refuse(Answer.Failure failure) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("error")
                .put("message", failure.message())
                .put("type", errorType(failure.status()))
                .putNull("param")
                .put("code", failure.status() == 401 ? "invalid_api_key" : null);
        ResponseHeadersBuilder headers = headers(HttpStatus.valueOf(failure.status()), MediaType.JSON).toBuilder();
        if (failure.retryAfter() != null) {
            headers.set(
                    HttpHeaderNames.RETRY_AFTER,
                    Long.toString(failure.retryAfter().toSeconds()));
        }
        return HttpResponse.of(headers.build(), HttpData.ofUtf8(text(body)));
    }

    private static String errorType(int status) {
        return switch (status) {
            case 429 -> "rate_limit_exceeded";
            case 500, 502, 503 -> "server_error";
            default -> "invalid_request_error";
        };
    }

    private HttpResponse replay(Recording recording) {
        return HttpResponse.of(
                headers(HttpStatus.valueOf(recording.status()), MediaType.parse(recording.contentType())),
                HttpData.ofUtf8(recording.responseBody()));
    }

    private HttpResponse json(HttpStatus status, ObjectNode body) {
        return HttpResponse.of(headers(status, MediaType.JSON), HttpData.ofUtf8(text(body)));
    }

    private ResponseHeaders headers(HttpStatus status, MediaType contentType) {
        return ResponseHeaders.builder(status)
                .contentType(contentType)
                .add("x-request-id", "req_" + ids.get())
                .add("openai-version", "2020-10-01")
                .build();
    }

    private static Map<String, String> headers(AggregatedHttpRequest request) {
        Map<String, String> headers = new HashMap<>();
        request.headers().forEach((name, value) -> headers.putIfAbsent(name.toString(), value));
        return headers;
    }

    private static JsonNode parse(AggregatedHttpRequest request) {
        try {
            JsonNode body = JSON.readTree(request.content().array());
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
