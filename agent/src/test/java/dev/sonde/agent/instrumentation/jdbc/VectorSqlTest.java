package dev.sonde.agent.instrumentation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VectorSqlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM items ORDER BY embedding <-> ?",
                "select id from items order by e <#>? limit 5",
                "SELECT 1 - (e <=> $1) FROM items",
                "WITH q AS (SELECT 1) SELECT * FROM items ORDER BY e <+> '[1,2]'",
                "(SELECT * FROM items ORDER BY e <~> b'1')",
                "/* which */ SELECT * FROM items ORDER BY e <%> ?",
                "SELECT a<->-1 FROM t",
            })
    void of_anyOfTheOperators_isASearch(String sql) {
        assertThat(VectorSql.of(sql)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<->",
                "SELECT 1",
                "SELECT a <> b FROM t",
                "SELECT '<->' FROM t",
                "SELECT 'it''s <->' FROM t",
                "SELECT E'\\'<->' FROM t",
                "SELECT $$ <-> $$, $q$ <=> $q$ FROM t",
                "SELECT \"<->\" FROM t",
                "SELECT 1 -- <->\n FROM t",
                "SELECT /* a /* <=> */ <-> */ 1",
                "SELECT a <->> b, c <<-> d FROM t",
                "SELECT 'open <->",
                "CREATE OPERATOR <-> (LEFTARG = a)",
                "INSERT INTO t SELECT a <-> b FROM u",
                "DELETE FROM t WHERE a <=> b < 1",
            })
    void of_anythingElse_isNone(String sql) {
        assertThat(VectorSql.of(sql)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT * FROM i ORDER BY e <-> '[1,2.5,-3e4]' | SELECT * FROM i ORDER BY e <-> '[3 numbers]'",
                "SELECT * FROM i ORDER BY e <-> '[1, 2]'::vector | SELECT * FROM i ORDER BY e <-> '[2 numbers]'::vector",
                "SELECT * FROM i ORDER BY e <=> ARRAY[1, 2, 3] | SELECT * FROM i ORDER BY e <=> ARRAY[3 numbers]",
                "SELECT * FROM i ORDER BY e <-> '{1:0.5,9:2}/10' | SELECT * FROM i ORDER BY e <-> '[2 numbers]'",
                "SELECT * FROM i ORDER BY e <~> B'0101010101' | SELECT * FROM i ORDER BY e <~> B'[10 bits]'",
                "SELECT a[1] FROM i WHERE k = 'v' ORDER BY e <-> ? | SELECT a[1] FROM i WHERE k = 'v' ORDER BY e <-> ?",
            })
    void text_hasDimensionsInsteadOfVectors(String sql, String shown) {
        assertThat(VectorSql.of(sql)).extracting(VectorSql::text).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "SELECT * FROM items ORDER BY e <-> ? LIMIT 5 | items | 5 | 0",
                "SELECT * FROM public.items i ORDER BY e <-> ? LIMIT ? | public.items | none | 2",
                "SELECT * FROM \"My\".\"Items\" ORDER BY e <-> $2 LIMIT $1 | My.Items | none | 1",
                "SELECT * FROM items, more ORDER BY e <-> ? FETCH FIRST 7 ROWS ONLY | items | 7 | 0",
                "SELECT * FROM (SELECT * FROM inner_one LIMIT 9) x ORDER BY e <-> ? | none | none | 0",
                "WITH n AS (SELECT * FROM a LIMIT 2) SELECT * FROM n ORDER BY e <-> ? LIMIT 3 | n | 3 | 0",
                "SELECT a ?? 'k' FROM items ORDER BY e <-> ? LIMIT ? OFFSET ? | items | none | 2",
                "SELECT * FROM items ORDER BY e <-> ? LIMIT ALL | items | none | 0",
            })
    void of_tellsWhereAndHowMany(String sql, String table, Long limit, int parameter) {
        VectorSql read = VectorSql.of(sql);

        assertThat(read).isNotNull();
        assertThat(read.table()).isEqualTo(table);
        assertThat(read.limit()).isEqualTo(limit);
        assertThat(read.limitParameter()).isEqualTo(parameter);
    }

    @Test
    void of_tooLong_isNone() {
        assertThat(VectorSql.of("SELECT " + "1,".repeat(1 << 20) + "a <-> b FROM t"))
                .isNull();
    }
}
