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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A local server with OpenAI's wire for chat completions (plain and streamed, with tools) and embeddings, on the
 * loopback interface. It is a stand-in, not a language model: by default it answers with sentences extracted from the
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
                .service("/v1/chat/completions", (ctx, request) -> aggregated(ctx, request.aggregate(), true))
                .service("/v1/embeddings", (ctx, request) -> aggregated(ctx, request.aggregate(), false))
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

    private HttpResponse aggregated(
            ServiceRequestContext context, CompletableFuture<AggregatedHttpRequest> aggregation, boolean chat) {
        return HttpResponse.of(aggregation.thenApply(request -> {
            JsonNode body = parse(request);
            requests.add(new ReceivedRequest(request.path(), headers(request), body));
            if (!request.headers().contains(HttpHeaderNames.AUTHORIZATION)) {
                return refuse(new Answer.Failure(401, "You didn't provide an API key.", null));
            }
            if (body.isMissingNode() || !body.has("model") || !body.has(chat ? "messages" : "input")) {
                return refuse(
                        new Answer.Failure(400, "Expected a JSON object with model and messages or input.", null));
            }
            Answer scripted = next.poll();
            return chat
                    ? chat(context, new ChatRequest(body), scripted == null ? always : scripted)
                    : embed(body, scripted == null ? always : scripted);
        }));
    }

    private HttpResponse embed(JsonNode body, Answer answer) {
        if (answer instanceof Answer.Failure failure) {
            return refuse(failure);
        }
        return answer instanceof Answer.Recorded recorded
                ? replay(recorded.recording())
                : json(HttpStatus.OK, embeddings.answer(body));
    }

    private HttpResponse chat(ServiceRequestContext context, ChatRequest request, Answer answer) {
        if (answer instanceof Answer.Failure failure) {
            return refuse(failure);
        }
        if (answer instanceof Answer.Recorded recorded) {
            return replay(recorded.recording());
        }
        if (answer instanceof Answer.Cut cut) {
            return stream(context, request, message(request, cut.answer()), cut.chunks());
        }
        Answer.Scripted message = message(request, answer);
        if (request.streams()) {
            return stream(context, request, message, Integer.MAX_VALUE);
        }
        HttpResponse whole = json(HttpStatus.OK, wire(request).completion(message));
        return pacing.beforeFirst().isZero() ? whole : HttpResponse.delayed(whole, pacing.beforeFirst());
    }

    private Answer.Scripted message(ChatRequest request, Answer answer) {
        return answer instanceof Answer.Scripted scripted ? scripted : model.answer(request);
    }

    private ChatWire wire(ChatRequest request) {
        return new ChatWire(
                request,
                tokens,
                "chatcmpl-" + ids.incrementAndGet(),
                clock.instant().getEpochSecond());
    }

    private HttpResponse stream(
            ServiceRequestContext context, ChatRequest request, Answer.Scripted message, int cutAfter) {
        List<HttpData> frames = Stream.concat(
                        wire(request).chunks(message).stream().map(OpenAiProvider::text), Stream.of("[DONE]"))
                .map(data -> HttpData.ofUtf8("data: " + data + "\n\n"))
                .toList();
        return new PacedStream(context.eventLoop(), frames, cutAfter, pacing, cancelledStreams::incrementAndGet)
                .response(headers(HttpStatus.OK, MediaType.EVENT_STREAM.withCharset(StandardCharsets.UTF_8)));
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
