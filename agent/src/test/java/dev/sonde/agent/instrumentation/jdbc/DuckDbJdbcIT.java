package dev.sonde.agent.instrumentation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.agent.instrumentation.LibraryBench;
import dev.sonde.agent.instrumentation.Stack;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A database that has pgvector's operators and runs in the application's process, so that it is there everywhere. */
class DuckDbJdbcIT extends JdbcContract {
    private static final String VERSION = "2.0.0.1";
    private static final URI IN_MEMORY = URI.create("jdbc:duckdb:");

    DuckDbJdbcIT() {
        super("duckdb", VERSION, "[3 numbers]::FLOAT[3]", new InProcess(IN_MEMORY));
    }

    @Override
    String withParameter() {
        return "SELECT name FROM things ORDER BY embedding <-> ?::FLOAT[3]";
    }

    @Test
    void withoutTheOption_nothingIsRecorded() throws Exception {
        LibraryBench off = LibraryBench.of(
                "none",
                "com.example.jdbc.Searches",
                new InProcess(IN_MEMORY),
                asked -> Stack.of("jdbc-duckdb").compiled("jdbc"));
        try {
            assertThat(off.play(VERSION, "plain")).isEqualTo("ab");
            assertThat(off.play(VERSION, "observed")).isEqualTo("ab");

            assertThat(off.take(1)).extracting(each -> each.name()).isEqualTo(List.of("outer"));
            off.collector().assertNothingLeft();
        } finally {
            off.afterAll(null);
        }
    }
}
