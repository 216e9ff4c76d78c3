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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A local server with the second version of Cohere's wire for chat (plain and streamed, with tools), embeddings and
 * reranking, on the loopback interface. See {@link LocalProvider} for what it answers. Documents are ranked by the
 * angle between their embeddings and the query's, which are bags of words.
 */
public final class CohereProvider extends LocalProvider<CohereProvider> {
    private static final String CHAT = "/v2/chat";
    private static final String EMBED = "/v2/embed";
    private static final String RERANK = "/v2/rerank";
    private static final Map<String, List<String>> REQUIRED = Map.of(
            CHAT, List.of("model", "messages"),
            EMBED, List.of("model", "texts"),
            RERANK, List.of("model", "query", "documents"));
    private static final int RANKING_DIMENSIONS = 1024;

    private final Embeddings embeddings = new Embeddings(tokens);

    private CohereProvider(int port) {
        super(port, List.copyOf(REQUIRED.keySet()));
    }

    /** Starts on a free port; ready when this returns. */
    public static CohereProvider start() {
        return start(0);
    }

    /** Starts on this port, or on a free one for 0; ready when this returns. */
    public static CohereProvider start(int port) {
        return new CohereProvider(port).listen();
    }

    /** What clients take as base URL: no path, for they add {@code /v2} themselves. */
    public URI baseUrl() {
        return origin();
    }

    @Override
    protected CohereProvider self() {
        return this;
    }

    @Override
    protected HttpResponse respond(ServiceRequestContext context, ReceivedRequest request) {
        JsonNode body = request.body();
        if (!request.headers().containsKey("authorization")) {
            return refuse(new Answer.Failure(401, "no api key supplied", null));
        }
        for (String field : REQUIRED.getOrDefault(request.path(), List.of())) {
            if (!body.has(field)) {
                return refuse(new Answer.Failure(400, "invalid request: " + field + " is required", null));
            }
        }
        Answer answer = nextAnswer();
        String id = "00000000-0000-4000-8000-" + String.format("%012d", nextId());
        return switch (request.path()) {
            case EMBED -> given(answer, embedded(body).put("id", id));
            case RERANK -> given(answer, ranked(body).put("id", id));
            default -> {
                ChatRequest chat = CohereWire.chatRequest(body);
                yield send(context, chat, new CohereWire(chat, tokens, id), answer);
            }
        };
    }

    @Override
    protected HttpResponse refuse(Answer.Failure failure) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("message", failure.message());
        return refusal(failure, body.put("id", "err-" + nextId()));
    }

    @Override
    protected void addHeaders(ResponseHeadersBuilder headers, long id) {
        headers.add("x-debug-trace-id", "trace-" + id);
    }

    /** What came of a call that generates no text: only a failure or a recording stands in for it. */
    private HttpResponse given(Answer answer, ObjectNode body) {
        if (answer instanceof Answer.Failure failure) {
            return refuse(failure);
        }
        return answer instanceof Answer.Recorded recorded ? replay(recorded.recording()) : json(HttpStatus.OK, body);
    }

    private ObjectNode embedded(JsonNode body) {
        ObjectNode asked = JsonNodeFactory.instance.objectNode();
        asked.set("model", body.path("model"));
        asked.set("input", body.path("texts"));
        asked.put("dimensions", body.path("output_dimension").asInt(1536));
        ObjectNode vectors = embeddings.answer(asked);
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode floats = root.putObject("embeddings").putArray("float");
        vectors.path("data").forEach(entry -> floats.add(entry.path("embedding")));
        root.set("texts", body.path("texts"));
        meta(root)
                .put("input_tokens", vectors.path("usage").path("prompt_tokens").asInt());
        return root;
    }

    private ObjectNode ranked(JsonNode body) {
        String model = body.path("model").asText();
        JsonNode documents = body.path("documents");
        JsonNode query = vector(model, body.path("query").asText());
        double[] scores = IntStream.range(0, documents.size())
                .mapToDouble(i -> cosine(query, vector(model, documents.path(i).asText())))
                .toArray();
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode results = root.putArray("results");
        IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> scores[i]).reversed())
                .limit(body.path("top_n").asInt(scores.length))
                .forEach(i -> results.addObject().put("index", i).put("relevance_score", scores[i]));
        meta(root).put("search_units", 1);
        return root;
    }

    private static ObjectNode meta(ObjectNode root) {
        ObjectNode meta = root.putObject("meta");
        meta.putObject("api_version").put("version", "2");
        return meta.putObject("billed_units");
    }

    private JsonNode vector(String model, String text) {
        ObjectNode asked =
                JsonNodeFactory.instance.objectNode().put("model", model).put("input", text);
        return embeddings
                .answer(asked.put("dimensions", RANKING_DIMENSIONS))
                .path("data")
                .path(0)
                .path("embedding");
    }

    /** Vectors have length one. */
    private static double cosine(JsonNode left, JsonNode right) {
        double product = 0;
        for (int i = 0; i < left.size(); i++) {
            product += left.get(i).asDouble() * right.get(i).asDouble();
        }
        return Math.max(0, product);
    }
}
