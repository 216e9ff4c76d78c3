package dev.sonde.agent.instrumentation.qdrant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.agent.instrumentation.LibraryBench;
import dev.sonde.agent.instrumentation.OwnServer;
import dev.sonde.testkit.collector.CollectedObservation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Queries, which newer versions have. */
class QdrantQueryIT {
    @RegisterExtension
    static final LibraryBench BENCH = LibraryBench.of(
            "Qdrant client", "com.example.qdrant.Main", new OwnServer(), QdrantInstrumentationIT::classPath);

    @Test
    void query_isARetriever() throws Exception {
        assertThat(play("query")).isEqualTo("It rains in Paris. Dogs bark.");

        CollectedObservation retriever = BENCH.take();
        assertThat(retriever.type()).isEqualTo("retriever");
        assertThat(retriever.name()).isEqualTo("query docs");
        assertThat(retriever.inputJson()).isEqualTo(QdrantInstrumentationIT.json("""
                        {"collection_name":"docs",
                         "query":{"nearest":{"dense":{"data":{"dimension":3}}}},
                         "filter":{"must":[{"field":{"key":"language","match":{"keyword":"en"}}}]},
                         "limit":2,"with_payload":{"enable":true}}"""));
        assertThat(retriever.outputJson().findValuesAsText("id")).containsExactly("1", "3");
        assertThat(retriever.outputJson().at("/1/score").isNumber()).isTrue();
    }

    @Test
    void query_withoutAnAnswerInTime_isAnError() throws Exception {
        assertThat(play("timeout")).startsWith("threw io.grpc.StatusRuntimeException: DEADLINE_EXCEEDED");

        CollectedObservation retriever = BENCH.take();
        assertThat(retriever.level()).isEqualTo("ERROR");
        assertThat(retriever.message()).startsWith("StatusRuntimeException: DEADLINE_EXCEEDED");
        assertThat(retriever.attributes()).doesNotContainKey("gen_ai.retrieval.top_k");
    }

    @Test
    void change_thatTheClientRefuses_throwsTheSameAndIsAnError() throws Exception {
        assertThat(play("refused"))
                .isEqualTo("threw java.lang.IllegalArgumentException: Collection name must not be empty");

        CollectedObservation span = BENCH.take();
        assertThat(span.name()).isEqualTo("upsert");
        assertThat(span.level()).isEqualTo("ERROR");
        assertThat(span.message()).isEqualTo("IllegalArgumentException: Collection name must not be empty");
    }

    private static String play(String scenario) throws Exception {
        return BENCH.play(QdrantInstrumentationIT.NEWEST, scenario);
    }
}
