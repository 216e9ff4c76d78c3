package dev.sonde.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Answers as the moderation API does; what speaks of killing offends. */
final class ModerationWire {
    private static final String VIOLENCE = "violence";
    private static final List<String> CATEGORIES = List.of(
            "harassment",
            "harassment/threatening",
            "hate",
            "hate/threatening",
            "illicit",
            "illicit/violent",
            "self-harm",
            "self-harm/instructions",
            "self-harm/intent",
            "sexual",
            "sexual/minors",
            VIOLENCE,
            "violence/graphic");

    private ModerationWire() {}

    static ObjectNode answer(JsonNode body, String id) {
        ObjectNode root = JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("model", body.path("model").asText("omni-moderation-latest"));
        ArrayNode results = root.putArray("results");
        JsonNode input = body.path("input");
        boolean texts = input.isArray() && input.path(0).isTextual();
        if (texts) {
            input.forEach(text -> addResult(results, text.asText()));
        } else {
            addResult(results, input.isArray() ? input.toString() : input.asText());
        }
        return root;
    }

    private static void addResult(ArrayNode results, String text) {
        boolean flagged = text.contains("kill");
        ObjectNode result = results.addObject().put("flagged", flagged);
        ObjectNode categories = result.putObject("categories");
        ObjectNode scores = result.putObject("category_scores");
        ObjectNode types = result.putObject("category_applied_input_types");
        for (String category : CATEGORIES) {
            boolean its = flagged && category.equals(VIOLENCE);
            categories.put(category, its);
            scores.put(category, its ? 0.97 : 0.0001);
            types.putArray(category).add("text");
        }
    }
}
