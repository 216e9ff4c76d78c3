package dev.sonde.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A local server with the wire of the Gemini API for content (plain and streamed, with functions and thoughts),
 * embeddings and images, on the loopback interface. See {@link LocalProvider} for what it answers. Tokens are counted by
 * a tokeniser that is not Gemini's, so counts are plausible, not equal; every image is the same one of one pixel.
 */
public final class GeminiProvider extends LocalProvider<GeminiProvider> {
    /** Versions of the Gemini API, and of Vertex AI for callers with nothing but a key. */
    private static final List<String> MODELS =
            List.of("/v1/models/", "/v1beta/models/", "/v1beta1/publishers/google/models/");

    private static final Pattern CALL = Pattern.compile(".*/models/([^:?]+):(\\w+)(\\?.*)?");
    /** What each call's body must have. */
    private static final Map<String, String> REQUIRED = Map.of(
            "generateContent", "contents",
            "streamGenerateContent", "contents",
            "embedContent", "content",
            "batchEmbedContents", "requests",
            "predict", "instances");

    private static final String PIXEL =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=";

    private final Embeddings embeddings = new Embeddings(tokens);

    private GeminiProvider(int port) {
        super(port, MODELS.stream().map(path -> "prefix:" + path).toList());
    }

    /** Starts on a free port; ready when this returns. */
    public static GeminiProvider start() {
        return start(0);
    }

    /** Starts on this port, or on a free one for 0; ready when this returns. */
    public static GeminiProvider start(int port) {
        return new GeminiProvider(port).listen();
    }

    /** What clients take as base URL: no path, for they add {@code /v1beta} and the like themselves. */
    public URI baseUrl() {
        return origin();
    }

    @Override
    protected GeminiProvider self() {
        return this;
    }

    @Override
    protected HttpResponse respond(ServiceRequestContext context, ReceivedRequest request) {
        if (!request.headers().containsKey("x-goog-api-key")) {
            return refuse(new Answer.Failure(403, "Method doesn't allow unregistered callers.", null));
        }
        Matcher call = CALL.matcher(request.path());
        if (!call.matches() || !REQUIRED.containsKey(call.group(2))) {
            return refuse(new Answer.Failure(404, "Unknown path " + request.path(), null));
        }
        String method = call.group(2);
        JsonNode body = request.body();
        String required = REQUIRED.get(method);
        if (!body.has(required)) {
            return refuse(new Answer.Failure(400, "* " + required + ": is not specified", null));
        }
        Answer answer = nextAnswer();
        return switch (method) {
            case "embedContent", "batchEmbedContents" ->
                given(answer, embedded(call.group(1), body, method.startsWith("batch")));
            case "predict" -> given(answer, images(body));
            default -> {
                ChatRequest chat = GeminiWire.chatRequest(call.group(1), body, method.startsWith("stream"));
                yield send(context, chat, new GeminiWire(chat, tokens, "resp-" + nextId()), answer);
            }
        };
    }

    @Override
    protected HttpResponse refuse(Answer.Failure failure) {
        return refusal(failure, GeminiWire.error(failure));
    }

    @Override
    protected void addHeaders(ResponseHeadersBuilder headers, long id) {
        headers.add("server-timing", "gfet4t7; dur=" + id);
    }

    /** What came of a call that generates no text: only a failure or a recording stands in for it. */
    private HttpResponse given(Answer answer, ObjectNode body) {
        if (answer instanceof Answer.Failure failure) {
            return refuse(failure);
        }
        return answer instanceof Answer.Recorded recorded ? replay(recorded.recording()) : json(HttpStatus.OK, body);
    }

    private ObjectNode embedded(String model, JsonNode body, boolean batch) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        if (!batch) {
            root.set("embedding", embedding(model, body));
            return root;
        }
        ArrayNode vectors = root.putArray("embeddings");
        body.path("requests").forEach(request -> vectors.add(embedding(model, request)));
        return root;
    }

    private ObjectNode embedding(String model, JsonNode request) {
        StringBuilder text = new StringBuilder();
        request.path("content")
                .path("parts")
                .forEach(part -> text.append(part.path("text").asText()).append('\n'));
        ObjectNode asked =
                JsonNodeFactory.instance.objectNode().put("model", model).put("input", text.toString());
        asked.put("dimensions", request.path("outputDimensionality").asInt(3072));
        JsonNode vector = embeddings.answer(asked).path("data").path(0).path("embedding");
        ObjectNode embedding = JsonNodeFactory.instance.objectNode();
        embedding.set("values", vector);
        return embedding;
    }

    private static ObjectNode images(JsonNode body) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode predictions = root.putArray("predictions");
        int wanted = body.path("parameters").path("sampleCount").asInt(1);
        for (int i = 0; i < wanted; i++) {
            predictions.addObject().put("mimeType", "image/png").put("bytesBase64Encoded", PIXEL);
        }
        return root;
    }
}
