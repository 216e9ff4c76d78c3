package dev.sonde.agent.instrumentation.qdrant;

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
import org.junit.jupiter.params.provider.ValueSource;

/** Qdrant's client in an application, against a server of Qdrant's own protocol that compares points in memory. */
@ParameterizedClass(name = "Qdrant client {0}")
@ValueSource(strings = {QdrantInstrumentationIT.NEWEST, QdrantInstrumentationIT.OLDEST})
class QdrantInstrumentationIT {
    static final String NEWEST = "1.18.3";
    static final String OLDEST = "1.7.0";

    private static final String RAIN =
            "{\"id\":1,\"score\":1.0,\"payload\":{\"text\":\"It rains in Paris.\",\"language\":\"en\"}}";
    private static final String PLUIE =
            "{\"id\":2,\"score\":0.8,\"payload\":{\"text\":\"Il pleut.\",\"language\":\"fr\"}}";
    private static final String SEARCH =
            "{\"collection_name\":\"%s\",\"vector\":{\"dimension\":3},\"limit\":2,\"with_payload\":{\"enable\":true}}";

    @RegisterExtension
    static final LibraryBench BENCH = LibraryBench.of(
            "Qdrant client", "com.example.qdrant.Main", new OwnServer(), QdrantInstrumentationIT::classPath);

    @Parameter
    private String version;

    @Test
    void search_isARetrieverWithWhatWasFound() throws Exception {
        assertFound(BENCH.play(version, "search"));
    }

    @Test
    void search_answeredToACallback_isTheSame() throws Exception {
        assertFound(BENCH.play(version, "callback"));
    }

    @Test
    void search_withAFilter_tellsIt() throws Exception {
        assertThat(BENCH.play(version, "filter")).isEqualTo("Il pleut.");

        CollectedObservation retriever = BENCH.take();
        assertThat(retriever.inputJson().at("/filter"))
                .isEqualTo(json("{\"must\":[{\"field\":{\"key\":\"language\",\"match\":{\"keyword\":\"fr\"}}}]}"));
        assertThat(retriever.outputJson()).isEqualTo(json("[" + PLUIE + "]"));
    }

    @Test
    void batch_isOneRetriever() throws Exception {
        assertThat(BENCH.play(version, "batch")).isEqualTo("It rains in Paris.; It rains in Paris. Il pleut.");

        CollectedObservation retriever = BENCH.take();
        assertThat(retriever.name()).isEqualTo("search batch docs");
        assertThat(retriever.inputJson()).hasSize(2);
        assertThat(retriever.inputJson().at("/1")).isEqualTo(json(SEARCH.formatted("docs")));
        assertThat(retriever.outputJson()).isEqualTo(json("[[" + RAIN + "],[" + RAIN + "," + PLUIE + "]]"));
        assertThat(retriever.attributes()).containsEntry("db.response.returned_rows", 3L);
    }

    @Test
    void groups_areOneRetriever() throws Exception {
        assertThat(BENCH.play(version, "groups")).isEqualTo("It rains in Paris.; Il pleut.");

        CollectedObservation retriever = BENCH.take();
        assertThat(retriever.name()).isEqualTo("search groups docs");
        assertThat(retriever.outputJson().at("/0/group")).isEqualTo(json("{\"string_value\":\"en\"}"));
        assertThat(retriever.outputJson().at("/1/payload/text").asText()).isEqualTo("Il pleut.");
    }

    @Test
    void upsert_isASpanWithTheIdsOnly() throws Exception {
        assertThat(BENCH.play(version, "upsert")).isEqualTo("Completed");

        CollectedObservation span = BENCH.take();
        assertThat(span.type()).isEqualTo("span");
        assertThat(span.name()).isEqualTo("upsert docs");
        assertThat(span.inputJson()).isEqualTo(json("{\"points\":2,\"ids\":[3,4]}"));
        assertThat(span.outputJson()).isEqualTo(json("{\"operation_id\":1,\"status\":\"Completed\"}"));
        assertThat(span.attributes())
                .containsEntry("db.operation.name", "upsert")
                .doesNotContainKeys("gen_ai.operation.name", "db.response.returned_rows");
    }

    @Test
    void delete_tellsWhat() throws Exception {
        assertThat(BENCH.play(version, "delete")).isEqualTo("Completed");

        CollectedObservation span = BENCH.take();
        assertThat(span.name()).isEqualTo("delete docs");
        assertThat(span.inputJson()).isEqualTo(json("{\"points\":{\"points\":{\"ids\":[3]}}}"));
    }

    @Test
    void search_thatIsRefused_isAnError() throws Exception {
        String thrown = "StatusRuntimeException: NOT_FOUND: Collection `missing` doesn't exist!";

        assertThat(BENCH.play(version, "missing")).isEqualTo("threw io.grpc." + thrown);

        CollectedObservation retriever = BENCH.take();
        assertThat(retriever.level()).isEqualTo("ERROR");
        assertThat(retriever.message()).isEqualTo(thrown);
        assertThat(retriever.inputJson()).isEqualTo(json(SEARCH.formatted("missing")));
        assertThat(retriever.output()).isNull();
    }

    @Test
    void search_thatIsCancelled_isAWarningAndReachesTheServer() throws Exception {
        assertThat(BENCH.play(version, "cancel")).isEqualTo("true, server true");

        CollectedObservation retriever = BENCH.take();
        assertThat(retriever.level()).isEqualTo("WARNING");
        assertThat(retriever.message()).isEqualTo("cancelled");
    }

    private void assertFound(String said) throws IOException {
        assertThat(said).isEqualTo("It rains in Paris. Il pleut.");
        CollectedObservation retriever = BENCH.take();
        assertThat(retriever.type()).isEqualTo("retriever");
        assertThat(retriever.name()).isEqualTo("search docs");
        assertThat(retriever.level()).isEqualTo("DEFAULT");
        assertThat(retriever.inputJson()).isEqualTo(json(SEARCH.formatted("docs")));
        assertThat(retriever.outputJson()).isEqualTo(json("[" + RAIN + "," + PLUIE + "]"));
        assertThat(retriever.attributes())
                .containsEntry("db.system.name", "qdrant")
                .containsEntry("db.operation.name", "search")
                .containsEntry("db.collection.name", "docs")
                .containsEntry("db.response.returned_rows", 2L)
                .containsEntry("gen_ai.operation.name", "retrieval")
                .containsEntry("gen_ai.data_source.id", "docs")
                .containsEntry("gen_ai.retrieval.top_k", 2L)
                .containsEntry("server.address", "localhost")
                .containsKey("server.port");
    }

    static List<String> classPath(String version) throws IOException {
        return version.equals(OLDEST)
                ? Stack.of("qdrant-1.7").compiled("qdrant", "qdrant-search")
                : Stack.of("qdrant-1.18").compiled("qdrant", "qdrant-query");
    }

    static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
