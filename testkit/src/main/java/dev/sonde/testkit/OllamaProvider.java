package dev.sonde.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A local server with Ollama's wire for chat and prompts (plain and streamed, with tools and thoughts) and embeddings,
 * on the loopback interface. See {@link LocalProvider} for what it answers.
 */
public final class OllamaProvider extends LocalProvider<OllamaProvider> {
    private static final String CHAT = "/api/chat";
    private static final String EMBED = "/api/embed";
    private static final Map<String, String> REQUIRED =
            Map.of(CHAT, "messages", "/api/generate", "prompt", EMBED, "input");
    private static final MediaType LINES = MediaType.create("application", "x-ndjson");

    private final Embeddings embeddings = new Embeddings(tokens);
    private final Clock clock = Clock.systemUTC();

    private OllamaProvider(int port) {
        super(port, List.copyOf(REQUIRED.keySet()));
    }

    /** Starts on a free port; ready when this returns. */
    public static OllamaProvider start() {
        return start(0);
    }

    /** Starts on this port, or on a free one for 0; ready when this returns. */
    public static OllamaProvider start(int port) {
        return new OllamaProvider(port).listen();
    }

    /** What clients take as base URL: no path, for they add {@code /api} themselves. */
    public URI baseUrl() {
        return origin();
    }

    @Override
    protected OllamaProvider self() {
        return this;
    }

    @Override
    protected HttpResponse respond(ServiceRequestContext context, ReceivedRequest request) {
        JsonNode body = request.body();
        String required = REQUIRED.getOrDefault(request.path(), "");
        if (!body.has("model") || !body.has(required)) {
            return refuse(new Answer.Failure(400, "model and " + required + " are required", null));
        }
        Answer answer = nextAnswer();
        if (answer instanceof Answer.Failure failure) {
            return refuse(failure);
        }
        if (answer instanceof Answer.Recorded recorded) {
            return replay(recorded.recording());
        }
        if (request.path().equals(EMBED)) {
            return json(HttpStatus.OK, embedded(body));
        }
        ChatRequest chat = OllamaWire.chatRequest(body);
        OllamaWire wire = new OllamaWire(chat, tokens, request.path().equals(CHAT), clock.instant());
        Answer.Scripted message = message(chat, answer);
        return chat.streams()
                ? stream(context, lines(wire, message, answer), LINES, answer)
                : paced(json(HttpStatus.OK, wire.whole(message)));
    }

    private static List<HttpData> lines(OllamaWire wire, Answer.Scripted message, Answer answer) {
        List<String> lines = new ArrayList<>(wire.events(message));
        if (answer instanceof Answer.FailedStream failed) {
            lines.subList(Math.min(failed.events(), lines.size()), lines.size()).clear();
            lines.add(wire.failure(failed.failure()));
        }
        return lines.stream().map(HttpData::ofUtf8).toList();
    }

    @Override
    protected HttpResponse refuse(Answer.Failure failure) {
        return refusal(failure, OllamaWire.error(failure));
    }

    /** Ollama adds none of its own. */
    @Override
    protected void addHeaders(ResponseHeadersBuilder headers, long id) {}

    private ObjectNode embedded(JsonNode body) {
        ObjectNode asked = JsonNodeFactory.instance.objectNode();
        asked.set("model", body.path("model"));
        asked.set("input", body.path("input"));
        ObjectNode vectors = embeddings.answer(asked.put("dimensions", 8));
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.set("model", body.path("model"));
        ArrayNode all = root.putArray("embeddings");
        vectors.path("data").forEach(entry -> all.add(entry.path("embedding")));
        return root.put("total_duration", 14_143_917L)
                .put("load_duration", 1_019_500L)
                .put(
                        "prompt_eval_count",
                        vectors.path("usage").path("prompt_tokens").asInt());
    }
}
