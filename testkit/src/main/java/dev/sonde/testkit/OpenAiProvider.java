package dev.sonde.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A local server with OpenAI's wire for chat completions and responses (plain and streamed, with tools), legacy
 * completions, embeddings, images, speech, transcriptions, translations and moderation, on the loopback interface; chat
 * completions and embeddings at Azure's addresses too, where the model is in the path. See {@link LocalProvider} for what
 * it answers; every image is the same one of one pixel, speech is silent, and in every file the same is heard.
 */
public final class OpenAiProvider extends LocalProvider<OpenAiProvider> {
    private static final Set<String> MODEL_IS_OPTIONAL =
            Set.of("/v1/moderations", "/v1/images/generations", "/v1/images/edits", "/v1/images/variations");

    private final Embeddings embeddings = new Embeddings(tokens);
    private final Clock clock;

    private OpenAiProvider(int port, Clock clock) {
        super(
                port,
                List.of(
                        "/v1/chat/completions",
                        "/v1/responses",
                        "/v1/embeddings",
                        "/v1/completions",
                        "/v1/images/generations",
                        "/v1/images/edits",
                        "/v1/images/variations",
                        "/v1/audio/speech",
                        "/v1/audio/transcriptions",
                        "/v1/audio/translations",
                        "/v1/moderations",
                        "/openai/deployments/{deployment}/chat/completions",
                        "/openai/deployments/{deployment}/embeddings"));
        this.clock = clock;
    }

    /** Starts on a free port; ready when this returns. */
    public static OpenAiProvider start() {
        return start(0);
    }

    /** Starts on this port, or on a free one for 0; ready when this returns. */
    public static OpenAiProvider start(int port) {
        return new OpenAiProvider(port, Clock.systemUTC()).listen();
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
        provider.untilClosed();
    }

    /** What clients take as base URL, ending in {@code /v1}. */
    public URI baseUrl() {
        return origin().resolve("/v1");
    }

    /** What clients of Azure take as endpoint. */
    public URI azureEndpoint() {
        return origin();
    }

    @Override
    protected OpenAiProvider self() {
        return this;
    }

    @Override
    protected HttpResponse respond(ServiceRequestContext context, ReceivedRequest request) {
        JsonNode body = request.body();
        String question = question(context.path());
        if (body instanceof ObjectNode fields && context.pathParam("deployment") != null) {
            fields.put("model", context.pathParam("deployment"));
        }
        if (!request.headers().containsKey("authorization")
                && !request.headers().containsKey("api-key")) {
            return refuse(new Answer.Failure(401, "You didn't provide an API key.", null));
        }
        boolean named = body.has("model") || MODEL_IS_OPTIONAL.contains(context.path());
        if (!named || !body.has(question)) {
            return refuse(new Answer.Failure(400, "Expected a JSON object with model and " + question + ".", null));
        }
        return answer(context, context.path(), body, nextAnswer());
    }

    private HttpResponse answer(ServiceRequestContext context, String path, JsonNode body, Answer answer) {
        long now = clock.instant().getEpochSecond();
        long id = nextId();
        if (path.endsWith("/responses")) {
            ChatRequest request = ResponsesWire.chatRequest(body);
            return send(context, request, new ResponsesWire(request, tokens, "resp_" + id, now), answer);
        }
        if (path.equals("/v1/completions")) {
            ChatRequest request = CompletionWire.chatRequest(body);
            return send(context, request, new CompletionWire(request, tokens, "cmpl-" + id, now), answer);
        }
        ChatRequest request = new ChatRequest(body);
        if (path.contains("/images/")) {
            return send(context, request, new ImagesWire(body, tokens, now, path), answer);
        }
        if (path.startsWith("/v1/audio/") && !path.endsWith("/speech")) {
            Answer heard = answer instanceof Answer.Extractive ? TranscriptWire.heard() : answer;
            return send(context, request, new TranscriptWire(body, tokens), heard);
        }
        boolean given = answer instanceof Answer.Failure || answer instanceof Answer.Recorded;
        if (path.endsWith("/audio/speech") && !given) {
            return stream(context, Speech.frames(body), Speech.type(), answer);
        }
        if (path.endsWith("/moderations") && !given) {
            return paced(json(HttpStatus.OK, ModerationWire.answer(body, "modr-" + id)));
        }
        if (path.endsWith("/embeddings") && !given) {
            return json(HttpStatus.OK, embeddings.answer(body));
        }
        return send(context, request, new ChatWire(request, tokens, "chatcmpl-" + id, now), answer);
    }

    /** The field that says what is wanted. */
    private static String question(String path) {
        return switch (path) {
            case "/v1/completions", "/v1/images/generations", "/v1/images/edits" -> "prompt";
            case "/v1/images/variations" -> "image";
            case "/v1/audio/transcriptions", "/v1/audio/translations" -> "file";
            default -> path.endsWith("/chat/completions") ? "messages" : "input";
        };
    }

    @Override
    protected HttpResponse refuse(Answer.Failure failure) {
        return refusal(failure, error(failure));
    }

    /** The body of an error. */
    static ObjectNode error(Answer.Failure failure) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("error")
                .put("message", failure.message())
                .put("type", errorType(failure.status()))
                .putNull("param")
                .put("code", failure.status() == 401 ? "invalid_api_key" : null);
        return body;
    }

    static String errorType(int status) {
        return switch (status) {
            case 429 -> "rate_limit_exceeded";
            case 500, 502, 503 -> "server_error";
            default -> "invalid_request_error";
        };
    }

    @Override
    protected void addHeaders(ResponseHeadersBuilder headers, long id) {
        headers.add("x-request-id", "req_" + id).add("openai-version", "2020-10-01");
    }
}
