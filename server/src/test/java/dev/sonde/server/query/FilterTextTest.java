package dev.sonde.server.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterTextTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-01T12:00:00Z"), ZoneOffset.UTC);

    @Test
    void blank_holdsForEveryRow() {
        assertThat(parse("  ")).isEqualTo(Filter.ALL);
    }

    @Test
    void key_comparesExactly() {
        assertThat(parse("user:ada")).isEqualTo(is(Column.USER_ID, "ada"));
        assertThat(parse("metadata.tenant:acme"))
                .isEqualTo(
                        new Filter.TextIs(Field.of(Column.METADATA, "tenant"), Filter.TextMatch.EQUAL, "acme", false));
    }

    @ParameterizedTest
    @CsvSource({
        "user, USER_ID", "USERID, USER_ID", "session, SESSION_ID", "env, ENVIRONMENT", "environment, ENVIRONMENT",
        "release, RELEASE", "version, VERSION", "name, NAME", "id, ID", "model, MODEL"
    })
    void aliases_nameTheSameColumn(String key, Column column) {
        assertThat(parse(key + ":x")).isEqualTo(is(column, "x"));
    }

    @Test
    void star_isAWildcard_unlessQuoted() {
        assertThat(parse("name:claude*"))
                .isEqualTo(new Filter.TextIs(Field.of(Column.NAME), Filter.TextMatch.GLOB, "claude*", false));
        assertThat(parse("name:\"claude*\"")).isEqualTo(is(Column.NAME, "claude*"));
    }

    @Test
    void quotes_keepBlanksAndEscapes() {
        assertThat(parse("name:\"say \\\"hi\\\" (now)\"")).isEqualTo(is(Column.NAME, "say \"hi\" (now)"));
    }

    @Test
    void terms_mustAllHold() {
        assertThat(parse("user:ada -env:dev"))
                .isEqualTo(new Filter.And(
                        List.of(is(Column.USER_ID, "ada"), new Filter.Not(is(Column.ENVIRONMENT, "dev")))));
    }

    @Test
    void alternatives_ofValuesAndOfTerms() {
        Filter either = new Filter.Or(List.of(is(Column.USER_ID, "ada"), is(Column.USER_ID, "grace")));

        assertThat(parse("user:(ada OR grace)")).isEqualTo(either);
        assertThat(parse("(user:ada OR user:grace)")).isEqualTo(either);
        assertThat(parse("-(user:ada OR user:grace)")).isEqualTo(new Filter.Not(either));
    }

    @Test
    void or_bindsLooserThanNeighbours() {
        assertThat(parse("user:ada env:dev OR user:grace"))
                .isEqualTo(new Filter.Or(List.of(
                        new Filter.And(List.of(is(Column.USER_ID, "ada"), is(Column.ENVIRONMENT, "dev"))),
                        is(Column.USER_ID, "grace"))));
    }

    @ParameterizedTest
    @CsvSource({
        "latency:>2s,      LATENCY_SECONDS, GREATER,          2",
        "latency:>=250ms,  LATENCY_SECONDS, GREATER_OR_EQUAL, 0.25",
        "latency:<1.5m,    LATENCY_SECONDS, LESS,             90",
        "latency:<=3,      LATENCY_SECONDS, LESS_OR_EQUAL,    3",
        "cost:>=$0.01,     TOTAL_COST,      GREATER_OR_EQUAL, 0.01",
        "tokens:>1.5k,     TOTAL_USAGE,     GREATER,          1500",
        "tokens:12,        TOTAL_USAGE,     EQUAL,            12"
    })
    void numbers_haveOperatorsAndUnits(String text, Column column, Filter.Comparison comparison, BigDecimal value) {
        Filter.NumberIs filter = (Filter.NumberIs) parse(text);

        assertThat(filter.field()).isEqualTo(Field.of(column));
        assertThat(filter.comparison()).isEqualTo(comparison);
        assertThat(filter.value()).isEqualByComparingTo(value);
    }

    @Test
    void scores_areNumbersOrLabels() {
        assertThat(parse("scores.helpful:<0.5"))
                .isEqualTo(new Filter.NumberIs(
                        Field.of(Column.SCORE, "helpful"), Filter.Comparison.LESS, new BigDecimal("0.5")));
        assertThat(parse("scores.mood:good"))
                .isEqualTo(new Filter.TextIs(
                        Field.of(Column.SCORE_CATEGORY, "mood"), Filter.TextMatch.EQUAL, "good", false));
    }

    @Test
    void has_asksForPresence() {
        assertThat(parse("has:user")).isEqualTo(new Filter.Present(Field.of(Column.USER_ID), true));
        assertThat(parse("-has:session"))
                .isEqualTo(new Filter.Not(new Filter.Present(Field.of(Column.SESSION_ID), true)));
    }

    @Test
    void level_andType_areWrittenInAnyCase() {
        assertThat(parse("level:error type:Generation"))
                .isEqualTo(new Filter.And(List.of(is(Column.LEVEL, "ERROR"), is(Column.TYPE, "GENERATION"))));
    }

    @Test
    void since_countsBackFromNow() {
        assertThat(parse("since:15m"))
                .isEqualTo(new Filter.TimeIs(
                        Field.of(Column.TIMESTAMP),
                        Filter.Comparison.GREATER_OR_EQUAL,
                        Instant.parse("2026-11-01T11:45:00Z")));
    }

    @Test
    void bareWords_areLookedForInText() {
        Filter refund = new Filter.TextIs(Field.of(Column.TEXT), Filter.TextMatch.CONTAINS, "refund", true);
        Filter phrase = new Filter.TextIs(Field.of(Column.TEXT), Filter.TextMatch.CONTAINS, "two words", true);

        assertThat(parse("refund \"two words\"")).isEqualTo(new Filter.And(List.of(refund, phrase)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            level:ERROR usr:ada  | 12 | 3 | user
            envv:prod            | 0  | 4 | env
            user:                | 4  | 1 |
            user:(               | 5  | 1 |
            (user:ada            | 0  | 1 |
            user:ada)            | 8  | 1 |
            name:"open           | 5  | 1 |
            latency:>fast        | 8  | 5 |
            """)
    void mistakes_arePointedAt(String text, int position, int length, String suggestion) {
        FilterSyntaxException mistake = catchThrowableOfType(FilterSyntaxException.class, () -> parse(text));

        assertThat(mistake).isNotNull();
        assertThat(mistake.position()).isEqualTo(position);
        assertThat(mistake.length()).isEqualTo(length);
        assertThat(mistake.suggestion()).isEqualTo(suggestion);
    }

    @Test
    void nesting_andLength_areBounded() {
        assertThat(catchThrowableOfType(FilterSyntaxException.class, () -> parse("(".repeat(1_000) + "a")))
                .hasMessage("nested too deep");
        assertThat(catchThrowableOfType(FilterSyntaxException.class, () -> parse("-".repeat(3_999) + "a")))
                .hasMessage("nested too deep");
        assertThat(catchThrowableOfType(FilterSyntaxException.class, () -> parse("a".repeat(4_001))))
                .hasMessageContaining("longer than");
    }

    private static Filter is(Column column, String value) {
        return new Filter.TextIs(Field.of(column), Filter.TextMatch.EQUAL, value, false);
    }

    private static Filter parse(String text) {
        return FilterText.parse(text, CLOCK);
    }
}
