package dev.sonde.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostRulesTest {

    @ParameterizedTest
    @CsvSource({
        "local, localhost, true",
        "local, 127.0.0.1, true",
        "local, 10.1.2.3, true",
        "local, 172.16.0.1, true",
        "local, 172.32.0.1, false",
        "local, 192.168.1.1, true",
        "local, 8.8.8.8, false",
        "local, [::1], true",
        "local, fd00::1, true",
        "local, 2001:db8::1, false",
        "local, backend, true",
        "local, backend.svc.cluster.local, true",
        "local, api.openai.com, false",
        "local, 10.example.com, false",
        "*, api.openai.com, true",
        "example.com, example.com, true",
        "example.com, API.Example.com, true",
        ".example.com, api.example.com, true",
        "example.com, notexample.com, false",
    })
    void allow(String rule, String host, boolean allowed) {
        assertThat(HostRules.allow(List.of(rule), host)).isEqualTo(allowed);
    }
}
