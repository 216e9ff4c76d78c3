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

/** The library's own client for the Model Context Protocol. */
@ParameterizedClass(name = "LangChain4j {0}")
@ValueSource(strings = {LangChain4jApps.NEWEST, LangChain4jApps.OLDEST})
class LangChain4jMcpIT {
    private static final OpenAiProvider PROVIDER = OpenAiProvider.start();

    @RegisterExtension
    static final LibraryBench BENCH = LangChain4jApps.bench("McpApp", PROVIDER);

    @Parameter
    private String version;

    @Test
    void toolOfAServer_isOneObservationInTheServicesChain() throws Exception {
        PROVIDER.answerNext(weather("Paris"), Answer.text("It rains."));

        assertThat(BENCH.play(version, "service")).isEqualTo("It rains.");

        List<CollectedObservation> all = BENCH.take(4);
        assertThat(all)
                .extracting(CollectedObservation::type)
                .containsExactly("chain", "generation", "tool", "generation");
        CollectedObservation tool = all.get(2);
        assertThat(tool.name()).isEqualTo("weather");
        assertThat(tool.parentId()).isEqualTo(all.get(0).id());
        assertThat(tool.level()).isEqualTo("DEFAULT");
        assertThat(tool.inputJson()).isEqualTo(new ObjectMapper().readTree("{\"city\":\"Paris\"}"));
        assertThat(tool.output()).isEqualTo("rain");
        assertThat(tool.attributes())
                .containsEntry("mcp.method.name", "tools/call")
                .containsEntry("gen_ai.operation.name", "execute_tool")
                .containsEntry("gen_ai.tool.name", "weather")
                .containsEntry("langfuse.observation.metadata.mcp_client", "weather-server")
                .containsKey("gen_ai.tool.call.id");
    }

    @Test
    void toolOfAServer_thatFails_saysSo() throws Exception {
        PROVIDER.answerNext(weather("Atlantis"), Answer.text("Nobody knows."));

        assertThat(BENCH.play(version, "service")).isEqualTo("Nobody knows.");

        CollectedObservation tool = BENCH.take(4).get(2);
        assertThat(tool.name()).isEqualTo("weather");
        assertThat(tool.level() + tool.message() + tool.output()).contains("no such city");
    }

    @Test
    void prompt_isASpan() throws Exception {
        assertThat(BENCH.play(version, "prompt")).isEqualTo("Greet Ada");

        CollectedObservation prompt = BENCH.take();
        assertThat(prompt.type()).isEqualTo("span");
        assertThat(prompt.name()).isEqualTo("prompts/get greeting");
        assertThat(prompt.inputJson().at("/name").asText()).isEqualTo("Ada");
        assertThat(prompt.outputJson().at("/0/role").asText()).isEqualTo("user");
        assertThat(prompt.outputJson().at("/0/text").asText()).isEqualTo("Greet Ada");
        assertThat(prompt.attributes()).containsEntry("gen_ai.prompt.name", "greeting");
    }

    @Test
    void resource_isASpan() throws Exception {
        assertThat(BENCH.play(version, "resource")).isEqualTo("A city");

        CollectedObservation resource = BENCH.take();
        assertThat(resource.name()).isEqualTo("resources/read city://paris");
        assertThat(resource.input()).isEqualTo("city://paris");
        assertThat(resource.outputJson())
                .isEqualTo(new ObjectMapper()
                        .readTree("[{\"uri\":\"city://paris\",\"mime_type\":\"text/plain\",\"text\":\"A city\"}]"));
        assertThat(resource.attributes()).containsEntry("mcp.resource.uri", "city://paris");
    }

    private static Answer weather(String city) {
        return Answer.toolCalls(new Answer.ToolCall("weather", "{\"city\":\"" + city + "\"}"));
    }
}
