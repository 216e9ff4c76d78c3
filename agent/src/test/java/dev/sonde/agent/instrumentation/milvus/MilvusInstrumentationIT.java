package dev.sonde.agent.instrumentation.milvus;

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

/** Milvus' client in an application, against a server of Milvus' own protocol that compares vectors in memory. */
@ParameterizedClass(name = "Milvus client {0}")
@ValueSource(strings = {MilvusInstrumentationIT.NEWEST, MilvusInstrumentationIT.OLDEST})
class MilvusInstrumentationIT {
    static final String NEWEST = "2.6.22";
    static final String OLDEST = "2.5.10";

    private static final String RAIN = "{\"id\":1,\"score\":1.0,\"entity\":{\"text\":\"It rains in Paris.\"}}";
    private static final String PLUIE = "{\"id\":2,\"score\":0.5,\"entity\":{\"text\":\"Il pleut.\"}}";

    @RegisterExtension
    static final LibraryBench BENCH = LibraryBench.of(
            "Milvus client", "com.example.milvus.Main", new OwnServer(), MilvusInstrumentationIT::classPath);

    @Parameter
    private String version;

    @Test
    void search_isARetrieverWithWhatWasFound() throws Exception {
        assertThat(BENCH.play(version, "search")).isEqualTo("It rains in Paris. Il pleut.");

        CollectedObservation retriever = BENCH.take();
        assertThat(retriever.type()).isEqualTo("retriever");
        assertThat(retriever.name()).isEqualTo("search docs");
        assertThat(retriever.level()).isEqualTo("DEFAULT");
        assertThat(retriever.inputJson())
                .isEqualTo(json("{\"limit\":2,\"vectors\":{\"dimension\":2},\"field\":\"embedding\","
                        + "\"filter\":\"id > 0\",\"output_fields\":[\"text\"]}"));
        assertThat(retriever.outputJson()).isEqualTo(json("[" + RAIN + "," + PLUIE + "]"));
        assertThat(retriever.attributes())
                .containsEntry("db.system.name", "milvus")
                .containsEntry("db.operation.name", "search")
                .containsEntry("db.collection.name", "docs")
                .containsEntry("db.response.returned_rows", 2L)
                .containsEntry("gen_ai.operation.name", "retrieval")
                .containsEntry("gen_ai.retrieval.top_k", 2L)
                .containsEntry("server.address", "localhost")
                .containsKey("server.port");
    }

    @Test
    void hybridSearch_tellsItsParts() throws Exception {
        assertThat(BENCH.play(version, "hybrid")).isEqualTo("It rains in Paris. Il pleut.");

        CollectedObservation retriever = BENCH.take();
        assertThat(retriever.name()).isEqualTo("hybrid search docs");
        assertThat(retriever.inputJson().at("/searches/0"))
                .isEqualTo(json("{\"field\":\"embedding\",\"limit\":2,\"vectors\":{\"dimension\":2}}"));
        assertThat(retriever.outputJson()).isEqualTo(json("[" + RAIN + "," + PLUIE + "]"));
    }

    @Test
    void query_isARetrieverWithItsFilter() throws Exception {
        assertThat(BENCH.play(version, "query")).isEqualTo("Dogs bark.");

        CollectedObservation retriever = BENCH.take();
        assertThat(retriever.name()).isEqualTo("query docs");
        assertThat(retriever.inputJson()).isEqualTo(json("{\"filter\":\"id == 3\",\"output_fields\":[\"text\"]}"));
        assertThat(retriever.outputJson().at("/0/entity/text").asText()).isEqualTo("Dogs bark.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "insert | 2 | {'rows':2} | {'rows':2,'ids':[7,8]}",
                "upsert | 1 | {'rows':1} | {'rows':1,'ids':[7]}",
                "delete | 1 | {'filter':'id == 3'} | {'rows':1}"
            },
            quoteCharacter = '"')
    void change_isASpanWithWhatItChanges(String operation, String said, String input, String output) throws Exception {
        assertThat(BENCH.play(version, operation)).isEqualTo(said);

        CollectedObservation span = BENCH.take();
        assertThat(span.type()).isEqualTo("span");
        assertThat(span.name()).isEqualTo(operation + " docs");
        assertThat(span.inputJson()).isEqualTo(json(input.replace('\'', '"')));
        boolean withoutIds = version.equals(OLDEST) && operation.equals("upsert"); // of which it tells the number only
        assertThat(span.outputJson()).isEqualTo(json(withoutIds ? "{\"rows\":1}" : output.replace('\'', '"')));
    }

    @Test
    void search_thatIsRefused_isAnError() throws Exception {
        assertThat(BENCH.play(version, "missing")).contains("collection not found[collection=missing]");

        CollectedObservation retriever = BENCH.take();
        assertThat(retriever.level()).isEqualTo("ERROR");
        assertThat(retriever.message()).startsWith("MilvusClientException: collection not found[collection=missing]");
    }

    private static List<String> classPath(String version) throws IOException {
        String stack = version.equals(OLDEST) ? "milvus-2.5" : "milvus-2.6";
        return Stack.of(stack).compiled("milvus", stack);
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
