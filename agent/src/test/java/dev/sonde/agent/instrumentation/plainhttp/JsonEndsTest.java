package dev.sonde.agent.instrumentation.plainhttp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonEndsTest {
    private static final String WHOLE =
            "{\"model\":\"m\",\"n\":[1,-2.5e3,true,null,[]],\"text\":\"a \\\"b\\\" \\u00e9 }]\",\"in\":{\"deep\":[{\"x\":\"\\\\\"}]}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{ | {}",
                "{\"a\" | {}",
                "{\"a\": | {}",
                "{\"a\":1 | {}",
                "{\"a\":1, | {\"a\":1}",
                "{\"a\":\"hel | {\"a\":\"hel…\"}",
                "{\"a\":\"hel\\ | {\"a\":\"hel…\"}",
                "{\"a\":\"x\\u00e | {\"a\":\"x…\"}",
                "{\"a\":[\"b | {\"a\":[\"b…\"]}",
                "{\"a\":[1,2 | {\"a\":[1]}",
                "{\"a\":{\"b\":{\"c\":\"d | {\"a\":{\"b\":{\"c\":\"d…\"}}}",
                "{\"a\":1} | {\"a\":1}",
                "[{\"a\":1},{\"b | [{\"a\":1},{}]",
                "plain text | plain text",
            })
    void closed_isTheTextUpToItsLastWholeValue(String cut, String closed) {
        assertThat(JsonEnds.closed(cut)).isEqualTo(closed);
    }

    @Test
    void closed_isJsonWhereverItWasCut() throws Exception {
        ObjectMapper json = new ObjectMapper();
        for (int end = 1; end <= WHOLE.length(); end++) {
            String closed = JsonEnds.closed(WHOLE.substring(0, end));
            assertThat(json.readTree(closed).isObject()).as(closed).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"a\":\"}\"}", "{\"a\":[{\"b\":1}]}", "{\"a\":\"\\\\\"}", WHOLE})
    void isWhole_ofAnObjectToItsEnd(String json) {
        assertThat(JsonEnds.isWhole(json)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[DONE]", "[]", "text", "{", "{\"a\":\"}", "{\"a\":[1}", "{\"a\":{}"})
    void isWhole_ofAnythingElse_isFalse(String json) {
        assertThat(JsonEnds.isWhole(json)).isFalse();
    }
}
