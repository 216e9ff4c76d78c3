package dev.sonde.agent.instrumentation.plainhttp;

import dev.sonde.testkit.AnthropicProvider;
import dev.sonde.testkit.GeminiProvider;
import dev.sonde.testkit.LocalProvider;
import dev.sonde.testkit.OllamaProvider;
import dev.sonde.testkit.OpenAiProvider;
import java.net.URI;
import java.util.Locale;
import java.util.Map;

/** What a server and its clients say on one wire, and what is to be seen of it. */
enum Wire {
    OPENAI(
            "openai",
            "chat gpt-4o-mini",
            "[{\"role\":\"user\",\"content\":\"Say hello\"}]",
            "/content",
            "stop",
            Map.of("input", 8L, "input_cached_tokens", 4L, "output", 4L, "output_reasoning_tokens", 3L, "total", 19L)) {
        @Override
        LocalProvider<?> start() {
            return OpenAiProvider.start();
        }

        @Override
        URI address(LocalProvider<?> provider) {
            return ((OpenAiProvider) provider).baseUrl();
        }
    },
    ANTHROPIC(
            "anthropic",
            "chat claude-sonnet-4-5",
            "[{\"role\":\"user\",\"content\":\"Say hello\"}]",
            "/content/0/text",
            "end_turn",
            Map.of("input", 8L, "input_cached_tokens", 4L, "output", 7L, "total", 19L)) {
        @Override
        LocalProvider<?> start() {
            return AnthropicProvider.start();
        }

        @Override
        URI address(LocalProvider<?> provider) {
            return ((AnthropicProvider) provider).baseUrl();
        }
    },
    GEMINI(
            "gcp.gemini",
            "generate_content gemini-2.5-flash",
            "[{\"role\":\"user\",\"parts\":[{\"text\":\"Say hello\"}]}]",
            "/parts/0/text",
            "STOP",
            Map.of("input", 8L, "input_cached_tokens", 4L, "output", 4L, "output_reasoning_tokens", 3L, "total", 19L)) {
        @Override
        LocalProvider<?> start() {
            return GeminiProvider.start();
        }

        @Override
        URI address(LocalProvider<?> provider) {
            return ((GeminiProvider) provider).baseUrl();
        }
    },
    OLLAMA(
            "ollama",
            "chat llama3.2",
            "[{\"role\":\"user\",\"content\":\"Say hello\"}]",
            "/content",
            "stop",
            Map.of("input", 12L, "output", 7L, "total", 19L)) {
        @Override
        LocalProvider<?> start() {
            return OllamaProvider.start();
        }

        @Override
        URI address(LocalProvider<?> provider) {
            return ((OllamaProvider) provider).baseUrl();
        }
    };

    /** By the word for it. */
    final String providerName;

    final String observationName;
    final String input;

    /** Where the answer's text is within the output. */
    final String text;

    final String finishReason;
    final Map<String, Long> usage;

    Wire(
            String providerName,
            String observationName,
            String input,
            String text,
            String finishReason,
            Map<String, Long> usage) {
        this.providerName = providerName;
        this.observationName = observationName;
        this.input = input;
        this.text = text;
        this.finishReason = finishReason;
        this.usage = usage;
    }

    abstract LocalProvider<?> start();

    abstract URI address(LocalProvider<?> provider);

    /** The word for it in scenarios. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
