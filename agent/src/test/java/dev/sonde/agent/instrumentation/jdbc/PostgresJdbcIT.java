package dev.sonde.agent.instrumentation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** PostgreSQL itself, where it is installed, with an operator of the name that pgvector's has. */
@EnabledIf("dev.sonde.agent.instrumentation.jdbc.LocalPostgres#isInstalled")
class PostgresJdbcIT extends JdbcContract {
    PostgresJdbcIT() {
        super("postgresql", "42.7.13", "'[3 numbers]'::float8[]", new LocalPostgres());
    }

    @Override
    String withParameter() {
        return "SELECT name FROM things ORDER BY embedding <-> ?::float8[]";
    }

    /** DuckDB's connection holds its statements, so that they end with it. */
    @Test
    void dropped_endsWhenItIsCollected() throws Exception {
        assertThat(play("dropped")).isEqualTo("a");

        assertThat(bench.take().outputJson()).hasToString("{\"rows\":1}");
    }
}
