package dev.sonde.agent.instrumentation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.agent.instrumentation.LibraryBench;
import dev.sonde.agent.instrumentation.Stack;
import dev.sonde.testkit.collector.CollectedObservation;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is recorded of searches by nearness through one real driver, in a JVM with the real agent. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class JdbcContract {
    @RegisterExtension
    final LibraryBench bench;

    private final String version;
    private final String system;
    /** SQL up to the vector, as it is recorded with it. */
    private final String sql;

    /**
     * @param literal a vector in SQL, as it is recorded
     * @param database by its address
     */
    JdbcContract(String system, String version, String literal, LibraryBench.Server database) {
        this.system = system;
        this.version = version;
        this.sql = "SELECT name FROM things ORDER BY embedding <-> " + literal;
        this.bench = LibraryBench.of(
                        "JDBC: " + system,
                        "com.example.jdbc.Searches",
                        database,
                        asked -> Stack.of("jdbc-" + system).compiled("jdbc"))
                .with("jdbc-vectors=true");
    }

    /** What is asked with a parameter in the place of the vector. */
    abstract String withParameter();

    @Test
    final void search_isARetrieverWithItsSqlButNoVector() throws Exception {
        assertThat(play("plain")).isEqualTo("ab");

        CollectedObservation observation = bench.take();
        assertThat(observation.type()).isEqualTo("retriever");
        assertThat(observation.name()).isEqualTo("SELECT things");
        assertThat(observation.level()).isEqualTo("DEFAULT");
        assertThat(observation.inputJson().at("/sql").asText()).isEqualTo(sql + " LIMIT 2");
        assertThat(observation.inputJson().at("/limit").asInt()).isEqualTo(2);
        assertThat(observation.outputJson()).hasToString("{\"rows\":2}");
        assertThat(observation.attributes())
                .containsEntry("db.system.name", system)
                .containsEntry("db.operation.name", "SELECT")
                .containsEntry("db.collection.name", "things")
                .containsEntry("db.response.returned_rows", 2L)
                .containsEntry("gen_ai.operation.name", "retrieval")
                .containsEntry("gen_ai.retrieval.top_k", 2L);
    }

    @ParameterizedTest
    @CsvSource({"prepared, ab, 2, LIMIT 2", "limitSet, a, 1, LIMIT ?"})
    final void preparedSearch_isRecordedWithItsLimit(String scenario, String found, int limit, String end)
            throws Exception {
        assertThat(play(scenario.equals("limitSet") ? "limitSet" : scenario)).isEqualTo(found);

        CollectedObservation observation = bench.take();
        assertThat(observation.inputJson())
                .hasToString("{\"sql\":\"" + withParameter() + " " + end + "\",\"limit\":" + limit + "}");
        assertThat(observation.outputJson()).hasToString("{\"rows\":" + limit + "}");
    }

    @Test
    final void statementUsedAgain_isASearchEachTime() throws Exception {
        assertThat(play("again")).isEqualTo("aa");

        List<CollectedObservation> both = bench.take(2);
        assertThat(both)
                .extracting(each -> each.inputJson().at("/limit").asInt())
                .containsExactly(1, 2);
        assertThat(both)
                .extracting(each -> each.outputJson().toString())
                .containsExactly("{\"rows\":1}", "{\"rows\":1}");
    }

    @ParameterizedTest
    @CsvSource({"execute, abc, 3", "firstOnly, a, 1", "statementClosed, a, 1"})
    final void rows_areThoseThatWereRead(String scenario, String found, int rows) throws Exception {
        assertThat(play(scenario)).isEqualTo(found);

        CollectedObservation observation = bench.take();
        assertThat(observation.inputJson()).hasToString("{\"sql\":\"" + sql + "\"}");
        assertThat(observation.outputJson()).hasToString("{\"rows\":" + rows + "}");
        assertThat(observation.level()).isEqualTo("DEFAULT");
    }

    @Test
    final void failure_isAnErrorWithItsState() throws Exception {
        String said = play("missing");
        assertThat(said).startsWith("threw");

        CollectedObservation observation = bench.take();
        assertThat(observation.name()).isEqualTo("SELECT nowhere");
        assertThat(observation.level()).isEqualTo("ERROR");
        assertThat(observation.message()).contains("nowhere");
        assertState(observation.attributes(), said.substring("threw ".length()));
    }

    /** Not every driver tells a state. */
    private static void assertState(Map<String, Object> attributes, String state) {
        if (state.equals("null")) {
            assertThat(attributes).doesNotContainKey("db.response.status_code");
        } else {
            assertThat(attributes).containsEntry("db.response.status_code", state);
        }
    }

    @Test
    final void insideAnObservedMethod_isItsChild() throws Exception {
        assertThat(play("observed")).isEqualTo("ab");

        List<CollectedObservation> both = bench.take(2);
        assertThat(both).extracting(CollectedObservation::name).containsExactly("outer", "SELECT things");
        assertThat(both.get(1).parentId()).isEqualTo(both.get(0).id());
    }

    @Test
    final void otherStatement_isNotRecorded() throws Exception {
        assertThat(play("other")).isEqualTo("abc");
        assertThat(play("plain")).isEqualTo("ab");

        assertThat(bench.take().inputJson().at("/sql").asText()).contains("embedding");
    }

    final String play(String scenario) throws Exception {
        return bench.play(version, scenario);
    }

    /** A database that is there for as long as the application. */
    record InProcess(URI baseUrl) implements LibraryBench.Server {
        @Override
        public void reset() {
            // each scenario finds what it needs
        }

        @Override
        public void close() {
            // goes with the application
        }
    }
}
