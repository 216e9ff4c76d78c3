package dev.sonde.server.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What names look like: as text or as an expression, the answer is that of the expression. */
class NameFormTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            gpt-4\\.1.*        ; gpt-4.1,gpt-4.1-mini        ; gpt-4x1,my-gpt-4.1
            .*claude-3\\.5.*   ; claude-3.5,a/claude-3.5-b   ; claude-345,claude-3
            .*-Latest         ; x-latest,-latest            ; latest,x-latest-1
            Exact\\+\\[one\\]    ; exact+[one]                 ; exactt[one],exact+one
            v\\d{2}            ; v12                         ; v1,v123,xv12
            a.*b              ; ab,axxb                     ; abc,xab
            a\\.*              ; a,a.,a...                   ; ab,b
            (x|y)-1.*         ; x-1,y-1-z                   ; z-1
            """)
    void matches_asTheExpressionDoes(String expression, String names, String others) {
        NameForm form = NameForm.of(expression);
        Pattern pattern = Pattern.compile("(?i)" + expression);

        assertThat(names.split(",")).allMatch(form::matches).allMatch(pattern::matches);
        assertThat(others.split(",")).noneMatch(form::matches).noneMatch(pattern::matches);
    }
}
