package dev.sonde.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Embeds text as a hashed bag of its words: equal words point the same way, so that near texts are near, but synonyms
 * are not known. Vectors have length one.
 */
public final class Embeddings {
    private static final int DEFAULT_DIMENSIONS = 1536;
    private static final Pattern WORD_BREAK = Pattern.compile("[^\\p{L}\\p{N}]+");

    private final Tokens tokens;

    Embeddings(Tokens tokens) {
        this.tokens = tokens;
    }

    ObjectNode answer(JsonNode body) {
        String model = body.path("model").asText();
        int dimensions = body.path("dimensions").asInt(DEFAULT_DIMENSIONS);
        boolean packed = body.path("encoding_format").asText("float").equals("base64");
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("object", "list");
        ArrayNode data = root.putArray("data");
        int promptTokens = 0;
        for (String text : inputs(body.path("input"))) {
            float[] vector = embed(text, dimensions);
            ObjectNode entry = data.addObject().put("object", "embedding").put("index", data.size() - 1);
            if (packed) {
                entry.put("embedding", pack(vector));
            } else {
                ArrayNode numbers = entry.putArray("embedding");
                for (float value : vector) {
                    numbers.add(value);
                }
            }
            promptTokens += tokens.count(model, text);
        }
        root.put("model", model);
        root.putObject("usage").put("prompt_tokens", promptTokens).put("total_tokens", promptTokens);
        return root;
    }

    private static List<String> inputs(JsonNode input) {
        List<String> texts = new ArrayList<>();
        if (input.isArray()) {
            input.forEach(text -> texts.add(text.asText()));
        } else {
            texts.add(input.asText());
        }
        return texts;
    }

    /** The vector of a text. */
    public static float[] embed(String text, int dimensions) {
        float[] vector = new float[dimensions];
        for (String word :
                WORD_BREAK.splitAsStream(text.toLowerCase(Locale.ROOT)).toList()) {
            int hash = word.hashCode() * 0x9E3779B9;
            vector[Math.floorMod(hash, dimensions)] += (hash & 0x10000) == 0 ? 1 : -1;
        }
        double squares = 0;
        for (float value : vector) {
            squares += value * value;
        }
        float length = squares == 0 ? 1 : (float) Math.sqrt(squares);
        for (int i = 0; i < dimensions; i++) {
            vector[i] /= length;
        }
        return vector;
    }

    private static String pack(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
