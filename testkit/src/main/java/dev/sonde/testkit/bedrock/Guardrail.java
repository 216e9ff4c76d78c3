package dev.sonde.testkit.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/**
 * A guardrail whose only policy is a list of words.
 *
 * @param words in any case
 */
record Guardrail(List<String> words) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int CHARACTERS_A_UNIT = 1000;

    Guardrail {
        words = List.copyOf(words);
    }

    /** Looks at every text; each one is blocked as a whole. */
    ObjectNode apply(JsonNode body) {
        ArrayNode matches = JSON.arrayNode();
        int characters = 0;
        for (JsonNode block : body.path("content")) {
            String text = block.path("text").path("text").asText();
            characters += text.length();
            for (String word : words) {
                if (text.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT))) {
                    matches.addObject()
                            .put("match", word)
                            .put("action", "BLOCKED")
                            .put("detected", true);
                }
            }
        }
        ObjectNode root = JSON.objectNode();
        root.putObject("usage")
                .put("topicPolicyUnits", 0)
                .put("contentPolicyUnits", 0)
                .put("wordPolicyUnits", (characters + CHARACTERS_A_UNIT - 1) / CHARACTERS_A_UNIT)
                .put("sensitiveInformationPolicyUnits", 0)
                .put("sensitiveInformationPolicyFreeUnits", 0)
                .put("contextualGroundingPolicyUnits", 0);
        root.put("action", matches.isEmpty() ? "NONE" : "GUARDRAIL_INTERVENED");
        ArrayNode outputs = root.putArray("outputs");
        ArrayNode assessments = root.putArray("assessments");
        if (!matches.isEmpty()) {
            outputs.addObject().put("text", "Blocked.");
            ObjectNode policy = assessments.addObject().putObject("wordPolicy");
            policy.set("customWords", matches);
            policy.putArray("managedWordLists");
        }
        return root;
    }
}
