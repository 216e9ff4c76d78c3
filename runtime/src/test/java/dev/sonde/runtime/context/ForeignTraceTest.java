package dev.sonde.runtime.context;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignTraceTest {

    @Test
    void parse_keepsAllBits() {
        String id = "fedcba98765432100123456789abcdef";

        assertThat(ForeignTrace.parse(id)).extracting(TraceState::id).isEqualTo(id);
        assertThat(ForeignTrace.parse("00000000000000000000000000000001"))
                .extracting(TraceState::id)
                .isEqualTo("00000000000000000000000000000001");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "0",
                "1234567890123456789",
                "00000000000000000000000000000000",
                "zz000000000000000000000000000000",
                "fedcba98765432100123456789abcdef00"
            })
    void parse_noTraceId_isNull(String id) {
        assertThat(ForeignTrace.parse(id)).isNull();
    }

    @Test
    void withoutAnotherAgent_thereIsNone() {
        assertThat(ForeignTrace.current()).isNull();
    }
}
