package dev.sonde.testkit.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sonde.testkit.Embeddings;
import dev.sonde.testkit.Tokens;

/** Embeddings of Titan, one text a call, and of Cohere, many. */
final class EmbeddingWire {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int DIMENSIONS = 1024;

    private EmbeddingWire() {}

    /** An answer, and how many tokens the texts have, which the service says in a header. */
    record Embedded(ObjectNode body, int tokens) {}

    static Embedded answer(BedrockRequest request, String id, Tokens tokens) {
        JsonNode body = request.body();
        if (body.has("inputText")) {
            String text = body.get("inputText").asText();
            int count = tokens.count(request.model(), text);
            ObjectNode root = JSON.objectNode();
            root.set("embedding", vector(text, body.path("dimensions").asInt(DIMENSIONS)));
            return new Embedded(root.put("inputTextTokenCount", count), count);
        }
        ObjectNode root = JSON.objectNode().put("id", id).put("response_type", "embeddings_floats");
        ArrayNode vectors = root.putArray("embeddings");
        int count = 0;
        for (JsonNode text : body.path("texts")) {
            vectors.add(vector(text.asText(), body.path("output_dimension").asInt(DIMENSIONS)));
            count += tokens.count(request.model(), text.asText());
        }
        root.set("texts", body.path("texts"));
        return new Embedded(root, count);
    }

    private static ArrayNode vector(String text, int dimensions) {
        ArrayNode numbers = JSON.arrayNode();
        for (float value : Embeddings.embed(text, dimensions)) {
            numbers.add(value);
        }
        return numbers;
    }
}
