package dev.sonde.testkit.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.sonde.testkit.Answer;
import dev.sonde.testkit.ChatRequest;
import dev.sonde.testkit.LocalProvider;
import dev.sonde.testkit.ReceivedRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A local server with the wire of Amazon Bedrock's runtime: Converse and InvokeModel, plain and as event streams, with
 * the bodies of Claude, Nova, Titan, Llama, Mistral and Cohere, embeddings of Titan and Cohere, and a guardrail.
 * Signatures are not checked, but must be there.
 */
public final class BedrockProvider extends LocalProvider<BedrockProvider> {
    private static final MediaType EVENT_STREAM = MediaType.parse("application/vnd.amazon.eventstream");
    private static final String METRICS = "amazon-bedrock-invocationMetrics";
    private static final String PADDING = "abcd";

    private final Queue<BedrockRecording> replays = new ConcurrentLinkedQueue<>();
    private volatile Guardrail guardrail = new Guardrail(List.of());

    private BedrockProvider() {
        super(
                0,
                List.of(
                        "/model/{model}/converse",
                        "/model/{model}/converse-stream",
                        "/model/{model}/invoke",
                        "/model/{model}/invoke-with-response-stream",
                        "/guardrail/{id}/version/{version}/apply"));
    }

    /** Starts on a free port; ready when this returns. */
    public static BedrockProvider start() {
        return new BedrockProvider().listen();
    }

    /** What clients take as endpoint override. */
    public URI endpoint() {
        return origin();
    }

    /** Answers the next request byte for byte as the real service did. */
    public BedrockProvider replayNext(BedrockRecording recording) {
        replays.add(recording);
        return this;
    }

    /** Lets the guardrail intervene on texts with one of these words, and on no others. */
    public BedrockProvider block(String... words) {
        guardrail = new Guardrail(List.of(words));
        return this;
    }

    @Override
    protected BedrockProvider self() {
        return this;
    }

    @Override
    protected HttpResponse respond(ServiceRequestContext context, ReceivedRequest request) {
        if (!request.headers().containsKey("authorization")) {
            return refuse(new Answer.Failure(403, "Missing Authentication Token", null));
        }
        if (!request.body().isObject() || request.body().isEmpty()) {
            return refuse(new Answer.Failure(400, "Expected a JSON object.", null));
        }
        BedrockRecording recording = replays.poll();
        if (recording != null) {
            return replay(recording);
        }
        String operation = request.path().substring(request.path().lastIndexOf('/') + 1);
        if (operation.equals("apply")) {
            return json(HttpStatus.OK, guardrail.apply(request.body()));
        }
        Answer answer = nextAnswer();
        return answer instanceof Answer.Failure failure
                ? refuse(failure)
                : answer(
                        context,
                        operation,
                        new BedrockRequest(String.valueOf(context.pathParam("model")), request.body()),
                        answer);
    }

    private HttpResponse answer(
            ServiceRequestContext context, String operation, BedrockRequest request, Answer answer) {
        String id = Long.toString(nextId());
        if (operation.equals("invoke") && request.isOf("embed")) {
            EmbeddingWire.Embedded embedded = EmbeddingWire.answer(request, id, tokens);
            return counted(json(HttpStatus.OK, embedded.body()), Map.of("input-token-count", embedded.tokens()));
        }
        Reply reply = reply(request, id, answer);
        return switch (operation) {
            case "converse" -> paced(json(HttpStatus.OK, ConverseWire.whole(reply)));
            case "invoke" ->
                paced(counted(json(HttpStatus.OK, VendorWire.of(request).whole(reply)), counts(reply)));
            case "converse-stream" -> stream(context, events(reply), answer);
            default ->
                stream(context, chunks(reply), answer)
                        .mapHeaders(headers -> headers.toBuilder()
                                .set("x-amzn-bedrock-content-type", "application/json")
                                .build());
        };
    }

    private Reply reply(BedrockRequest request, String id, Answer answer) {
        ChatRequest chat = request.chat();
        Answer.Scripted message = message(chat, answer);
        return new Reply(
                request,
                id,
                message,
                tokens.usage(chat, message, 1),
                message.content() == null ? List.of() : tokens.split(request.model(), message.content()));
    }

    private HttpResponse stream(ServiceRequestContext context, List<HttpData> messages, Answer answer) {
        if (!(answer instanceof Answer.FailedStream failed)) {
            return stream(context, messages, EVENT_STREAM, answer);
        }
        List<HttpData> begun = new ArrayList<>(messages.subList(0, Math.min(failed.events(), messages.size())));
        String type = failed.failure().status() == 424 ? "ModelStreamErrorException" : errorType(failed.failure());
        begun.add(EventStream.exception(
                Character.toLowerCase(type.charAt(0)) + type.substring(1),
                error(failed.failure()).toString()));
        return stream(context, begun, EVENT_STREAM, answer);
    }

    private static List<HttpData> events(Reply reply) {
        return ConverseWire.events(reply).stream()
                .map(event -> EventStream.event(
                        event.type(), event.payload().put("p", PADDING).toString()))
                .toList();
    }

    /** Each chunk's JSON is in base64; the last has the service's own counts. */
    private static List<HttpData> chunks(Reply reply) {
        List<ObjectNode> chunks = VendorWire.of(reply.request()).chunks(reply);
        chunks.get(chunks.size() - 1)
                .putObject(METRICS)
                .put("inputTokenCount", reply.freshInput())
                .put("outputTokenCount", reply.usage().completion())
                .put("invocationLatency", 12)
                .put("firstByteLatency", 6)
                .put("cacheReadInputTokenCount", reply.usage().cached())
                .put("cacheWriteInputTokenCount", reply.usage().cacheWritten());
        return chunks.stream()
                .map(chunk ->
                        Base64.getEncoder().encodeToString(chunk.toString().getBytes(StandardCharsets.UTF_8)))
                .map(bytes -> JsonNodeFactory.instance
                        .objectNode()
                        .put("bytes", bytes)
                        .put("p", PADDING))
                .map(payload -> EventStream.event("chunk", payload.toString()))
                .toList();
    }

    private static Map<String, Integer> counts(Reply reply) {
        return Map.of(
                "input-token-count", reply.freshInput(),
                "output-token-count", reply.usage().completion(),
                "cache-read-input-token-count", reply.usage().cached(),
                "cache-write-input-token-count", reply.usage().cacheWritten());
    }

    private static HttpResponse counted(HttpResponse response, Map<String, Integer> counts) {
        return response.mapHeaders(headers -> {
            ResponseHeadersBuilder more = headers.toBuilder();
            counts.forEach((name, count) -> more.set("x-amzn-bedrock-" + name, Integer.toString(count)));
            return more.build();
        });
    }

    @Override
    protected HttpResponse refuse(Answer.Failure failure) {
        return refusal(failure, error(failure))
                .mapHeaders(headers -> headers.toBuilder()
                        .set("x-amzn-errortype", errorType(failure))
                        .build());
    }

    private static JsonNode error(Answer.Failure failure) {
        return JsonNodeFactory.instance.objectNode().put("message", failure.message());
    }

    private static String errorType(Answer.Failure failure) {
        return switch (failure.status()) {
            case 400 -> "ValidationException";
            case 403 -> "AccessDeniedException";
            case 404 -> "ResourceNotFoundException";
            case 408 -> "ModelTimeoutException";
            case 424 -> "ModelErrorException";
            case 429 -> "ThrottlingException";
            case 503 -> "ServiceUnavailableException";
            default -> "InternalServerException";
        };
    }

    private static HttpResponse replay(BedrockRecording recording) {
        ResponseHeadersBuilder headers = ResponseHeaders.builder(HttpStatus.valueOf(recording.status()));
        recording.headers().forEach((name, value) -> headers.set(name.toLowerCase(Locale.ROOT), value));
        return HttpResponse.of(headers.build(), recording.body());
    }

    @Override
    protected void addHeaders(ResponseHeadersBuilder headers, long id) {
        headers.add("x-amzn-requestid", "request-" + id);
    }
}
