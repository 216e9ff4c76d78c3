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

/**
 * A local server with DashScope's wire for text and multimodal generation (plain and streamed, in pieces or each part with
 * all before it, with tools) and text embeddings, on the loopback interface. See {@link LocalProvider} for what it answers.
 */
public final class DashScopeProvider extends LocalProvider<DashScopeProvider> {
    private static final String SERVICES = "/api/v1/services/";
    private static final String EMBEDDINGS = SERVICES + "embeddings/text-embedding/text-embedding";

    private final Embeddings embeddings = new Embeddings(tokens);

    private DashScopeProvider(int port) {
        super(
                port,
                List.of(
                        SERVICES + "aigc/text-generation/generation",
                        SERVICES + "aigc/multimodal-generation/generation",
                        EMBEDDINGS));
    }

    /** Starts on a free port; ready when this returns. */
    public static DashScopeProvider start() {
        return new DashScopeProvider(0).listen();
    }

    /** What clients take as base URL, ending in {@code /api/v1}. */
    public URI baseUrl() {
        return origin().resolve("/api/v1");
    }

    @Override
    protected DashScopeProvider self() {
        return this;
    }

    @Override
    protected HttpResponse respond(ServiceRequestContext context, ReceivedRequest request) {
        JsonNode body = request.body();
        if (!request.headers().containsKey("authorization")) {
            return refuse(new Answer.Failure(401, "No API-key provided.", null));
        }
        if (!body.has("model") || !body.path("input").isObject()) {
            return refuse(new Answer.Failure(400, "Required parameter(s) missing: model or input.", null));
        }
        Answer answer = nextAnswer();
        String id = "request-" + nextId();
        if (context.path().equals(EMBEDDINGS)) {
            if (answer instanceof Answer.Failure failure) {
                return refuse(failure);
            }
            return answer instanceof Answer.Recorded recorded
                    ? replay(recorded.recording())
                    : json(HttpStatus.OK, embedded(body, id));
        }
        boolean streams = "enable".equals(request.headers().get("x-dashscope-sse"));
        ChatRequest chat = DashScopeWire.chatRequest(body, streams);
        boolean lists = context.path().contains("/multimodal-generation/");
        return send(context, chat, new DashScopeWire(chat, body.path("parameters"), lists, tokens, id), answer);
    }

    @Override
    protected HttpResponse refuse(Answer.Failure failure) {
        return refusal(failure, DashScopeWire.error(failure, "request-" + nextId()));
    }

    @Override
    protected void addHeaders(ResponseHeadersBuilder headers, long id) {
        headers.add("x-request-id", "request-" + id);
    }

    private ObjectNode embedded(JsonNode body, String id) {
        ObjectNode asked = JsonNodeFactory.instance.objectNode();
        asked.set("model", body.path("model"));
        asked.set("input", body.path("input").path("texts"));
        asked.put("dimensions", body.path("parameters").path("dimension").asInt(1024));
        ObjectNode vectors = embeddings.answer(asked);
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode found = root.putObject("output").putArray("embeddings");
        vectors.path("data")
                .forEach(entry -> found.addObject()
                        .put("text_index", entry.path("index").asInt())
                        .set("embedding", entry.path("embedding")));
        root.putObject("usage")
                .put("total_tokens", vectors.path("usage").path("total_tokens").asInt());
        return root.put("request_id", id);
    }
}
