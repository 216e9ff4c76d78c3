package dev.sonde.agent.instrumentation.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sonde.agent.instrumentation.LibraryBench;
import dev.sonde.testkit.Answer;
import dev.sonde.testkit.OpenAiProvider;
import dev.sonde.testkit.collector.CollectedObservation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** AI services and their tools. */
@ParameterizedClass(name = "LangChain4j {0}")
@ValueSource(strings = {LangChain4jApps.NEWEST, LangChain4jApps.OLDEST})
class LangChain4jServicesIT {
    private static final OpenAiProvider PROVIDER = OpenAiProvider.start();

    @RegisterExtension
    static final LibraryBench BENCH = LangChain4jApps.bench("ServiceApp", PROVIDER);

    @Parameter
    private String version;

    @Test
    void call_withATool_isAChainOfModelToolModel() throws Exception {
        PROVIDER.answerNext(weather("Paris"), Answer.text("It rains."));

        assertThat(BENCH.play(version, "chat")).isEqualTo("It rains.");

        assertToolLoop(BENCH.take(4), "Assistant.chat");
    }

    @Test
    void stream_withATool_isAChainOfModelToolModel() throws Exception {
        PROVIDER.answerNext(weather("Paris"), Answer.text("It rains."));

        assertThat(BENCH.play(version, "stream")).isEqualTo("It rains.");

        assertToolLoop(BENCH.take(4), "Assistant.stream");
    }

    @Test
    void stream_refused_fails() throws Exception {
        PROVIDER.answerNext(Answer.failure(429, "Slow down."));

        assertThat(BENCH.play(version, "stream")).contains("Slow down.");

        List<CollectedObservation> all = BENCH.take(2);
        assertThat(all).extracting(CollectedObservation::level).containsExactly("ERROR", "ERROR");
        assertThat(all).extracting(CollectedObservation::type).containsExactly("chain", "generation");
    }

    @Test
    void call_refused_failsWithTheSame() throws Exception {
        PROVIDER.answerNext(Answer.failure(429, "Slow down."));

        assertThat(BENCH.play(version, "chat")).contains("RateLimitException").contains("Slow down.");

        List<CollectedObservation> all = BENCH.take(2);
        assertThat(all).extracting(CollectedObservation::level).containsExactly("ERROR", "ERROR");
        assertThat(all.get(1).message()).startsWith("HTTP 429: ");
    }

    @Test
    void call_ofATemplate_hasItsVariablesAsInputAndTheContentAsOutput() throws Exception {
        PROVIDER.answerNext(Answer.text("bonjour"));

        assertThat(BENCH.play(version, "result")).isEqualTo("bonjour");

        List<CollectedObservation> all = BENCH.take(2);
        assertThat(all.get(0).name()).isEqualTo("Assistant.translate");
        assertThat(all.get(0).inputJson())
                .isEqualTo(new ObjectMapper().readTree("{\"text\":\"hello\",\"language\":\"French\"}"));
        assertThat(all.get(0).output()).isEqualTo("bonjour");
    }

    @Test
    void call_withAMemory_isOfThatConversation() throws Exception {
        PROVIDER.answerNext(Answer.text("hello"));

        assertThat(BENCH.play(version, "memory")).isEqualTo("hello");

        List<CollectedObservation> all = BENCH.take(2);
        assertThat(all.get(0).name()).isEqualTo("Remembering.chat");
        assertThat(all.get(0).input()).isEqualTo("Say hello");
        assertThat(all.get(0).attributes()).containsEntry("gen_ai.conversation.id", "ada");
    }

    @Test
    void methodsOfEveryObject_areNotRecorded() throws Exception {
        assertThat(BENCH.play(version, "object")).isEqualTo("true");
    }

    private static Answer weather(String city) {
        return Answer.toolCalls(
                new Answer.ToolCall("weather", "{\"arg0\":\"" + city + "\",\"city\":\"" + city + "\"}"));
    }

    private static void assertToolLoop(List<CollectedObservation> all, String name) {
        assertThat(all)
                .extracting(CollectedObservation::type)
                .containsExactly("chain", "generation", "tool", "generation");
        CollectedObservation chain = all.get(0);
        assertThat(chain.name()).isEqualTo(name);
        assertThat(chain.input()).isEqualTo("How is the weather in Paris?");
        assertThat(chain.output()).isEqualTo("It rains.");
        assertThat(chain.parentId()).isNull();
        assertThat(all.subList(1, 4)).extracting(CollectedObservation::parentId).containsOnly(chain.id());
        CollectedObservation tool = all.get(2);
        assertThat(tool.name()).isEqualTo("weather");
        assertThat(tool.inputJson().at("/city").asText()).isEqualTo("Paris");
        assertThat(tool.output()).isEqualTo("rain");
        assertThat(all).extracting(CollectedObservation::level).containsOnly("DEFAULT");
        assertThat(chain.end()).isAfterOrEqualTo(all.get(3).end());
    }
}
