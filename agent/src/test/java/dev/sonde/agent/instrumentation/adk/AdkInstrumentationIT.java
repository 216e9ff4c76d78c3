package dev.sonde.agent.instrumentation.adk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sonde.agent.instrumentation.LibraryBench;
import dev.sonde.agent.instrumentation.Stack;
import dev.sonde.testkit.Answer;
import dev.sonde.testkit.GeminiProvider;
import dev.sonde.testkit.Pacing;
import dev.sonde.testkit.collector.CollectedObservation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each scenario runs in a JVM with the real agent; the provider and the collector are local. */
@ParameterizedClass(name = "google-adk {0}")
@ValueSource(strings = {"1.8.0", "0.1.0"})
class AdkInstrumentationIT {
    private static final GeminiProvider PROVIDER = GeminiProvider.start();

    @RegisterExtension
    static final LibraryBench BENCH = LibraryBench.of(
            "google-adk",
            "com.example.adk.AdkApp",
            PROVIDER,
            PROVIDER.baseUrl(),
            version -> Stack.of("google-adk-" + version.replaceFirst("\\.\\d+$", ""))
                    .compiled("google-adk"));

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MODEL_CALL = "generate_content gemini-2.5-flash";
    private static final Answer.Usage USAGE = new Answer.Usage(12, 7, 4, 3);
    private static final Map<String, Long> BUCKETS =
            Map.of("input", 8L, "input_cached_tokens", 4L, "output", 4L, "output_reasoning_tokens", 3L, "total", 19L);
    private static final Answer HELLO = new Answer.Scripted("Hello there, you", List.of(), USAGE);
    private static final Answer BYE = Answer.text("Good bye");
    private static final Answer WEATHER = Answer.toolCalls(new Answer.ToolCall("weather", "{\"city\":\"Oslo\"}"));

    @Parameter
    private String version;

    @Test
    void run_isAnAgentAroundOneGenerationWithTheExactWire() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("chat")).isEqualTo("Hello there, you");

        List<CollectedObservation> both = BENCH.take(2);
        assertAgent(both.get(0), "greeter", "Hello there, you");
        assertThat(both.get(0).parentId()).isNull();
        assertSaid(both.get(1));
        assertThat(both.get(1).parentId()).isEqualTo(both.get(0).id());
        assertThat(both.get(1).modelParameters().get("temperature").asDouble()).isEqualTo(0.5);
        assertThat(both.get(1).modelParameters().has("stream")).isFalse();
        assertThat(both.get(1).completionStart()).isNull();
    }

    @Test
    void run_insideAnObservedMethod_isItsChild() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("observed")).isEqualTo("Hello there, you");

        List<CollectedObservation> all = BENCH.take(3);
        assertThat(all).extracting(CollectedObservation::name).containsExactly("outer", "greeter", MODEL_CALL);
        assertThat(all.get(1).parentId()).isEqualTo(all.get(0).id());
        assertThat(all.get(2).parentId()).isEqualTo(all.get(1).id());
    }

    @Test
    void stream_recordsTheSameAndTimeToFirstToken() throws Exception {
        PROVIDER.answerNext(HELLO).pace(Pacing.every(Duration.ofMillis(40)));

        assertThat(play("stream")).isEqualTo("Hello there, you");

        List<CollectedObservation> both = BENCH.take(2);
        assertAgent(both.get(0), "greeter", "Hello there, you");
        assertSaid(both.get(1));
        assertThat(both.get(1).modelParameters().get("stream").asBoolean()).isTrue();
        assertThat(both.get(1).completionStart())
                .isAfter(both.get(1).start())
                .isBefore(both.get(1).end());
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "stream"})
    void refused_recordsTheStatusAndFailsTheSame(String scenario) throws Exception {
        PROVIDER.answerNext(Answer.failure(400, "No such thing."));

        assertThat(play(scenario)).startsWith("threw ").contains("No such thing.");

        List<CollectedObservation> both = BENCH.take(2);
        assertThat(both).extracting(CollectedObservation::level).containsExactly("ERROR", "ERROR");
        assertThat(both.get(0).name()).isEqualTo("greeter");
        assertThat(both.get(1).message()).contains("400").contains("No such thing.");
        assertThat(both.get(1).usage()).isEmpty();
    }

    /** ADK never cancels a model call. It ends when the thread that reads it is interrupted, which old clients outlive. */
    @Test
    void left_endsWithAWarningAndKeepsWhatCame() throws Exception {
        boolean readsOn = version.startsWith("0.");
        PROVIDER.answerNext(Answer.text("Hello" + " there".repeat(readsOn ? 600 : 4000)))
                .pace(Pacing.every(Duration.ofMillis(10)));

        assertThat(play("left")).isEqualTo("left");

        List<CollectedObservation> both = BENCH.take(2);
        assertThat(both)
                .extracting(CollectedObservation::level)
                .containsExactly("WARNING", readsOn ? "DEFAULT" : "WARNING");
        assertThat(both.get(0).message()).isEqualTo("cancelled");
        assertThat(both.get(0).outputJson().asText()).startsWith("Hello");
        assertThat(both.get(1).output()).contains("Hello");
    }

    @Test
    void subscribedTwice_isTwoRuns() throws Exception {
        PROVIDER.answerNext(HELLO, HELLO);

        assertThat(play("twice")).isEqualTo("Hello there, you and Hello there, you");

        List<CollectedObservation> all = BENCH.take(4);
        assertThat(all)
                .extracting(CollectedObservation::name)
                .containsExactly("greeter", MODEL_CALL, "greeter", MODEL_CALL);
        assertThat(all.get(3).parentId()).isEqualTo(all.get(2).id());
    }

    @Test
    void neverSubscribed_isNothing() throws Exception {
        PROVIDER.answerNext(HELLO);

        assertThat(play("never")).isEqualTo("unused");
        assertThat(play("chat")).isEqualTo("Hello there, you");

        assertThat(BENCH.take(2)).extracting(CollectedObservation::name).containsExactly("greeter", MODEL_CALL);
    }

    @Test
    void tool_isBesideTheModelCallsAroundIt() throws Exception {
        PROVIDER.answerNext(WEATHER, HELLO);

        assertThat(play("tool")).isEqualTo("Hello there, you");

        List<CollectedObservation> all = BENCH.take(4);
        assertThat(all)
                .extracting(CollectedObservation::name)
                .containsExactly("weatherman", MODEL_CALL, "weather", MODEL_CALL);
        assertThat(all.subList(1, 4))
                .extracting(CollectedObservation::parentId)
                .containsOnly(all.get(0).id());
        assertThat(all.get(1)
                        .inputJson()
                        .at("/tools/0/functionDeclarations/0/name")
                        .asText())
                .isEqualTo("weather");
        assertThat(all.get(1).outputJson().at("/parts/0/functionCall/name").asText())
                .isEqualTo("weather");
        CollectedObservation tool = all.get(2);
        assertThat(tool.type()).isEqualTo("tool");
        assertThat(tool.inputJson()).hasToString("{\"city\":\"Oslo\"}");
        assertThat(tool.outputJson()).hasToString("{\"weather\":\"Rain in Oslo\"}");
        assertThat(tool.attributes())
                .containsEntry("gen_ai.operation.name", "execute_tool")
                .containsEntry("gen_ai.tool.name", "weather")
                .containsKey("gen_ai.tool.call.id");
        assertThat(tool.sessionId()).isEqualTo("session-1");
        assertSaid(all.get(3), 3);
    }

    @Test
    void tool_thatFails_isAnErrorAndFailsTheSame() throws Exception {
        PROVIDER.answerNext(WEATHER, HELLO);

        assertThat(play("toolFails")).startsWith("threw ").contains("No weather today.");

        List<CollectedObservation> all = BENCH.take(3);
        assertThat(all).extracting(CollectedObservation::name).containsExactly("weatherman", MODEL_CALL, "weather");
        assertThat(all).extracting(CollectedObservation::level).containsExactly("ERROR", "DEFAULT", "ERROR");
        assertThat(all.get(2).message()).contains("No weather today.");
    }

    @Test
    void transfer_runsTheOtherAgentWithin() throws Exception {
        boolean first = version.startsWith("0.1.");
        String tool = first ? "transferToAgent" : "transfer_to_agent";
        PROVIDER.answerNext(
                Answer.toolCalls(new Answer.ToolCall(
                        tool, first ? "{\"agentName\":\"greeter\"}" : "{\"agent_name\":\"greeter\"}")),
                HELLO);

        assertThat(play("transfer")).isEqualTo("Hello there, you");

        List<CollectedObservation> all = BENCH.take(5);
        assertThat(all)
                .extracting(CollectedObservation::name)
                .containsExactly("coordinator", MODEL_CALL, tool, "greeter", MODEL_CALL);
        assertThat(all)
                .extracting(CollectedObservation::parentId)
                .containsExactly(
                        null,
                        all.get(0).id(),
                        all.get(0).id(),
                        all.get(0).id(),
                        all.get(3).id());
        assertThat(all.get(0).outputJson().asText()).isEqualTo("Hello there, you");
    }

    @Test
    void agentAsATool_runsWithinItInTheSameSession() throws Exception {
        PROVIDER.answerNext(
                Answer.toolCalls(new Answer.ToolCall("greeter", "{\"request\":\"Greet Ada\"}")), HELLO, BYE);

        assertThat(play("agentTool")).isEqualTo("Good bye");

        List<CollectedObservation> all = BENCH.take(6);
        assertThat(all).extracting(CollectedObservation::name).contains("weatherman", "greeter", MODEL_CALL);
        CollectedObservation tool = all.stream()
                .filter(observation -> observation.type().equals("tool"))
                .findFirst()
                .orElseThrow();
        assertThat(tool.name()).isEqualTo("greeter");
        CollectedObservation agent = all.stream()
                .filter(observation ->
                        observation.type().equals("agent") && tool.id().equals(observation.parentId()))
                .findFirst()
                .orElseThrow();
        assertThat(agent.inputJson().asText()).isEqualTo("Greet Ada");
        assertThat(all).extracting(CollectedObservation::sessionId).containsOnly("session-1");
        assertThat(all).extracting(CollectedObservation::userId).containsOnly("ada");
    }

    @Test
    void sequence_isAnAgentOfAgents() throws Exception {
        PROVIDER.answerNext(HELLO, BYE);

        assertThat(play("sequence")).isEqualTo("Good bye");

        List<CollectedObservation> all = BENCH.take(5);
        assertThat(all)
                .extracting(CollectedObservation::name)
                .containsExactly("sequence", "first", MODEL_CALL, "second", MODEL_CALL);
        assertThat(all)
                .extracting(CollectedObservation::parentId)
                .containsExactly(
                        null,
                        all.get(0).id(),
                        all.get(1).id(),
                        all.get(0).id(),
                        all.get(3).id());
        assertThat(all.get(0).outputJson().asText()).isEqualTo("Good bye");
    }

    @Test
    void parallel_hasEachBranchBelow() throws Exception {
        PROVIDER.answerNext(HELLO, HELLO);

        assertThat(play("parallel")).isEqualTo("2 events");

        List<CollectedObservation> all = BENCH.take(5);
        CollectedObservation parallel = named(all, "parallel");
        for (String branch : List.of("left", "right")) {
            CollectedObservation agent = named(all, branch);
            assertThat(agent.parentId()).isEqualTo(parallel.id());
            assertThat(agent.outputJson().asText()).isEqualTo("Hello there, you");
            assertThat(all)
                    .filteredOn(each -> agent.id().equals(each.parentId()))
                    .hasSize(1);
        }
    }

    @Test
    void modelOfTheApplication_isAGenerationToo() throws Exception {
        assertThat(play("own")).isEqualTo("Hello yourself");

        List<CollectedObservation> both = BENCH.take(2);
        assertThat(both.get(1).type()).isEqualTo("generation");
        assertThat(both.get(1).name()).isEqualTo("generate_content parrot-1");
        assertThat(both.get(1).inputJson().at("/contents/0/parts/0/text").asText())
                .isEqualTo("Say hello");
        assertThat(both.get(1).outputJson().at("/parts/0/text").asText()).isEqualTo("Hello yourself");
        assertThat(both.get(1).usage()).isEmpty();
    }

    private static CollectedObservation named(List<CollectedObservation> all, String name) {
        return all.stream()
                .filter(observation -> observation.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void assertAgent(CollectedObservation agent, String name, String said) {
        assertThat(agent.type()).isEqualTo("agent");
        assertThat(agent.name()).isEqualTo(name);
        assertThat(agent.level()).isEqualTo("DEFAULT");
        assertThat(agent.inputJson().asText()).isEqualTo("Say hello");
        assertThat(agent.outputJson().asText()).isEqualTo(said);
        assertThat(agent.sessionId()).isEqualTo("session-1");
        assertThat(agent.userId()).isEqualTo("ada");
        assertThat(agent.attributes())
                .containsEntry("gen_ai.operation.name", "invoke_agent")
                .containsEntry("gen_ai.agent.name", name)
                .containsEntry("gen_ai.agent.description", "An agent of the name " + name + ".");
    }

    private static void assertSaid(CollectedObservation observation) throws IOException {
        assertSaid(observation, 1);
    }

    /** @param contents how many there are in the input */
    private static void assertSaid(CollectedObservation observation, int contents) throws IOException {
        assertThat(observation.type()).isEqualTo("generation");
        assertThat(observation.name()).isEqualTo(MODEL_CALL);
        assertThat(observation.level()).isEqualTo("DEFAULT");
        assertThat(observation.inputJson().get("contents")).hasSize(contents);
        assertThat(observation.inputJson().get("contents").get(0))
                .isEqualTo(JSON.readTree("{\"parts\":[{\"text\":\"Say hello\"}],\"role\":\"user\"}"));
        assertThat(observation.inputJson().at("/systemInstruction/parts").toString())
                .contains("Be kind.");
        assertThat(observation.outputJson())
                .isEqualTo(JSON.readTree("{\"parts\":[{\"text\":\"Hello there, you\"}],\"role\":\"model\"}"));
        assertThat(observation.usage()).isEqualTo(BUCKETS);
        assertThat(observation.sessionId()).isEqualTo("session-1");
        assertThat(observation.attributes())
                .containsEntry("gen_ai.operation.name", "generate_content")
                .containsEntry("gen_ai.provider.name", "gcp.gemini")
                .containsEntry("gen_ai.request.model", "gemini-2.5-flash")
                .containsEntry("server.address", "127.0.0.1");
    }

    private String play(String scenario) throws Exception {
        return BENCH.play(version, scenario);
    }
}
