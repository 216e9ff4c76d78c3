package dev.sonde.agent.instrumentation.ollama4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** JSON in, what is recorded out. */
class OllamaObservationsTest {

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of(
                        OllamaJson.chat(
                                "{\"model\":\"m\",\"stream\":false,\"useTools\":true,\"think\":null,\"tools\":[],"
                                        + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\",\"tool_calls\":null,\"images\":[]}]}"),
                        new Asked("chat", "m", "[{\"role\":\"user\",\"content\":\"Hi\"}]", "{}")),
                Arguments.of(
                        OllamaJson.chat("{\"model\":\"m\",\"stream\":true,\"tools\":[{\"type\":\"function\"}],"
                                + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\",\"images\":[\"/9j/AA==\"]}]}"),
                        new Asked(
                                "chat",
                                "m",
                                "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\",\"images\":"
                                        + "[\"data:image/jpeg;base64,/9j/AA==\"]}],\"tools\":[{\"type\":\"function\"}]}",
                                "{\"stream\":true}")),
                Arguments.of(
                        OllamaJson.prompt("{\"model\":\"m\",\"prompt\":\"Hi\",\"raw\":false}"),
                        new Asked("text_completion", "m", "\"Hi\"", "{\"raw\":false}")),
                Arguments.of(
                        OllamaJson.prompt(
                                "{\"model\":\"m\",\"prompt\":\"Hi\",\"system\":\"Be brief.\",\"images\":[\"AAAA\"]}"),
                        new Asked(
                                "text_completion",
                                "m",
                                "{\"system\":\"Be brief.\",\"prompt\":\"Hi\",\"images\":"
                                        + "[\"data:application/octet-stream;base64,AAAA\"]}",
                                "{}")),
                Arguments.of(OllamaJson.chat(null), new Asked("chat", null, null, "{}")),
                Arguments.of(
                        OllamaJson.embedding("{\"model\":\"e\",\"input\":[\"a\"],\"truncate\":true}"),
                        new Asked("embeddings", "e", "[\"a\"]", "{\"truncate\":true}")));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void asked_partsTheInputFromTheParameters(Asked asked, Asked expected) {
        assertThat(asked).isEqualTo(expected);
    }

    static Stream<Arguments> answers() {
        String last =
                "{\"model\":\"m\",\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":2,\"eval_count\":3}";
        Map<String, Long> usage = Map.of("input", 2L, "output", 3L, "total", 5L);
        return Stream.of(
                Arguments.of(List.of(), Answered.NOTHING),
                Arguments.of(
                        List.of("{\"response\":\"Hel\",\"done\":false}", "{\"response\":\"lo\",\"done\":false}", last),
                        new Answered(null, "m", "\"Hello\"", usage, List.of("stop"), null)),
                Arguments.of(
                        List.of("{\"thinking\":\"Hm\",\"done\":false}", "{\"response\":\"Hi\",\"done\":false}"),
                        new Answered(
                                null, null, "{\"thinking\":\"Hm\",\"response\":\"Hi\"}", Map.of(), List.of(), null)),
                Arguments.of(
                        List.of(
                                "{\"message\":{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"function\":"
                                        + "{\"name\":\"a\",\"arguments\":{}}}]},\"done\":false}",
                                last),
                        new Answered(
                                null,
                                "m",
                                "{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"function\":"
                                        + "{\"name\":\"a\",\"arguments\":{}}}]}",
                                usage,
                                List.of("stop"),
                                null)),
                Arguments.of(
                        List.of("{\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"}}", "{\"error\":\"gone\"}"),
                        new Answered(
                                null,
                                null,
                                "{\"role\":\"assistant\",\"content\":\"Hi\"}",
                                Map.of(),
                                List.of(),
                                "gone")));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void answered_isPutTogetherFromLines(List<String> lines, Answered expected) {
        AnswerLines answer = new AnswerLines();

        lines.forEach(answer::add);

        assertThat(answer.answered()).isEqualTo(expected);
    }
}
