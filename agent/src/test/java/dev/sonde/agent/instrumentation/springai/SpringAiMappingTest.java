package dev.sonde.agent.instrumentation.springai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.agent.instrumentation.springai.Usages.Counted;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read of objects with the accessors of Spring AI's and the providers'. */
class SpringAiMappingTest {

    /** As Spring AI's {@code Usage}. */
    public record Usage(
            Integer getPromptTokens, Integer getCompletionTokens, Integer getTotalTokens, Object getNativeUsage) {}

    /** As OpenAI's, in Spring AI 1. */
    public record OpenAiUsage(PromptDetails promptTokensDetails, CompletionDetails completionTokenDetails) {}

    public record PromptDetails(Integer cachedTokens, Integer audioTokens) {}

    public record CompletionDetails(Integer reasoningTokens, Integer audioTokens) {}

    /** As Anthropic's. */
    public record AnthropicUsage(Integer cacheReadInputTokens, Integer cacheCreationInputTokens) {}

    /** As chat options. */
    public record ChatOptions(Double getTemperature, Integer getMaxTokens, List<String> getStopSequences) {}

    static Stream<Arguments> usages() {
        return Stream.of(
                Arguments.of("openai", new Usage(0, 0, 0, null), Map.of()),
                Arguments.of("openai", new Usage(12, 7, 19, null), Map.of("input", 12L, "output", 7L, "total", 19L)),
                Arguments.of(
                        "openai",
                        new Usage(12, 7, 19, openAi(4, null, 3, null)),
                        Map.of(
                                "input", 8L,
                                "input_cached_tokens", 4L,
                                "output", 4L,
                                "output_reasoning_tokens", 3L,
                                "total", 19L)),
                Arguments.of(
                        "openai",
                        new Usage(20, 30, 50, openAi(null, 15, null, 25)),
                        Map.of(
                                "input", 5L,
                                "input_audio_tokens", 15L,
                                "output", 5L,
                                "output_audio_tokens", 25L,
                                "total", 50L)),
                Arguments.of(
                        "anthropic",
                        new Usage(12, 7, 19, new AnthropicUsage(100, 40)),
                        Map.of(
                                "input", 12L,
                                "input_cached_tokens", 100L,
                                "input_cache_creation", 40L,
                                "output", 7L,
                                "total", 159L)));
    }

    @ParameterizedTest
    @MethodSource("usages")
    void buckets_doNotOverlap(String provider, Usage usage, Map<String, Long> buckets) {
        assertThat(Usages.buckets(usage, Counted.of(usage), provider)).isEqualTo(buckets);
    }

    @Test
    void counted_withoutWhatWasCountedBefore_isOfThisCallAlone() {
        Counted sum = new Counted(30, 12, 42);

        assertThat(sum.without(new Counted(20, 10, 30))).isEqualTo(new Counted(10, 2, 12));
        assertThat(sum.without(new Counted(31, 0, 31))).isEqualTo(sum); // it is not in there
        assertThat(sum.without(Counted.NOTHING)).isEqualTo(sum);
    }

    @Test
    void options_areThoseThatAreSet() {
        assertThat(Options.chat(null, false)).isEqualTo("{}");
        assertThat(Options.chat(null, true)).isEqualTo("{\"stream\":true}");
        assertThat(Options.chat(new ChatOptions(0.5, null, List.of("end", "\"")), true))
                .isEqualTo("{\"temperature\":0.5,\"stop\":[\"end\",\"\\\"\"],\"stream\":true}");
    }

    @Test
    void said_isAMessageOfAnAssistant() {
        assertThat(Messages.said("Hi", "", List.of())).isEqualTo("{\"role\":\"assistant\",\"content\":\"Hi\"}");
        assertThat(Messages.said("", "why", List.of("{}")))
                .isEqualTo(
                        "{\"role\":\"assistant\",\"content\":null,\"reasoning_content\":\"why\",\"tool_calls\":[{}]}");
    }

    private static OpenAiUsage openAi(Integer cached, Integer audioIn, Integer reasoning, Integer audioOut) {
        return new OpenAiUsage(new PromptDetails(cached, audioIn), new CompletionDetails(reasoning, audioOut));
    }
}
