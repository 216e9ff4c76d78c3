package dev.sonde.server.pricing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
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
    static OptionalLong count(String encoding, @Nullable String content) {
        if (content == null || content.isEmpty() || content.length() > MOST_CHARACTERS) {
            return OptionalLong.empty();
        }
        return ENCODINGS
                .getEncoding(encoding)
                .map(known -> OptionalLong.of(count(known, content)))
                .orElse(OptionalLong.empty());
    }

    private static long count(Encoding encoding, String content) {
        JsonNode messages = content.startsWith("[") ? parsed(content) : null;
        if (messages == null || !isConversation(messages)) {
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
            JsonNode tree = JSON.readTree(content);
            return tree.isArray() ? tree : null;
        } catch (JsonProcessingException e) {
            return null; // text that begins with a bracket
        }
    }
}
