package dev.sonde.agent.instrumentation.cohere;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.agent.calls.Answered;
import dev.sonde.agent.calls.Asked;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** JSON in, what is recorded out. */
class CohereObservationsTest {
    private static final String MESSAGES = "[{\"role\":\"user\",\"content\":\"Hi\"}]";

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of(
                        new ChatEndpoint(false),
                        "{\"model\":\"m\",\"messages\":" + MESSAGES + ",\"stream\":false}",
                        new Asked("chat", "m", MESSAGES, "{}")),
                Arguments.of(
                        new ChatEndpoint(true),
                        "{\"model\":\"m\",\"messages\":" + MESSAGES
                                + ",\"documents\":[\"d\"],\"k\":null,\"stream\":true}",
                        new Asked(
                                "chat",
                                "m",
                                "{\"messages\":" + MESSAGES + ",\"documents\":[\"d\"]}",
                                "{\"stream\":true}")),
                Arguments.of(new ChatEndpoint(false), null, new Asked("chat", null, null, "{}")),
                Arguments.of(
                        new EmbeddingEndpoint(),
                        "{\"model\":\"e\",\"texts\":[\"a\"],\"input_type\":\"search_query\"}",
                        new Asked("embeddings", "e", "[\"a\"]", "{\"input_type\":\"search_query\"}")),
                Arguments.of(
                        new EmbeddingEndpoint(),
                        "{\"model\":\"e\",\"images\":[\"data:image/png;base64,AA==\"],\"input_type\":\"image\"}",
                        new Asked(
                                "embeddings",
                                "e",
                                "{\"images\":[\"data:image/png;base64,AA==\"]}",
                                "{\"input_type\":\"image\"}")),
                Arguments.of(
                        new RerankEndpoint(),
                        "{\"model\":\"r\",\"query\":\"q\",\"documents\":[\"a\"],\"top_n\":1}",
                        new Asked("rerank", "r", "{\"query\":\"q\",\"documents\":[\"a\"]}", "{\"top_n\":1}")));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void asked_partsTheInputFromTheParameters(Endpoint endpoint, @Nullable String body, Asked expected) {
        assertThat(endpoint.asked(body)).isEqualTo(expected);
    }

    static Stream<Arguments> usages() {
        return Stream.of(
                Arguments.of(null, Map.of()),
                Arguments.of("{}", Map.of()),
                Arguments.of(
                        "{\"billed_units\":{\"input_tokens\":12.0,\"output_tokens\":7.0},"
                                + "\"tokens\":{\"input_tokens\":70.0,\"output_tokens\":9.0},\"cached_tokens\":4.0}",
                        Map.of("input", 8L, "input_cached_tokens", 4L, "output", 7L, "total", 19L)),
                Arguments.of(
                        "{\"tokens\":{\"input_tokens\":70,\"output_tokens\":9}}",
                        Map.of("input", 70L, "output", 9L, "total", 79L)),
                Arguments.of(
                        "{\"billed_units\":{\"input_tokens\":5.0,\"output_tokens\":1.0},\"cached_tokens\":64.0}",
                        Map.of("input", 0L, "input_cached_tokens", 5L, "output", 1L, "total", 6L)));
    }

    @ParameterizedTest
    @MethodSource("usages")
    void chatUsage_isWhatIsBilled(@Nullable String usage, Map<String, Long> expected) {
        assertThat(CohereJson.chatUsage(usage)).isEqualTo(expected);
    }

    @Test
    void metaUsage_isWhatIsBilled() {
        assertThat(CohereJson.metaUsage("{\"billed_units\":{\"search_units\":2.0}}"))
                .isEqualTo(Map.of("search_units", 2L));
        assertThat(CohereJson.metaUsage("{\"billed_units\":{\"images\":1.0,\"input_tokens\":3.0}}"))
                .isEqualTo(Map.of("input", 3L, "input_images", 1L, "total", 3L));
        assertThat(CohereJson.metaUsage(null)).isEmpty();
    }

    @Test
    void answered_hasEveryMemberOnce() {
        Answered answered = ChatEndpoint.answered("{\"id\":\"i\",\"finish_reason\":\"TOOL_CALL\",\"message\":{"
                + "\"tool_plan\":\"I greet.\",\"tool_calls\":[{\"id\":\"c\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"},"
                + "\"type\":\"function\",\"type\":\"function\"}],\"role\":\"assistant\",\"role\":\"assistant\"}}");

        assertThat(answered)
                .isEqualTo(new Answered(
                        "i",
                        null,
                        "{\"tool_plan\":\"I greet.\",\"tool_calls\":[{\"id\":\"c\",\"function\":"
                                + "{\"name\":\"g\",\"arguments\":\"{}\"},\"type\":\"function\"}],\"role\":\"assistant\"}",
                        Map.of(),
                        List.of("TOOL_CALL"),
                        null));
    }

    @Test
    void events_arePutTogetherWithThoughtsPlanCallsAndCitations() {
        ChatEvents events = new ChatEvents(new Mapper(null));

        assertThat(events.addJson("{\"type\":\"message-start\",\"id\":\"i\",\"delta\":{\"message\":{\"content\":[]}}}"))
                .isFalse();
        assertThat(events.addJson(content(0, "start", "{\"type\":\"thinking\",\"thinking\":\"\"}")))
                .isFalse();
        assertThat(events.addJson(content(0, "delta", "{\"thinking\":\"Whom?\"}")))
                .isTrue();
        assertThat(events.addJson(content(1, "start", "{\"type\":\"text\",\"text\":\"\"}")))
                .isFalse();
        assertThat(events.addJson(content(1, "delta", "{\"text\":\"A \\\"greeting\\\"\"}")))
                .isTrue();
        events.addJson(
                "{\"type\":\"citation-start\",\"index\":0,\"delta\":{\"message\":{\"citations\":{\"start\":1}}}}");
        events.addJson("{\"type\":\"citation-end\",\"index\":0}");
        assertThat(events.addJson(message("tool-plan-delta", "\"tool_plan\":\"I greet.\"")))
                .isTrue();
        assertThat(
                        events.addJson(
                                message(
                                        "tool-call-start",
                                        "\"tool_calls\":{\"id\":\"c\",\"function\":{\"name\":\"g\",\"arguments\":\"\"},\"type\":\"function\"}")))
                .isTrue();
        events.addJson(message("tool-call-delta", "\"tool_calls\":{\"function\":{\"arguments\":\"{\\\"a\\\"\"}}"));
        events.addJson(message("tool-call-delta", "\"tool_calls\":{\"function\":{\"arguments\":\":1}\"}}"));
        assertThat(events.complete()).isFalse();
        events.addJson("{\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"TOOL_CALL\","
                + "\"usage\":{\"billed_units\":{\"input_tokens\":2.0,\"output_tokens\":3.0}}}}");

        assertThat(events.complete()).isTrue();
        assertThat(events.answered())
                .isEqualTo(new Answered(
                        "i",
                        null,
                        "{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"Whom?\"},"
                                + "{\"type\":\"text\",\"text\":\"A \\\"greeting\\\"\"}],\"tool_plan\":\"I greet.\","
                                + "\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":"
                                + "{\"name\":\"g\",\"arguments\":\"{\\\"a\\\":1}\"}}],\"citations\":[{\"start\":1}]}",
                        Map.of("input", 2L, "output", 3L, "total", 5L),
                        List.of("TOOL_CALL"),
                        null));
    }

    @Test
    void events_thatEndInAnError_sayWhy() {
        ChatEvents events = new ChatEvents(new Mapper(null));

        events.addJson("{\"type\":\"message-end\",\"delta\":{\"error\":\"Overloaded\",\"finish_reason\":\"ERROR\"}}");

        assertThat(events.answered())
                .isEqualTo(new Answered(null, null, null, Map.of(), List.of("ERROR"), "Overloaded"));
    }

    @Test
    void events_thatCannotBeWritten_sayNothing() {
        ChatEvents events = new ChatEvents(new Mapper(null));

        assertThat(events.add(new Object())).isFalse();
        assertThat(events.addJson("{\"type\":\"debug\",\"prompt\":\"p\"}")).isFalse();

        assertThat(events.answered()).isEqualTo(Answered.NOTHING);
    }

    private static String content(int index, String kind, String content) {
        return "{\"type\":\"content-" + kind + "\",\"index\":" + index + ",\"delta\":{\"message\":{\"content\":"
                + content + "}}}";
    }

    private static String message(String type, String member) {
        return "{\"type\":\"" + type + "\",\"index\":0,\"delta\":{\"message\":{" + member + "}}}";
    }
}
