package dev.sonde.server.pricing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import dev.sonde.server.model.PricedModel;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Counts tokens as OpenAI's models do. An encoding is loaded when it is first asked for. Thread-safe. */
final class Tokens {

    /** Counting happens while others wait for their commit; what is longer stays uncounted. */
    private static final int MOST_CHARACTERS = 200_000;

    private static final int PER_MESSAGE = 3;
    private static final int PER_NAME = 1;
    private static final int PER_CONVERSATION = 3;

    private static final JsonMapper JSON = new JsonMapper();
    private static final EncodingRegistry ENCODINGS = Encodings.newLazyEncodingRegistry();

    private Tokens() {}

    /** Tokens of a text or, where it is a JSON array of messages, of the conversation; empty where it cannot be said. */
    static OptionalLong count(PricedModel.Tokenizer tokenizer, @Nullable String content) {
        if (content == null
                || content.isEmpty()
                || content.length() > MOST_CHARACTERS
                || !tokenizer.id().equals("openai")) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(count(encoding(tokenizer), content));
    }

    /** That of the model it names, and of the usual one where nobody knows that model. */
    private static Encoding encoding(PricedModel.Tokenizer tokenizer) {
        String config = tokenizer.config();
        JsonNode json = config == null ? null : parsed(config);
        String model = json == null ? "" : json.path("tokenizerModel").asText("");
        return ENCODINGS.getEncodingForModel(model).orElseGet(() -> ENCODINGS.getEncoding(EncodingType.CL100K_BASE));
    }

    private static long count(Encoding encoding, String content) {
        JsonNode messages = content.startsWith("[") ? parsed(content) : null;
        if (messages == null || !messages.isArray() || !isConversation(messages)) {
            return encoding.countTokensOrdinary(content);
        }
        long sum = PER_CONVERSATION;
        for (JsonNode message : messages) {
            sum += PER_MESSAGE + (message.hasNonNull("name") ? PER_NAME : 0);
            for (String field : new String[] {"content", "role", "name", "tool_calls", "function_call"}) {
                JsonNode value = message.path(field);
                if (!value.isMissingNode() && !value.isNull()) {
                    sum += encoding.countTokensOrdinary(value.isTextual() ? value.asText() : value.toString());
                }
            }
        }
        return sum;
    }

    private static boolean isConversation(JsonNode messages) {
        for (JsonNode message : messages) {
            if (!message.has("role")) {
                return false;
            }
        }
        return !messages.isEmpty();
    }

    private static @Nullable JsonNode parsed(String content) {
        try {
            return JSON.readTree(content);
        } catch (JsonProcessingException e) {
            return null; // text that begins with a bracket
        }
    }
}
