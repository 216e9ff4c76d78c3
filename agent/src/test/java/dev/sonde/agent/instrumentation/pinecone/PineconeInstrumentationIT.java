package dev.sonde.agent.instrumentation.pinecone;

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
import org.junit.jupiter.params.provider.ValueSource;

/** Pinecone's client in an application, against a server of Pinecone's own protocol that compares vectors in memory. */
@ParameterizedClass(name = "Pinecone client {0}")
@ValueSource(strings = {PineconeInstrumentationIT.NEWEST, PineconeInstrumentationIT.OLDEST})
class PineconeInstrumentationIT {
    static final String NEWEST = "6.1.0";
    static final String OLDEST = "1.0.0";

    @RegisterExtension
    static final LibraryBench BENCH = LibraryBench.of(
            "Pinecone client", "com.example.pinecone.Main", new OwnServer(), PineconeInstrumentationIT::classPath);

    @Parameter
    private String version;

    @ParameterizedTest
    @ValueSource(strings = {"query", "async"})
    void query_isARetrieverWithWhatWasFound(String scenario) throws Exception {
        assertThat(BENCH.play(version, scenario)).isEqualTo("It rains in Paris. Il pleut.");

        CollectedObservation retriever = BENCH.take();
        assertThat(retriever.type()).isEqualTo("retriever");
        assertThat(retriever.name()).isEqualTo("query docs");
        assertThat(retriever.level()).isEqualTo("DEFAULT");
        assertThat(retriever.inputJson())
                .isEqualTo(json("{\"top_k\":2,\"vector\":{\"dimension\":2},\"namespace\":\"weather\","
                        + "\"filter\":{\"tag\":\"rain\"}}"));
        assertThat(retriever.outputJson())
                .isEqualTo(json("[{\"id\":\"1\",\"score\":1.0,\"metadata\":{\"text\":\"It rains in Paris.\"}},"
                        + "{\"id\":\"2\",\"score\":0.5,\"metadata\":{\"text\":\"Il pleut.\"}}]"));
        assertThat(retriever.attributes())
                .containsEntry("db.system.name", "pinecone")
                .containsEntry("db.operation.name", "query")
                .containsEntry("db.collection.name", "docs")
                .containsEntry("db.response.returned_rows", 2L)
                .containsEntry("gen_ai.operation.name", "retrieval")
                .containsEntry("gen_ai.retrieval.top_k", 2L)
                .containsEntry("server.address", "localhost")
                .containsKey("server.port");
    }

    @Test
    void queryByVector_isOneRetriever() throws Exception {
        assertThat(BENCH.play(version, "vector")).isEqualTo("It rains in Paris.");

        assertThat(BENCH.take().inputJson())
                .isEqualTo(json("{\"top_k\":1,\"vector\":{\"dimension\":2},\"namespace\":\"weather\"}"));
    }

    @Test
    void queryByVectorId_isOneRetriever() throws Exception {
        assertThat(BENCH.play(version, "id")).isEqualTo("Dogs bark.");

        assertThat(BENCH.take().inputJson()).isEqualTo(json("{\"top_k\":1,\"namespace\":\"weather\",\"id\":\"3\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"upsert", "upsert later"})
    void upsert_isASpanWithTheIdOnly(String scenario) throws Exception {
        assertThat(BENCH.play(version, scenario)).isEqualTo("1");

        CollectedObservation span = BENCH.take();
        assertThat(span.type()).isEqualTo("span");
        assertThat(span.name()).isEqualTo("upsert docs");
        assertThat(span.inputJson()).isEqualTo(json("{\"vectors\":1,\"ids\":[\"4\"],\"namespace\":\"weather\"}"));
        assertThat(span.outputJson()).isEqualTo(json("{\"upserted_count\":1}"));
    }

    @Test
    void upsert_ofMany_isOneSpan() throws Exception {
        assertThat(BENCH.play(version, "upsert many")).isEqualTo("2");

        assertThat(BENCH.take().inputJson())
                .isEqualTo(json("{\"vectors\":2,\"ids\":[\"5\",\"6\"],\"namespace\":\"weather\"}"));
    }

    @Test
    void query_thatIsRefused_isAnError() throws Exception {
        assertThat(BENCH.play(version, "missing")).contains("NOT_FOUND: Namespace not found");

        CollectedObservation retriever = BENCH.take();
        assertThat(retriever.level()).isEqualTo("ERROR");
        assertThat(retriever.message()).isEqualTo("StatusRuntimeException: NOT_FOUND: Namespace not found");
    }

    @Test
    void query_thatIsCancelled_isAWarningAndReachesTheServer() throws Exception {
        assertThat(BENCH.play(version, "cancel")).isEqualTo("true, server true");

        assertThat(BENCH.take().level()).isEqualTo("WARNING");
    }

    private static List<String> classPath(String version) throws IOException {
        return version.equals(OLDEST)
                ? Stack.of("pinecone-1.0").compiled("pinecone", "pinecone-1")
                : Stack.of("pinecone-6.1").compiled("pinecone", "pinecone-6");
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
