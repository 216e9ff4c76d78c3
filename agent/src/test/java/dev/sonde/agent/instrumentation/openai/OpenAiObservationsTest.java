package dev.sonde.agent.instrumentation.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.openai.core.ObjectMappers;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.Fold;
import dev.sonde.agent.calls.JsonText;
import dev.sonde.agent.wire.OpenAiAudio;
import dev.sonde.agent.wire.OpenAiImages;
import dev.sonde.agent.wire.OpenAiUsage;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OpenAiObservationsTest {
    /** What the instrumentation finds in a service's field. */
    public static final class Options {
        public JsonMapper jsonMapper() {
            return ObjectMappers.jsonMapper();
        }
    }

    private static final ChatEndpoint CHAT = new ChatEndpoint();

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void asked_readsTheBody(String name, String body, boolean streaming, Asked expected) {
        assertThat(CHAT.asked(body, streaming)).isEqualTo(expected);
    }

    static Stream<Arguments> requests() {
        String messages = "[{\"role\":\"user\",\"content\":\"a, \\\"b\\\" }]\"}]";
        return Stream.of(
                Arguments.of(
                        "messages only",
                        "{\"messages\":" + messages + ",\"model\":\"gpt-4o\"}",
                        false,
                        new Asked("chat", "gpt-4o", messages, "{}")),
                Arguments.of(
                        "parameters as they are written, nulls left out",
                        "{\"model\":\"m\",\"temperature\":0.2,\"n\":2,\"store\":false,\"stop\":[\"x\"],\"seed\":null,"
                                + "\"reasoning_effort\":\"low\",\"messages\":[]}",
                        true,
                        new Asked(
                                "chat",
                                "m",
                                "[]",
                                "{\"temperature\":0.2,\"n\":2,\"store\":false,\"stop\":[\"x\"],"
                                        + "\"reasoning_effort\":\"low\",\"stream\":true}")),
                Arguments.of(
                        "tools stand beside the messages",
                        "{\"messages\":[1],\"tools\":[{\"type\":\"function\"}],\"tool_choice\":{\"a\":1}}",
                        false,
                        new Asked(
                                "chat",
                                null,
                                "{\"messages\":[1],\"tools\":[{\"type\":\"function\"}]}",
                                "{\"tool_choice\":{\"a\":1}}")),
                Arguments.of("a body that could not be written", null, false, new Asked("chat", null, null, "{}")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "none",
            value = {
                "{\"input\":\"hi\",\"model\":\"m\"} | \"hi\"",
                "{\"input\":[1],\"instructions\":\"be brief\",\"tools\":[2]}"
                        + " | {\"instructions\":\"be brief\",\"tools\":[2],\"input\":[1]}",
                "{\"prompt\":{\"id\":\"p\"}} | {\"prompt\":{\"id\":\"p\"}}",
                "{\"previous_response_id\":\"r\"} | none",
            })
    void askedOfResponses_readsTheInput(String body, String expected) {
        assertThat(new ResponsesEndpoint().asked(body, false).input()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("responses")
    void answered_readsTheResponse(String name, String response, Answered expected) throws Exception {
        ChatCompletion parsed = ObjectMappers.jsonMapper().readValue(response, ChatCompletion.class);

        assertThat(CHAT.answered(new Options(), parsed)).isEqualTo(expected);
    }

    static Stream<Arguments> responses() {
        return Stream.of(
                Arguments.of(
                        "text",
                        """
                        {"id":"chatcmpl-1","model":"gpt-4o-2024-08-06","object":"chat.completion","created":1,"choices":[
                         {"index":0,"finish_reason":"stop","logprobs":null,
                          "message":{"role":"assistant","content":"Hi","refusal":null}}],
                         "usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}""",
                        new Answered(
                                "chatcmpl-1",
                                "gpt-4o-2024-08-06",
                                "{\"content\":\"Hi\",\"refusal\":null,\"role\":\"assistant\"}",
                                Map.of("input", 10L, "output", 5L, "total", 15L),
                                List.of("stop"),
                                null)),
                Arguments.of(
                        "two choices",
                        """
                        {"id":"c","model":"m","choices":[
                         {"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"a"}},
                         {"index":1,"finish_reason":"length","message":{"role":"assistant","content":"b"}}]}""",
                        new Answered(
                                "c",
                                "m",
                                "[{\"content\":\"a\",\"role\":\"assistant\"},{\"content\":\"b\",\"role\":\"assistant\"}]",
                                Map.of(),
                                List.of("stop", "length"),
                                null)),
                Arguments.of(
                        "what another provider leaves out or adds",
                        """
                        {"choices":[{"message":{"role":"assistant","content":"a","reasoning_content":"hm"}}]}""",
                        new Answered(
                                null,
                                null,
                                "{\"content\":\"a\",\"role\":\"assistant\",\"reasoning_content\":\"hm\"}",
                                Map.of(),
                                List.of(),
                                null)),
                Arguments.of("nothing", "{}", Answered.NOTHING));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("streams")
    void fold_putsTheAnswerTogether(String name, List<String> chunks, List<Boolean> content, Answered expected)
            throws Exception {
        Fold fold = CHAT.fold(new Options());

        for (int i = 0; i < chunks.size(); i++) {
            assertThat(fold.add(ObjectMappers.jsonMapper().readValue(chunks.get(i), ChatCompletionChunk.class)))
                    .as(chunks.get(i))
                    .isEqualTo(content.get(i));
        }

        assertThat(fold.answered()).isEqualTo(expected);
    }

    static Stream<Arguments> streams() {
        return Stream.of(
                Arguments.of("nothing came", List.of(), List.of(), Answered.NOTHING),
                Arguments.of(
                        "text with usage",
                        List.of(
                                chunk("{\"role\":\"assistant\",\"content\":\"\"}", null),
                                chunk("{\"content\":\"a \\\"b\\\"\\n\"}", null),
                                chunk("{\"content\":\"ü\"}", null),
                                chunk("{}", "stop"),
                                """
                                {"id":"c","model":"m","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":7,
                                 "total_tokens":16,"prompt_tokens_details":{"cached_tokens":4},
                                 "completion_tokens_details":{"reasoning_tokens":2}}}"""),
                        List.of(false, true, true, false, false),
                        new Answered(
                                "c",
                                "m",
                                "{\"role\":\"assistant\",\"content\":\"a \\\"b\\\"\\nü\"}",
                                Map.of(
                                        "input", 5L,
                                        "input_cached_tokens", 4L,
                                        "output", 5L,
                                        "output_reasoning_tokens", 2L,
                                        "total", 16L),
                                List.of("stop"),
                                null)),
                Arguments.of(
                        "two tool calls in pieces",
                        List.of(
                                chunk("{\"role\":\"assistant\",\"content\":null}", null),
                                call(0, "\"id\":\"x\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}"),
                                call(0, "\"function\":{\"arguments\":\"{\\\"a\\\":\"}"),
                                call(0, "\"function\":{\"arguments\":\"1}\"}"),
                                call(1, "\"id\":\"y\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}"),
                                chunk("{}", "tool_calls")),
                        List.of(false, true, true, true, true, false),
                        new Answered(
                                "c",
                                "m",
                                "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":["
                                        + "{\"id\":\"x\",\"type\":\"function\",\"function\":"
                                        + "{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":1}\"}},"
                                        + "{\"id\":\"y\",\"type\":\"function\",\"function\":"
                                        + "{\"name\":\"g\",\"arguments\":\"{}\"}}]}",
                                Map.of(),
                                List.of("tool_calls"),
                                null)),
                Arguments.of(
                        "reasoning of another provider, then broken off",
                        List.of(chunk("{\"reasoning_content\":\"hm\"}", null), chunk("{\"content\":\"so\"}", null)),
                        List.of(true, true),
                        new Answered(
                                "c",
                                "m",
                                "{\"role\":\"assistant\",\"content\":\"so\",\"reasoning_content\":\"hm\"}",
                                Map.of(),
                                List.of(),
                                null)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":5} | {input=3, output=2, total=5}",
                "{\"input_tokens\":3,\"output_tokens\":2,\"output_tokens_details\":{\"reasoning_tokens\":2}}"
                        + " | {input=3, output=0, output_reasoning_tokens=2, total=5}",
                "{\"prompt_tokens\":8,\"total_tokens\":8} | {input=8, total=8}",
                "{\"prompt_tokens\":9,\"prompt_tokens_details\":{\"cached_tokens\":4,\"audio_tokens\":2},"
                        + "\"completion_tokens\":6,\"completion_tokens_details\":{\"audio_tokens\":5}}"
                        + " | {input=3, input_cached_tokens=4, input_audio_tokens=2, output=1, output_audio_tokens=5, total=15}",
                "{\"input_tokens\":50,\"output_tokens\":100,\"total_tokens\":150,"
                        + "\"input_tokens_details\":{\"text_tokens\":10,\"image_tokens\":40},"
                        + "\"output_tokens_details\":{\"image_tokens\":100}}"
                        + " | {input=10, input_image_tokens=40, output=0, output_image_tokens=100, total=150}",
                "{\"type\":\"tokens\",\"input_tokens\":16,\"output_tokens\":5,\"total_tokens\":21,"
                        + "\"input_token_details\":{\"text_tokens\":2,\"audio_tokens\":14}}"
                        + " | {input=2, input_audio_tokens=14, output=5, total=21}",
                "null | {}",
            })
    void usage_countsEachTokenInOneBucket(String json, String expected) {
        assertThat(OpenAiUsage.buckets(json)).hasToString(expected);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "none",
            value = {
                "{\"type\":\"duration\",\"seconds\":4} | none | {input_audio_seconds=4}",
                "{\"type\":\"duration\",\"seconds\":4.1} | 9 | {input_audio_seconds=5}",
                "none | 2.5 | {input_audio_seconds=3}",
                "{\"seconds\":\"soon\"} | none | {}",
                "{\"seconds\":1e99} | none | {}",
                "none | none | {}",
            })
    void usageOfAudio_countsSecondsBegun(String usage, String duration, String expected) {
        assertThat(OpenAiAudio.usage(usage, duration)).hasToString(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "none",
            value = {
                "{\"text\":\"Hi\",\"logprobs\":null,\"usage\":{}} | \"Hi\"",
                "{\"text\":\"Hi\",\"language\":\"en\"} | {\"text\":\"Hi\",\"language\":\"en\"}",
                "\"1 00:00 Hi\" | \"1 00:00 Hi\"",
                "none | none",
            })
    void answeredOfAudio_isTheTextOrAllThatIsKnown(String response, String expected) {
        assertThat(OpenAiAudio.answered(response).output()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "none",
            value = {
                "{\"data\":[{\"b64_json\":\"AAAA\",\"url\":null}],\"output_format\":\"webp\"}"
                        + " | [{\"b64_json\":\"data:image/webp;base64,AAAA\"}] | {output_images=1}",
                "{\"data\":[{\"url\":\"https://x/1\",\"revised_prompt\":\"a\"}],\"usage\":{\"input_tokens\":3}}"
                        + " | [{\"url\":\"https://x/1\",\"revised_prompt\":\"a\"}] | {input=3, total=3}",
                "{\"data\":[]} | none | {}",
                "none | none | {}",
            })
    void answeredOfImages_areDataUrisOrAddresses(String response, String expected, String usage) {
        Answered answered = OpenAiImages.answered(response);

        assertThat(answered.output()).isEqualTo(expected);
        assertThat(answered.usage()).hasToString(usage);
    }

    @Test
    void jsonText_cutsNestedAndEscapedText() {
        assertThat(JsonText.fields("{\"a\":{\"b\":[1,\"},\"]} , \"c\\\"d\" : \"\\u00e9\\\\\"}"))
                .containsExactly(Map.entry("a", "{\"b\":[1,\"},\"]}"), Map.entry("c\"d", "\"\\u00e9\\\\\""));
        assertThat(JsonText.string("\"\\u00e9\\\\ \\n\"")).isEqualTo("é\\ \n");
        assertThat(JsonText.elements("[ 1 , [2,3], \"4,5\" ]")).containsExactly("1", "[2,3]", "\"4,5\"");
        assertThat(JsonText.elements("[]")).isEmpty();
        assertThat(JsonText.fields("[1]")).isEmpty();
    }

    @Test
    void jsonText_tooLong_keepsItsShape() {
        String image = "\\u00e9".repeat(500);
        String json = "{\"url\":\"" + image + "\",\"text\":\"hi\"}";

        assertThat(JsonText.within(json, 10_000)).isSameAs(json);
        assertThat(JsonText.within(json, 1_000))
                .isEqualTo("{\"url\":\"" + "\\u00e9".repeat(34) + "… (2796 more)\",\"text\":\"hi\"}");
        assertThat(JsonText.within("[" + "1,".repeat(600) + "1]", 1_000)).isEqualTo("\"1203 characters\"");
    }

    private static String chunk(String delta, String finishReason) {
        String reason = finishReason == null ? "null" : "\"" + finishReason + "\"";
        return "{\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":"
                + reason + "}]}";
    }

    private static String call(int index, String fields) {
        return chunk("{\"tool_calls\":[{\"index\":" + index + "," + fields + "}]}", null);
    }
}
