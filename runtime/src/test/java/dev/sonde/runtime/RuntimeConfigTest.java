package dev.sonde.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RuntimeConfigTest {

    private static final Pattern ROW = Pattern.compile("^\\| `([a-z-]+)` \\|");

    @Test
    void document_listsExactlyTheOptions() throws IOException {
        List<String> documented = Files.readAllLines(Path.of("..", "docs", "client-configuration.md")).stream()
                .map(ROW::matcher)
                .filter(Matcher::find)
                .map(row -> row.group(1))
                .toList();

        assertThat(documented)
                .containsExactlyElementsOf(Arrays.stream(RuntimeConfig.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .map(name -> name.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT))
                        .toList());
    }

    @Test
    void read_argumentsWinOverPropertiesOverEnvironmentOverLangfuse() {
        Map<String, String> properties = Map.of("sonde.environment", "property", "sonde.release", "property");
        Map<String, String> environment = Map.of(
                "SONDE_RELEASE", "variable",
                "SONDE_SERVICE_NAME", "variable",
                "LANGFUSE_BASE_URL", "https://langfuse.example/",
                "LANGFUSE_PUBLIC_KEY", "pk",
                "LANGFUSE_SECRET_KEY", "sk");

        RuntimeConfig config = RuntimeConfig.read(Map.of("environment", "argument"), properties::get, environment::get);

        assertThat(config.environment()).isEqualTo("argument");
        assertThat(config.release()).isEqualTo("property");
        assertThat(config.serviceName()).isEqualTo("variable");
        assertThat(config.host()).isEqualTo("https://langfuse.example");
        assertThat(config.active()).isTrue();
    }

    @Test
    void explain_saysWhereEachValueIsFrom() {
        List<ConfiguredOption> options = RuntimeConfig.explain(
                Map.of("environment", "argument"),
                Map.of("sonde.flush-at", "7"),
                Map.of("SONDE_RELEASE", " r1 ", "LANGFUSE_HOST", "http://langfuse.example"));

        assertThat(options)
                .contains(
                        new ConfiguredOption("environment", "argument", "agent argument"),
                        new ConfiguredOption("flush-at", "7", "system property sonde.flush-at"),
                        new ConfiguredOption("release", "r1", "environment SONDE_RELEASE"),
                        new ConfiguredOption("host", "http://langfuse.example", "environment LANGFUSE_HOST"),
                        new ConfiguredOption("queue-capacity", "65536", "default"),
                        new ConfiguredOption("secret-key", null, "default"));
    }

    @Test
    void read_withoutKeys_isNotActive() {
        assertThat(RuntimeConfig.read(Map.of(), name -> null, name -> null).active())
                .isFalse();
    }

    @Test
    void read_valueThatBreaksItsRule_saysOptionValueAndRule() {
        assertThatThrownBy(() -> RuntimeConfig.read(Map.of("flush-at", "0"), name -> null, name -> null))
                .hasMessage("flush-at: 0 (expected: 1 to 1048576)");
        assertThatThrownBy(() -> RuntimeConfig.read(Map.of("host", "localhost:3000"), name -> null, name -> null))
                .hasMessage("host: localhost:3000 (expected: an http or https URL)");
        assertThatThrownBy(() -> RuntimeConfig.read(Map.of("enabled", "maybe"), name -> null, name -> null))
                .hasMessage("enabled: maybe (expected: true or false)");
    }
}
