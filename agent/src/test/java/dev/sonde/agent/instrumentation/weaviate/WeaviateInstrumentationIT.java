package dev.sonde.agent.instrumentation.weaviate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sonde.agent.instrumentation.LibraryBench;
import dev.sonde.agent.instrumentation.OwnServer;
import dev.sonde.agent.instrumentation.Stack;
import dev.sonde.testkit.collector.CollectedObservation;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weaviate's client in an application, against a server of Weaviate's own protocol that compares vectors in memory. */
class WeaviateInstrumentationIT {
    private static final String NEWEST = "6.3.0";
    private static final String FOUND = """
            [{"id":"00000000-0000-0000-0000-000000000001","score":0.0,"properties":{"text":"It rains in Paris."}},
             {"id":"00000000-0000-0000-0000-000000000002","score":1.0,"properties":{"text":"Il pleut."}}]""";

    @RegisterExtension
    static final LibraryBench BENCH = LibraryBench.of(
            "Weaviate client",
            "com.example.weaviate.Main",
            new OwnServer(),
            version -> Stack.of("weaviate-6.3").compiled("weaviate"));

    @ParameterizedTest
    @ValueSource(strings = {"vector", "later"})
    void nearVector_isARetrieverWithWhatWasFound(String scenario) throws Exception {
        assertThat(BENCH.play(NEWEST, scenario)).isEqualTo("It rains in Paris. Il pleut.");

        CollectedObservation retriever = BENCH.take();
        assertThat(retriever.type()).isEqualTo("retriever");
        assertThat(retriever.name()).isEqualTo("near vector Docs");
        assertThat(retriever.level()).isEqualTo("DEFAULT");
        assertThat(retriever.inputJson().at("/query/searchTarget/vector")).isEqualTo(json("{\"dimension\":2}"));
        assertThat(retriever.inputJson().at("/query/common/limit").asInt()).isEqualTo(2);
        assertThat(retriever.outputJson()).isEqualTo(json(FOUND));
        assertThat(retriever.attributes())
                .containsEntry("db.system.name", "weaviate")
                .containsEntry("db.operation.name", "near vector")
                .containsEntry("db.collection.name", "Docs")
                .containsEntry("db.response.returned_rows", 2L)
                .containsEntry("gen_ai.operation.name", "retrieval")
                .containsEntry("gen_ai.retrieval.top_k", 2L)
                .containsEntry("server.address", "localhost")
                .containsKey("server.port");
    }

    @Test
    void nearText_tellsTextAndFilter() throws Exception {
        assertThat(BENCH.play(NEWEST, "text")).isEqualTo("It rains in Paris.");

        CollectedObservation retriever = BENCH.take();
        assertThat(retriever.name()).isEqualTo("near text Docs");
        assertThat(retriever.input()).contains("\"rain\"");
        assertThat(retriever.inputJson().at("/query/common/filters").asText())
                .contains("language")
                .contains("en");
    }

    @Test
    void query_thatIsRefused_isAnError() throws Exception {
        assertThat(BENCH.play(NEWEST, "missing")).endsWith("UNKNOWN: could not find class Missing");

        CollectedObservation retriever = BENCH.take();
        assertThat(retriever.name()).isEqualTo("near vector Missing");
        assertThat(retriever.level()).isEqualTo("ERROR");
        assertThat(retriever.message()).isEqualTo("WeaviateApiException: UNKNOWN: could not find class Missing");
    }

    @Test
    void query_thatIsCancelled_isAWarning() throws Exception {
        assertThat(BENCH.play(NEWEST, "cancel")).isEqualTo("true");

        assertThat(BENCH.take().level()).isEqualTo("WARNING");
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
