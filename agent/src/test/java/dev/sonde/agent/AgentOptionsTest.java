package dev.sonde.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AgentOptionsTest {

    @AfterEach
    void clear() {
        System.clearProperty("sonde.host");
        System.clearProperty("sonde.secret-key");
    }

    @Test
    void argument_comesBeforeProperty() {
        System.setProperty("sonde.host", "http://property");

        assertThat(AgentOptions.of(null).host()).isEqualTo("http://property");
        assertThat(AgentOptions.of("public-key=pk, host=http://argument/?a=b").host())
                .isEqualTo("http://argument/?a=b");
    }

    @Test
    void keys_needBoth() {
        assertThat(AgentOptions.of("public-key=pk").hasKeys()).isFalse();
        assertThat(AgentOptions.of("public-key=pk,secret-key= ").hasKeys()).isFalse();
        assertThat(AgentOptions.of("public-key=pk,secret-key=sk").hasKeys()).isTrue();

        System.setProperty("sonde.secret-key", "sk");
        assertThat(AgentOptions.of("public-key=pk").hasKeys()).isTrue();
    }

    @Test
    void enabled_unlessFalse() {
        assertThat(AgentOptions.of("").enabled()).isTrue();
        assertThat(AgentOptions.of("enabled=true").enabled()).isTrue();
        assertThat(AgentOptions.of("x,enabled=FALSE,y=").enabled()).isFalse();
        assertThat(AgentOptions.of("enabled=0").enabled()).isFalse();
        assertThat(AgentOptions.of("enabled=off").enabled()).isFalse();
    }
}
