package dev.sonde.agent.instrumentation.springai;

import static dev.sonde.agent.instrumentation.springai.SpringAiApps.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sonde.agent.instrumentation.LibraryBench;
import dev.sonde.testkit.Answer;
import dev.sonde.testkit.OpenAiProvider;
import dev.sonde.testkit.Pacing;
import dev.sonde.testkit.collector.CollectedObservation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Chats and tools in a Spring Boot application. */
@ParameterizedClass(name = "Spring AI {0}")
@ValueSource(
        strings = {SpringAiApps.NEWEST, SpringAiApps.NEWEST_ACTUATED, SpringAiApps.MIDDLE_ACTUATED, SpringAiApps.OLDEST
        })
class SpringAiInstrumentationIT {
    private static final OpenAiProvider PROVIDER = OpenAiProvider.start();

    @RegisterExtension
    static final LibraryBench BENCH = SpringAiApps.bench(PROVIDER);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CLIENT = "chain chat client";
    private static final String CALL = "  generation chat gpt-4o-mini";
    private static final Answer.Scripted HELLO =
            new Answer.Scripted("Hello there, you", List.of(), new Answer.Usage(12, 7, 4, 3));
    private static final Map<String, Long> BUCKETS =
            Map.of("input", 8L, "input_cached_tokens", 4L, "output", 4L, "output_reasoning_tokens", 3L, "total", 19L);
    private static final Answer ASK_WEATHER = new Answer.Scripted(
            null, List.of(new Answer.ToolCall("weather", "{\"city\":\"Oslo\"}")), Answer.Usage.of(20, 10));
    private static final Answer RAIN = new Answer.Scripted("It rains.", List.of(), Answer.Usage.of(50, 5));

    @Parameter
    private String version;

    @Test
    void call_isAChainWithOneGeneration() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(BENCH.play(version, "call")).isEqualTo("Hello there, you");

        List<CollectedObservation> both = BENCH.take(2);
        assertThat(tree(both)).containsExactly(CLIENT, CALL);
        assertThat(both.get(0).inputJson()).isEqualTo(json("[{\"role\":\"user\",\"content\":\"Say hello\"}]"));
        assertThat(both.get(0).outputJson().path("content").asText()).isEqualTo("Hello there, you");
        assertComplete(both.get(1));
        assertThat(both.get(1).completionStart()).isNull();
    }

    @Test
    void stream_isAChainWithOneGeneration() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(BENCH.play(version, "stream")).isEqualTo("Hello there, you");

        List<CollectedObservation> both = BENCH.take(2);
        assertThat(tree(both)).containsExactly(CLIENT, CALL);
        assertThat(both.get(0).outputJson().path("content").asText()).isEqualTo("Hello there, you");
        assertComplete(both.get(1));
        assertThat(both.get(1).completionStart())
                .isBetween(both.get(1).start(), both.get(1).end());
        assertThat(both.get(1).modelParameters().path("stream").asBoolean()).isTrue();
    }

    @Test
    void model_withoutAClient_isOneGeneration() throws Exception {
        PROVIDER.answerNext(HELLO, HELLO);

        assertThat(BENCH.play(version, "model")).isEqualTo("Hello there, you");
        assertComplete(BENCH.take());

        assertThat(BENCH.play(version, "modelStream")).isEqualTo("Hello there, you");
        assertComplete(BENCH.take());
    }

    @Test
    void call_insideAnObservedMethod_isBelowIt() throws Exception {
        PROVIDER.answerNext(HELLO, HELLO);

        assertThat(BENCH.play(version, "observed")).isEqualTo("Hello there, you");
        assertThat(tree(BENCH.take(3))).containsExactly("span outer", "  " + CLIENT, "  " + CALL);

        assertThat(BENCH.play(version, "observedStream")).isEqualTo("Hello there, you");
        assertThat(tree(BENCH.take(3))).containsExactly("span outer", "  " + CLIENT, "  " + CALL);
    }

    @Test
    void streams_atOnce_stayApart() throws Exception {
        PROVIDER.answerAlways(HELLO).pace(Pacing.every(Duration.ofMillis(20)));

        assertThat(BENCH.play(version, "atOnce")).isEqualTo("Hello there, you | Hello there, you");

        assertThat(tree(BENCH.take(6)))
                .containsExactly("span outer", "  " + CLIENT, "  " + CALL, "span outer", "  " + CLIENT, "  " + CALL);
    }

    @Test
    void stream_subscribedElsewhere_isOneTree() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(BENCH.play(version, "elsewhere")).isEqualTo("Hello there, you");

        assertThat(tree(BENCH.take(2))).containsExactly(CLIENT, CALL);
    }

    @Test
    void stream_subscribedTwice_isRecordedEachTime() throws Exception {
        PROVIDER.answerAlways(HELLO);

        String said = BENCH.play(version, "twice");

        if (version.startsWith("1.")) {
            assertThat(said).contains("No StreamAdvisors available"); // Spring AI itself does not go on
            assertThat(tree(BENCH.take(3))).containsExactly(CLIENT, CALL, CLIENT);
        } else {
            assertThat(said).isEqualTo("Hello there, you | Hello there, you");
            assertThat(tree(BENCH.take(4))).containsExactly(CLIENT, CALL, CLIENT, CALL);
        }
    }

    @Test
    void stream_cancelled_keepsWhatCame() throws Exception {
        PROVIDER.answerNext(Answer.text("word ".repeat(4000))).pace(Pacing.every(Duration.ofMillis(5)));

        assertThat(BENCH.play(version, "cancelled")).startsWith("word");

        List<CollectedObservation> both = BENCH.take(2);
        assertThat(tree(both)).containsExactly(CLIENT, CALL);
        assertThat(both).allSatisfy(each -> {
            assertThat(each.level()).isEqualTo("WARNING");
            assertThat(each.outputJson().path("content").asText()).startsWith("word");
        });
        if (!version.startsWith("1.")) { // its HTTP client reads on, with the agent or without
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> PROVIDER.cancelledStreams() == 1);
        }
    }

    @Test
    void call_refused_isAnErrorOnBoth() throws Exception {
        PROVIDER.answerNext(Answer.failure(400, "No such thing."));

        assertThat(BENCH.play(version, "call")).startsWith("threw ").contains("No such thing.");

        List<CollectedObservation> both = BENCH.take(2);
        assertThat(tree(both)).containsExactly(CLIENT, CALL);
        assertThat(both).allSatisfy(each -> {
            assertThat(each.level()).isEqualTo("ERROR");
            assertThat(each.message()).contains("No such thing.");
        });
        assertThat(both.get(1).message()).startsWith("HTTP 400");
    }

    @Test
    void stream_refused_isAnErrorOnBoth() throws Exception {
        PROVIDER.answerNext(Answer.failure(400, "No such thing."));

        assertThat(BENCH.play(version, "stream")).startsWith("threw ");

        List<CollectedObservation> both = BENCH.take(2);
        assertThat(tree(both)).containsExactly(CLIENT, CALL);
        assertThat(both).extracting(CollectedObservation::level).containsOnly("ERROR");
        assertThat(both.get(1).message()).startsWith("HTTP 400");
    }

    @Test
    void call_retried_isOneGeneration() throws Exception {
        PROVIDER.answerNext(Answer.failure(503, "Later."), HELLO);

        assertThat(BENCH.play(version, "call")).isEqualTo("Hello there, you");

        List<CollectedObservation> both = BENCH.take(2);
        assertThat(tree(both)).containsExactly(CLIENT, CALL);
        assertComplete(both.get(1));
    }

    @Test
    void tools_standBesideTheCallsOfAnAgent() throws Exception {
        PROVIDER.answerNext(ASK_WEATHER, RAIN);

        assertThat(BENCH.play(version, "tools")).isEqualTo("It rains.");

        assertWeather(BENCH.take(4));
    }

    @Test
    void tools_streaming_standBesideTheCallsOfAnAgent() throws Exception {
        PROVIDER.answerNext(ASK_WEATHER, RAIN);

        assertThat(BENCH.play(version, "toolsStream")).isEqualTo("It rains.");

        assertWeather(BENCH.take(4));
    }

    @Test
    void tool_thatThrows_isAnErrorThatTheModelIsTold() throws Exception {
        PROVIDER.answerNext(
                Answer.toolCalls(new Answer.ToolCall("weather", "{\"city\":\"Atlantis\"}")), Answer.text("Nowhere."));

        assertThat(BENCH.play(version, "tools")).isEqualTo("Nowhere.");

        List<CollectedObservation> all = BENCH.take(4);
        assertThat(all.get(2).type()).isEqualTo("tool");
        assertThat(all.get(2).level()).isEqualTo("ERROR");
        assertThat(all.get(2).message()).contains("no such city");
    }

    @Test
    void conversation_isASession() throws Exception {
        PROVIDER.answerNext(HELLO, HELLO);

        assertThat(BENCH.play(version, "conversation")).isEqualTo("Hello there, you");
        assertConversation(BENCH.take(3), "talk-1");

        assertThat(BENCH.play(version, "conversationStream")).isEqualTo("Hello there, you");
        assertConversation(BENCH.take(3), "talk-2");
    }

    private static void assertConversation(List<CollectedObservation> all, String session) {
        assertThat(all).extracting(CollectedObservation::sessionId).containsOnly(session);
        assertThat(all).extracting(CollectedObservation::userId).containsOnly("ada");
        assertThat(tree(all)).containsExactly(CLIENT, "  span MessageChatMemoryAdvisor", "  " + CALL);
    }

    private static void assertWeather(List<CollectedObservation> all) throws Exception {
        assertThat(tree(all)).containsExactly("agent chat client", CALL, "  tool weather", CALL);
        CollectedObservation asking = all.get(1);
        assertThat(asking.inputJson().findValuesAsText("name")).contains("weather");
        assertThat(asking.outputJson().at("/tool_calls/0/function/name").asText())
                .isEqualTo("weather");
        assertThat(asking.usage()).isEqualTo(Map.of("input", 20L, "output", 10L, "total", 30L));
        assertThat(asking.attributes()).containsEntry("gen_ai.response.finish_reasons", List.of("tool_calls"));
        CollectedObservation tool = all.get(2);
        assertThat(tool.inputJson()).isEqualTo(json("{\"city\":\"Oslo\"}"));
        assertThat(tool.outputJson().asText()).isEqualTo("rain in Oslo");
        assertThat(tool.attributes()).containsEntry("gen_ai.tool.name", "weather");
        CollectedObservation last = all.get(3);
        assertThat(last.inputJson().toString()).contains("rain in Oslo");
        assertThat(last.outputJson().path("content").asText()).isEqualTo("It rains.");
        assertThat(last.usage()).isEqualTo(Map.of("input", 50L, "output", 5L, "total", 55L));
        assertThat(all.get(0).outputJson().path("content").asText()).isEqualTo("It rains.");
    }

    private static void assertComplete(CollectedObservation observation) throws Exception {
        assertThat(observation.type()).isEqualTo("generation");
        assertThat(observation.level()).isEqualTo("DEFAULT");
        assertThat(observation.inputJson().toString()).contains("Say hello");
        assertThat(observation.outputJson().path("content").asText()).isEqualTo("Hello there, you");
        assertThat(observation.modelParameters().path("temperature").asDouble()).isEqualTo(0.5);
        assertThat(observation.usage()).isEqualTo(BUCKETS);
        assertThat(observation.attributes())
                .containsEntry("gen_ai.operation.name", "chat")
                .containsEntry("gen_ai.provider.name", "openai")
                .containsEntry("gen_ai.request.model", "gpt-4o-mini")
                .containsEntry("gen_ai.response.finish_reasons", List.of("stop"));
    }

    private static JsonNode json(String text) throws Exception {
        return JSON.readTree(text);
    }
}
