package com.example.anthropic;

import com.anthropic.client.AnthropicClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.beta.messages.BetaMessage;
import com.anthropic.models.beta.messages.BetaRawMessageStreamEvent;
import com.anthropic.models.beta.messages.MessageCreateParams;
import java.util.stream.Collectors;

/** The scenarios of the beta API, blocking and not. */
final class BetaCalls {
    private final AnthropicClient client;

    BetaCalls(AnthropicClient client) {
        this.client = client;
    }

    String play(String scenario) {
        return switch (scenario) {
            case "beta" -> text(client.beta().messages().create(request()));
            case "betaAsync" ->
                text(client.async().beta().messages().create(request()).join());
            case "betaStreaming" -> streaming();
            default -> "unknown scenario";
        };
    }

    private String streaming() {
        try (StreamResponse<BetaRawMessageStreamEvent> response =
                client.beta().messages().createStreaming(request())) {
            return response.stream().map(BetaCalls::text).collect(Collectors.joining());
        }
    }

    private static MessageCreateParams request() {
        return MessageCreateParams.builder()
                .model("claude-sonnet-4-5")
                .maxTokens(500)
                .addUserMessage("Say hello")
                .build();
    }

    private static String text(BetaMessage message) {
        return message.content().stream()
                .flatMap(block -> block.text().stream())
                .map(block -> block.text())
                .collect(Collectors.joining());
    }

    private static String text(BetaRawMessageStreamEvent event) {
        return event.contentBlockDelta()
                .flatMap(delta -> delta.delta().text())
                .map(text -> text.text())
                .orElse("");
    }
}
