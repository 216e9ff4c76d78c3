package dev.sonde.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerConfigTest {

    private static final Pattern ROW = Pattern.compile("\\| `--(\\w+)` \\| `(\\S+)` \\| `(\\S+)` \\| `(\\S+)` \\|.*");

    @Test
    void nothingGiven_isTheDefault() {
        ServerConfig config = read(Map.of(), Map.of(), Map.of());

        assertThat(config.port()).isEqualTo(3000);
        assertThat(config.host()).isEqualTo("0.0.0.0");
        assertThat(config.data()).isEqualTo(Path.of("sonde-data"));
        assertThat(config.seed()).isEmpty();
    }

    @Test
    void commandLine_beatsProperty_beatsEnvironment() {
        Map<String, String> environment = Map.of("SONDE_PORT", "1", "SONDE_HOST", "::1", "SONDE_DATA", "e");
        Map<String, String> properties = Map.of("sonde.port", "2", "sonde.host", "127.0.0.1");

        ServerConfig config = read(Map.of("port", "3"), properties, environment);

        assertThat(config.port()).isEqualTo(3);
        assertThat(config.host()).isEqualTo("127.0.0.1");
        assertThat(config.data()).isEqualTo(Path.of("e"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536", "http", "3000 "})
    void port_outOfRange_namesOptionValueAndRule(String value) {
        assertThatThrownBy(() -> read(Map.of(), Map.of(), Map.of("SONDE_PORT", value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("port: " + value + " (expected: 0 to 65535)");
    }

    @Test
    void host_unknown_namesOptionValueAndRule() {
        assertThatThrownBy(() -> read(Map.of("host", "no such host"), Map.of(), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("host: no such host (expected: an address or a name of this machine)");
    }

    @Test
    void emptyEnvironment_countsAsAbsent() {
        ServerConfig config =
                read(Map.of(), Map.of(), Map.of("SONDE_PORT", "", "SONDE_DATA", "", "LANGFUSE_INIT_PROJECT_ID", ""));

        assertThat(config).isEqualTo(read(Map.of(), Map.of(), Map.of()));
    }

    @Test
    void seed_needsBothKeysOrNone() {
        assertThatThrownBy(() -> read(
                        Map.of(),
                        Map.of(),
                        Map.of("LANGFUSE_INIT_PROJECT_ID", "p", "LANGFUSE_INIT_PROJECT_PUBLIC_KEY", "pk-lf-1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("belong together");
    }

    @Test
    void seed_namesWhatItWasNotTold() {
        ServerConfig.Seed seed = read(Map.of(), Map.of(), Map.of("LANGFUSE_INIT_PROJECT_ID", "p"))
                .seed()
                .orElseThrow();

        assertThat(seed)
                .isEqualTo(
                        new ServerConfig.Seed("default", "Default", "p", "p", null, null, null, "Owner", null, null));
    }

    @Test
    void document_namesEveryOptionWithItsDefault() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("..", "docs", "server-configuration.md"));
        ServerConfig defaults = read(Map.of(), Map.of(), Map.of());

        List<String> expected = Arrays.stream(ServerConfig.class.getRecordComponents())
                .filter(component -> !component.getName().equals("seed"))
                .map(component -> row(component, defaults))
                .toList();

        assertThat(lines.stream()
                        .map(ROW::matcher)
                        .filter(m -> m.matches())
                        .map(m -> "%s %s %s %s".formatted(m.group(1), m.group(2), m.group(3), m.group(4))))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void document_namesEverySeedVariable() throws IOException {
        String text = Files.readString(Path.of("..", "docs", "server-configuration.md"));

        assertThat(text).contains("`SONDE_INIT_ORG_PUBLIC_KEY`", "`SONDE_INIT_ORG_SECRET_KEY`");
        for (RecordComponent component : ServerConfig.Seed.class.getRecordComponents()) {
            if (component.getType() == ServerConfig.Pair.class) {
                continue;
            }
            String name = component.getName().replace("organisation", "org");
            if (name.endsWith("Key")) {
                name = "project" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
            }
            assertThat(text)
                    .contains("`LANGFUSE_INIT_"
                            + name.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT) + "`");
        }
    }

    private static String row(RecordComponent component, ServerConfig defaults) {
        String name = component.getName();
        try {
            return "%s sonde.%s SONDE_%s %s"
                    .formatted(
                            name,
                            name,
                            name.toUpperCase(Locale.ROOT),
                            component.getAccessor().invoke(defaults));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static ServerConfig read(
            Map<String, String> options, Map<String, String> properties, Map<String, String> environment) {
        return ServerConfig.read(options::get, properties::get, environment::get);
    }
}
