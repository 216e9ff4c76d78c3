package dev.sonde.agent.instrumentation.elastic;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Elasticsearch's client in an application, against a server of its interface that compares documents in memory. */
@ParameterizedClass(name = "Elasticsearch client {0}")
@ValueSource(strings = {ElasticsearchInstrumentationIT.NEWEST, ElasticsearchInstrumentationIT.OLDEST})
class ElasticsearchInstrumentationIT {
    static final String NEWEST = "9.5.6";
    static final String OLDEST = "8.4.3";

    private static final String MISSING = "[es/search] failed: [index_not_found_exception] no such index [missing]";

    @RegisterExtension
    static final LibraryBench BENCH = LibraryBench.of(
            "Elasticsearch client",
            "com.example.elastic.Main",
            new OwnServer(),
            ElasticsearchInstrumentationIT::classPath);

    @Parameter
    private String version;

    @Test
    void search_isARetrieverWithWhatWasFound() throws Exception {
        assertThat(BENCH.play(version, "search")).isEqualTo("It rains in Paris. Il pleut.");

        assertFound(BENCH.take());
    }

    @Test
    void search_answeredLater_isTheSame() throws Exception {
        assertThat(BENCH.play(version, "async")).isEqualTo("It rains in Paris. Il pleut.");

        assertFound(BENCH.take());
    }

    @Test
    void search_withAFilter_tellsIt() throws Exception {
        assertThat(BENCH.play(version, "filter")).isEqualTo("It rains in Paris. Il pleut.");

        assertThat(BENCH.take().inputJson().findValue("filter"))
                .isEqualTo(Elastic.json("[{\"term\":{\"tag\":{\"value\":\"rain\"}}}]"));
    }

    @Test
    void search_byWordsAlone_isLeftAlone() throws Exception {
        assertThat(BENCH.play(version, "words")).isEqualTo("It rains in Paris.");
    }

    @Test
    void search_thatIsRefused_isAnErrorWithItsStatus() throws Exception {
        assertRefused("missing");
    }

    @Test
    void search_thatIsRefusedLater_isTheSame() throws Exception {
        assertRefused("missing later");
    }

    @Test
    void search_thatIsCancelled_isAWarning() throws Exception {
        assertThat(BENCH.play(version, "cancel")).isEqualTo("true");

        assertThat(BENCH.take().level()).isEqualTo("WARNING");
    }

    private void assertRefused(String scenario) throws Exception {
        assertThat(BENCH.play(version, scenario)).endsWith("ElasticsearchException: " + MISSING);

        CollectedObservation retriever = BENCH.take();
        assertThat(retriever.level()).isEqualTo("ERROR");
        assertThat(retriever.message()).isEqualTo("ElasticsearchException: " + MISSING);
        assertThat(retriever.attributes()).containsEntry("http.response.status_code", 404L);
    }

    private void assertFound(CollectedObservation retriever) throws IOException {
        String knn = "{\"field\":\"embedding\",\"query_vector\":{\"dimension\":20},\"k\":2,\"num_candidates\":10}";
        assertThat(retriever.inputJson().has("knn")).isTrue();
        assertThat(retriever.inputJson().findParent("query_vector")).isEqualTo(Elastic.json(knn));
        Elastic.assertFound(retriever, "elasticsearch");
    }

    private static List<String> classPath(String version) throws IOException {
        return version.equals(OLDEST)
                ? Stack.of("elasticsearch-8.4").compiled("elastic", "elasticsearch", "elasticsearch-8")
                : Stack.of("elasticsearch-9.5").compiled("elastic", "elasticsearch", "elasticsearch-9");
    }
}
