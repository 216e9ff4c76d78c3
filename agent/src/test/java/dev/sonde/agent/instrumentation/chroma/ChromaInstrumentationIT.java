package dev.sonde.agent.instrumentation.chroma;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sonde.agent.instrumentation.LibraryBench;
import dev.sonde.agent.instrumentation.OwnServer;
import dev.sonde.agent.instrumentation.Stack;
import dev.sonde.testkit.collector.CollectedObservation;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Chroma's client in an application, against a server of Chroma's interface that compares vectors in memory. */
@ParameterizedClass(name = "Chroma client {0}")
@ValueSource(strings = {ChromaInstrumentationIT.NEWEST, ChromaInstrumentationIT.OLDEST})
class ChromaInstrumentationIT {
    static final String NEWEST = "0.1.7";
    static final String OLDEST = "0.1.2";

    @RegisterExtension
    static final LibraryBench BENCH = LibraryBench.of(
            "Chroma client", "com.example.chroma.Main", new OwnServer(), ChromaInstrumentationIT::classPath);

    @Parameter
    private String version;

    @Test
    void query_isARetrieverWithWhatWasFound() throws Exception {
        assertThat(BENCH.play(version, "query")).isEqualTo("It rains in Paris. Il pleut.");

        CollectedObservation retriever = BENCH.take();
        assertThat(retriever.type()).isEqualTo("retriever");
        assertThat(retriever.name()).isEqualTo("query docs");
        assertThat(retriever.level()).isEqualTo("DEFAULT");
        assertThat(retriever.inputJson()).isEqualTo(json("{\"query_texts\":[\"rain\"],\"n_results\":2}"));
        assertThat(retriever.outputJson())
                .isEqualTo(
                        json(
                                "[{\"id\":\"1\",\"score\":0.0,\"document\":\"It rains in Paris.\",\"metadata\":{\"row\":\"0\"}},"
                                        + "{\"id\":\"2\",\"score\":1.0,\"document\":\"Il pleut.\",\"metadata\":{\"row\":\"1\"}}]"));
        assertThat(retriever.attributes())
                .containsEntry("db.system.name", "chroma")
                .containsEntry("db.operation.name", "query")
                .containsEntry("db.collection.name", "docs")
                .containsEntry("db.response.returned_rows", 2L)
                .containsEntry("gen_ai.operation.name", "retrieval")
                .containsEntry("gen_ai.retrieval.top_k", 2L)
                .containsEntry("server.address", "localhost")
                .containsKey("server.port");
    }

    @Test
    void query_withAFilter_tellsIt() throws Exception {
        assertThat(BENCH.play(version, "filter")).isEqualTo("It rains in Paris.");

        assertThat(BENCH.take().inputJson().at("/where")).isEqualTo(json("{\"row\":\"0\"}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "add | {'documents':2,'ids':['7','8']}",
                "upsert | {'documents':1,'ids':['7']}",
                "delete | {'documents':1,'ids':['7']}"
            },
            quoteCharacter = '"')
    void change_isASpanWithTheIdsOnly(String operation, String input) throws Exception {
        assertThat(BENCH.play(version, operation)).isEqualTo("true");

        CollectedObservation span = BENCH.take();
        assertThat(span.type()).isEqualTo("span");
        assertThat(span.name()).isEqualTo(operation + " docs");
        assertThat(span.inputJson()).isEqualTo(json(input.replace('\'', '"')));
        assertThat(span.output()).isEqualTo("true");
    }

    @Test
    void query_thatIsRefused_isAnErrorWithItsStatus() throws Exception {
        String thrown = version.equals(OLDEST) ? "ApiException" : "ChromaException";

        assertThat(BENCH.play(version, "too many")).isEqualTo("threw " + thrown);

        CollectedObservation retriever = BENCH.take();
        assertThat(retriever.level()).isEqualTo("ERROR");
        assertThat(retriever.message()).startsWith(thrown);
        assertThat(retriever.attributes()).containsEntry("http.response.status_code", 422L);
    }

    private static List<String> classPath(String version) throws IOException {
        return version.equals(OLDEST)
                ? Stack.of("chroma-0.1.2").compiled("chroma", "chroma-0.1.2")
                : Stack.of("chroma-0.1.7").compiled("chroma", "chroma-0.1.7");
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
