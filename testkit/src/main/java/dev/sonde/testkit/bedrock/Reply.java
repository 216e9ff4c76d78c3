package dev.sonde.testkit.bedrock;

import dev.sonde.testkit.Answer;
import java.util.List;

/**
 * What the model says to one request.
 *
 * @param id unlike any other reply's
 * @param usage cached and cache-written tokens are parts of the prompt
 * @param pieces the text in pieces of a token; empty when the message has none
 */
record Reply(BedrockRequest request, String id, Answer.Scripted message, Answer.Usage usage, List<String> pieces) {
    /** The text; empty when the message only calls tools. */
    String text() {
        return String.join("", pieces);
    }

    /** Tokens of the prompt that no cache held or took. */
    int freshInput() {
        return usage.prompt() - usage.cached() - usage.cacheWritten();
    }

    boolean callsTools() {
        return !message.toolCalls().isEmpty();
    }

    String toolCallId(int position) {
        return "tooluse_" + position + "_" + id;
    }
}
