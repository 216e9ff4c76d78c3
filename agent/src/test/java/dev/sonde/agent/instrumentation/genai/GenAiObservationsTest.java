package dev.sonde.agent.instrumentation.genai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.wire.GeminiContent;
import dev.sonde.agent.wire.GeminiEmbeddings;
import dev.sonde.agent.wire.GeminiUsage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenAiObservationsTest {
    private static final String HELLO = "{\"parts\":[{\"text\":\"Hello\"}],\"role\":\"user\"}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"promptTokenCount":10,"candidatesTokenCount":4,"totalTokenCount":14}                                       | {input=10, output=4, total=14}
                    {"promptTokenCount":10,"totalTokenCount":10}                                                                | {input=10, output=0, total=10}
                    {"promptTokenCount":100,"cachedContentTokenCount":30,"candidatesTokenCount":4,"totalTokenCount":104}        | {input=70, input_cached_tokens=30, output=4, total=104}
                    {"promptTokenCount":10,"candidatesTokenCount":4,"thoughtsTokenCount":6,"totalTokenCount":20}                | {input=10, output=4, output_reasoning_tokens=6, total=20}
                    {"promptTokenCount":10,"toolUsePromptTokenCount":5,"candidatesTokenCount":4}                                | {input=15, output=4, total=19}
                    {"promptTokenCount":10,"promptTokensDetails":[{"modality":"TEXT","tokenCount":3},{"modality":"AUDIO","tokenCount":7}],"totalTokenCount":10} | {input=3, input_audio_tokens=7, output=0, total=10}
                    {"promptTokenCount":10,"cachedContentTokenCount":7,"cacheTokensDetails":[{"modality":"AUDIO","tokenCount":5}],"promptTokensDetails":[{"modality":"AUDIO","tokenCount":7}],"totalTokenCount":10} | {input=1, input_cached_tokens=7, input_audio_tokens=2, output=0, total=10}
                    {"promptTokenCount":10,"candidatesTokenCount":30,"candidatesTokensDetails":[{"modality":"IMAGE","tokenCount":20},{"modality":"AUDIO","tokenCount":3}],"totalTokenCount":40} | {input=10, output=7, output_audio_tokens=3, output_image_tokens=20, total=40}
                    {}                                                                                                          | {}
                    """)
    void usage_isPutIntoExclusiveBuckets(String usage, String buckets) {
        assertThat(GeminiUsage.buckets(usage)).hasToString(buckets);
    }

    @Test
    void usage_missing_isNone() {
        assertThat(GeminiUsage.buckets(null)).isEmpty();
    }

    @Test
    void input_ofContentsOnly_isTheirArray() {
        assertThat(GeminiContent.input(List.of(HELLO, HELLO), GeminiContent.members(null)))
                .isEqualTo("[" + HELLO + "," + HELLO + "]");
    }

    @Test
    void input_withInstructionAndTools_hasThemBesideTheContents() {
        Map<String, String> config = GeminiContent.members(
                "{\"temperature\":0.5,\"systemInstruction\":" + HELLO
                        + ",\"tools\":[{\"functionDeclarations\":[{\"name\":\"greet\"}]}],\"httpOptions\":{\"headers\":{\"x\":\"secret\"}}}");

        assertThat(GeminiContent.input(List.of(HELLO), config))
                .isEqualTo("{\"systemInstruction\":" + HELLO
                        + ",\"tools\":[{\"functionDeclarations\":[{\"name\":\"greet\"}]}],\"contents\":[" + HELLO
                        + "]}");
        assertThat(GeminiContent.parameters(config, true)).isEqualTo("{\"temperature\":0.5,\"stream\":true}");
    }

    @Test
    void bytes_becomeDataUris() {
        assertThat(
                        GeminiContent.withDataUris(
                                "{\"parts\":[{\"text\":\"See\"},{\"inlineData\":{\"data\":\"iVBORw==\",\"mimeType\":\"image/png\"}}],\"role\":\"user\"}"))
                .isEqualTo(
                        "{\"parts\":[{\"text\":\"See\"},{\"inlineData\":{\"data\":\"data:image/png;base64,iVBORw==\",\"mimeType\":\"image/png\"}}],\"role\":\"user\"}");
    }

    @Test
    void answer_ofSeveralCandidates_isTheirArray() {
        Answered answered = GeminiContent.answered("{\"candidates\":[{\"content\":" + HELLO
                + ",\"finishReason\":\"STOP\"},{\"content\":" + HELLO
                + ",\"finishReason\":\"MAX_TOKENS\"}],\"modelVersion\":\"gemini-2.5-flash\",\"responseId\":\"r1\"}");

        assertThat(answered)
                .isEqualTo(new Answered(
                        "r1",
                        "gemini-2.5-flash",
                        "[" + HELLO + "," + HELLO + "]",
                        Map.of(),
                        List.of("STOP", "MAX_TOKENS"),
                        null));
    }

    @Test
    void answer_toABlockedPrompt_saysWhy() {
        Answered answered = GeminiContent.answered("{\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}");

        assertThat(answered.output()).isEqualTo("{\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}");
        assertThat(answered.finishReasons()).containsExactly("SAFETY");
    }

    @Test
    void chunks_areFoldedPartByPart() {
        GenAiChunks chunks = new GenAiChunks();

        boolean first = chunks.addJson(chunk("{\"text\":\"Let me \",\"thought\":true}", ""));
        chunks.addJson(chunk("{\"text\":\"see.\",\"thought\":true}", ""));
        chunks.addJson(chunk("{\"text\":\"It \"}", ""));
        chunks.addJson(chunk("{\"text\":\"is \\\"so\\\".\"}", ""));
        chunks.addJson(chunk("{\"functionCall\":{\"name\":\"greet\",\"args\":{\"name\":\"Ada\"}}}", ""));
        boolean last = chunks.addJson(chunk("{\"text\":\"\"}", ",\"finishReason\":\"STOP\""));
        chunks.addJson("{\"usageMetadata\":{\"promptTokenCount\":1,\"candidatesTokenCount\":2,\"totalTokenCount\":3}}");

        assertThat(first).isTrue();
        assertThat(last).isFalse();
        assertThat(chunks.answered())
                .isEqualTo(new Answered(
                        "r1",
                        "gemini-2.5-flash",
                        "{\"parts\":[{\"text\":\"Let me see.\",\"thought\":true},{\"text\":\"It is \\\"so\\\".\"},"
                                + "{\"functionCall\":{\"name\":\"greet\",\"args\":{\"name\":\"Ada\"}}}],\"role\":\"model\"}",
                        Map.of("input", 1L, "output", 2L, "total", 3L),
                        List.of("STOP"),
                        null));
    }

    @Test
    void chunks_none_areNoAnswer() {
        assertThat(new GenAiChunks().answered()).isEqualTo(new Answered(null, null, null, Map.of(), List.of(), null));
    }

    @Test
    void embeddedTexts_areRecordedAsTexts() {
        String picture = "{\"parts\":[{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"iVBO\"}}]}";

        assertThat(GeminiEmbeddings.input(List.of(HELLO))).isEqualTo("\"Hello\"");
        assertThat(GeminiEmbeddings.input(List.of(HELLO, HELLO))).isEqualTo("[\"Hello\",\"Hello\"]");
        assertThat(GeminiEmbeddings.input(List.of(picture)))
                .isEqualTo(
                        "{\"parts\":[{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"data:image/png;base64,iVBO\"}}]}");
    }

    @Test
    void images_areCountedWithoutThoseFilteredOut() {
        Answered answered = ImageEndpoint.answered(
                "{\"generatedImages\":[{\"image\":{\"imageBytes\":\"iVBO\",\"mimeType\":\"image/png\"}},{\"raiFilteredReason\":\"Blocked\"}]}");

        assertThat(answered)
                .isEqualTo(new Answered(
                        null,
                        null,
                        "[{\"image\":{\"imageBytes\":\"data:image/png;base64,iVBO\",\"mimeType\":\"image/png\"}},{\"raiFilteredReason\":\"Blocked\"}]",
                        Map.of("output_images", 1L),
                        List.of("Blocked"),
                        null));
    }

    private static String chunk(String part, String more) {
        return "{\"candidates\":[{\"content\":{\"parts\":[" + part + "],\"role\":\"model\"}" + more
                + ",\"index\":0}],\"modelVersion\":\"gemini-2.5-flash\",\"responseId\":\"r1\"}";
    }
}
