package dev.sonde.agent.instrumentation.cohere;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.JsonText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reranking: a query and documents in, their order by relevance out. */
final class RerankEndpoint implements Endpoint {
    @Override
    public String observationType() {
        return "RETRIEVER";
    }

    @Override
    public Asked asked(@Nullable String bodyJson) {
        Map<String, String> body = JsonText.fields(bodyJson);
        String model = JsonText.stringOrNull(body.remove("model"));
        String input = CohereJson.takeInput(body, "query", "documents");
        return new Asked("rerank", model, input, CohereJson.parameters(body));
    }

    @Override
    public Answered answered(Mapper mapper, Object response) {
        return answered(mapper.json(response));
    }

    static Answered answered(@Nullable String responseJson) {
        Map<String, String> response = JsonText.fields(responseJson);
        return new Answered(
                JsonText.stringOrNull(response.get("id")),
                null,
                response.get("results"),
                CohereJson.metaUsage(response.get("meta")),
                List.of(),
                null);
    }
}
