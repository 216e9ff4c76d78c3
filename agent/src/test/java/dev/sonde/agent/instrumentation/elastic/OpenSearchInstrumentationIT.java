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

/** OpenSearch's client in an application, against a server of its interface that compares documents in memory. */
@ParameterizedClass(name = "OpenSearch client {0}")
@ValueSource(strings = {OpenSearchInstrumentationIT.NEWEST, OpenSearchInstrumentationIT.OLDEST})
class OpenSearchInstrumentationIT {
    static final String NEWEST = "3.9.0";
    static final String OLDEST = "2.6.0";

    @RegisterExtension
    static final LibraryBench BENCH = LibraryBench.of(
            "OpenSearch client", "com.example.elastic.Main", new OwnServer(), OpenSearchInstrumentationIT::classPath);

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
    void search_byWordsAlone_isLeftAlone() throws Exception {
        assertThat(BENCH.play(version, "words")).isEqualTo("It rains in Paris.");
    }

    @Test
    void search_thatIsRefused_isAnErrorWithItsStatus() throws Exception {
        String message = "OpenSearchException: Request failed: [index_not_found_exception] no such index [missing]";

        assertThat(BENCH.play(version, "missing")).endsWith(message);

        CollectedObservation retriever = BENCH.take();
        assertThat(retriever.level()).isEqualTo("ERROR");
        assertThat(retriever.message()).isEqualTo(message);
        assertThat(retriever.attributes()).containsEntry("http.response.status_code", 404L);
    }

    @Test
    void search_thatIsCancelled_isAWarning() throws Exception {
        assertThat(BENCH.play(version, "cancel")).isEqualTo("true");

        assertThat(BENCH.take().level()).isEqualTo("WARNING");
    }

    private static void assertFound(CollectedObservation retriever) throws IOException {
        assertThat(retriever.inputJson())
                .isEqualTo(Elastic.json(
                        "{\"query\":{\"knn\":{\"embedding\":{\"vector\":{\"dimension\":20},\"k\":2}}},\"size\":2}"));
        Elastic.assertFound(retriever, "opensearch");
    }

    private static List<String> classPath(String version) throws IOException {
        return version.equals(OLDEST)
                ? Stack.of("opensearch-2.6").compiled("elastic", "opensearch", "opensearch-2")
                : Stack.of("opensearch-3.9").compiled("elastic", "opensearch", "opensearch-3");
    }
}
