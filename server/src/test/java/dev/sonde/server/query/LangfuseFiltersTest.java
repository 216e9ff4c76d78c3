package dev.sonde.server.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LangfuseFiltersTest {

    @Test
    void parameters_areExact_tagsAreAll_environmentsAreAny() {
        Filter filter = traces(Map.of("userId", "ada", "tags", "a,b", "environment", "x,y"));

        assertThat(filter)
                .isEqualTo(new Filter.And(List.of(
                        new Filter.TextIs(Field.of(Column.USER_ID), Filter.TextMatch.EQUAL, "ada", false),
                        new Filter.OneOf(Field.of(Column.TAGS), Filter.SetMatch.ALL_OF, List.of("a", "b")),
                        new Filter.OneOf(Field.of(Column.ENVIRONMENT), Filter.SetMatch.ANY_OF, List.of("x", "y")))));
    }

    @Test
    void noParameter_holdsForEveryRow() {
        assertThat(traces(Map.of())).isEqualTo(Filter.ALL);
    }

    @Test
    void jsonFilter_replacesParametersOfItsColumnsOnly() {
        Filter filter = traces(Map.of(
                "userId",
                "ada",
                "name",
                "kept",
                "filter",
                "[{\"type\":\"string\",\"column\":\"User ID\",\"operator\":\"contains\",\"value\":\"ra\"}]"));

        assertThat(filter)
                .isEqualTo(new Filter.And(List.of(
                        new Filter.TextIs(Field.of(Column.NAME), Filter.TextMatch.EQUAL, "kept", false),
                        new Filter.TextIs(Field.of(Column.USER_ID), Filter.TextMatch.CONTAINS, "ra", false))));
    }

    @Test
    void conditions_ofEveryKind() {
        assertThat(one("'type':'datetime','column':'timestamp','operator':'>=','value':'2026-11-01T12:00:00+02:00'"))
                .isEqualTo(new Filter.TimeIs(
                        Field.of(Column.TIMESTAMP),
                        Filter.Comparison.GREATER_OR_EQUAL,
                        Instant.parse("2026-11-01T10:00:00Z")));
        assertThat(one("'type':'number','column':'latency','operator':'<','value':1.5"))
                .isEqualTo(new Filter.NumberIs(
                        Field.of(Column.LATENCY_SECONDS), Filter.Comparison.LESS, new BigDecimal("1.5")));
        assertThat(one("'type':'stringOptions','column':'name','operator':'none of','value':['a']"))
                .isEqualTo(new Filter.OneOf(Field.of(Column.NAME), Filter.SetMatch.NONE_OF, List.of("a")));
        assertThat(one("'type':'numberObject','column':'scores_avg','key':'q','operator':'>','value':1"))
                .isEqualTo(new Filter.NumberIs(Field.of(Column.SCORE, "q"), Filter.Comparison.GREATER, BigDecimal.ONE));
        assertThat(one("'type':'boolean','column':'bookmarked','operator':'<>','value':true"))
                .isEqualTo(new Filter.FlagIs(Field.of(Column.BOOKMARKED), false));
        assertThat(one("'type':'null','column':'userId','operator':'is null','value':''"))
                .isEqualTo(new Filter.Present(Field.of(Column.USER_ID), false));
    }

    /** A missing metadata key matches no operator, not even the negative one. */
    @Test
    void metadata_doesNotContain_needsTheKey() {
        Field tenant = Field.of(Column.METADATA, "tenant");

        assertThat(one("'type':'stringObject','column':'metadata','key':'tenant','operator':'does not contain',"
                        + "'value':'x'"))
                .isEqualTo(new Filter.And(List.of(
                        new Filter.Present(tenant, true),
                        new Filter.Not(new Filter.TextIs(tenant, Filter.TextMatch.CONTAINS, "x", false)))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{}",
                "[{'type':'string','column':'nothing','operator':'=','value':'x'}]",
                "[{'type':'string','column':'name','operator':'>','value':'x'}]",
                "[{'type':'string','column':'name','operator':'=','value':1}]",
                "[{'type':'number','column':'latency','operator':'=','value':'1'}]",
                "[{'type':'datetime','column':'timestamp','operator':'>','value':'2026-11-01T00:00:00'}]",
                "[{'type':'stringObject','column':'metadata','operator':'=','value':'x'}]",
                "[{'type':'null','column':'name','operator':'maybe','value':''}]",
                "[{'type':'new','column':'name','operator':'=','value':'x'}]"
            })
    void brokenFilters_areRefused(String json) {
        assertThatThrownBy(() -> JsonFilters.parse(json.replace('\'', '"')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("filter");
    }

    @ParameterizedTest
    @CsvSource({
        "timestamp.asc, TIMESTAMP, false",
        "userId.DESC, USER_ID, true",
        "name, NAME, false",
        "totalCost.desc, TOTAL_COST, true",
        "bookmarked.desc, BOOKMARKED, true"
    })
    void order_isAFieldAndADirection(String text, Column column, boolean descending) {
        assertThat(LangfuseFilters.order(text)).isEqualTo(new Order(Field.of(column), descending));
    }

    @ParameterizedTest
    @ValueSource(strings = {"size.asc", "name.up", ".asc", "name.asc.asc"})
    void order_unknown_isRefused(String text) {
        assertThatThrownBy(() -> LangfuseFilters.order(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("orderBy: " + text);
    }

    private static Filter one(String condition) {
        return JsonFilters.parse("[{" + condition.replace('\'', '"') + "}]")
                .filters()
                .get(0);
    }

    private static Filter traces(Map<String, String> parameters) {
        Function<String, List<String>> many = name -> parameters.containsKey(name)
                ? Arrays.asList(parameters.get(name).split(","))
                : List.of();
        return LangfuseFilters.traces(parameters::get, many);
    }
}
