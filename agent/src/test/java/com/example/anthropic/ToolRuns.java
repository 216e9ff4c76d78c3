package com.example.anthropic;

import com.anthropic.client.AnthropicClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.helpers.BetaToolRunner;
import com.anthropic.models.beta.messages.BetaMessage;
import com.anthropic.models.beta.messages.BetaRawMessageStreamEvent;
import com.anthropic.models.beta.messages.MessageCreateParams;
import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.Iterator;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The library's own loop over turns and tools, which came with version 2. */
final class ToolRuns {
    private ToolRuns() {}

    /** A tool as the library's documentation writes one. */
    @JsonTypeName("greet")
    @JsonClassDescription("Greets a person")
    static final class Greet implements Supplier<String> {
        @JsonPropertyDescription("Who is greeted")
        public String name;

        @Override
        public String get() {
            if (name.equals("Nobody")) {
                throw new IllegalStateException("nobody is there");
            }
            return "Good morning, " + name;
        }
    }

    static String play(AnthropicClient client, String scenario) {
        BetaToolRunner runner = client.beta()
                .messages()
                .toolRunner(MessageCreateParams.builder()
                        .model("claude-sonnet-4-5")
                        .maxTokens(500)
                        .addTool(Greet.class)
                        .addUserMessage("Greet Ada")
                        .build());
        return switch (scenario) {
            case "toolRunner" -> run(runner);
            case "toolRunnerLeft" -> text(runner.iterator().next());
            case "toolRunnerStreaming" -> stream(runner);
            default -> "unknown scenario";
        };
    }

    private static String run(BetaToolRunner runner) {
        StringBuilder said = new StringBuilder();
        for (BetaMessage message : runner) {
            said.append('[').append(text(message)).append(']');
        }
        return said.toString();
    }

    private static String stream(BetaToolRunner runner) {
        StringBuilder said = new StringBuilder();
        Iterator<StreamResponse<BetaRawMessageStreamEvent>> turns =
                runner.streaming().iterator();
        while (turns.hasNext()) {
            try (StreamResponse<BetaRawMessageStreamEvent> turn = turns.next()) {
                said.append('[')
                        .append(turn.stream()
                                .map(event -> event.contentBlockDelta()
                                        .flatMap(delta -> delta.delta().text())
                                        .map(text -> text.text())
                                        .orElse(""))
                                .collect(Collectors.joining()))
                        .append(']');
            }
        }
        return said.toString();
    }

    private static String text(BetaMessage message) {
        return message.content().stream()
                .flatMap(block -> block.text().stream())
                .map(block -> block.text())
                .collect(Collectors.joining());
    }
}
