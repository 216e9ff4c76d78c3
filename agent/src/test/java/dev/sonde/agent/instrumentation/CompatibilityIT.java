package dev.sonde.agent.instrumentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Runs behind the tests of all libraries: {@code docs/compatibility.md} says what they saw. With {@code
 * -Dsonde.docs=write} the sections of the libraries that ran are written: run every test of a
 * library for it.
 */
@Order(Integer.MAX_VALUE)
class CompatibilityIT {
    private static final Path PAGE = Path.of("..", "docs", "compatibility.md");
    private static final String BEGIN = "<!-- written by CompatibilityIT, from here to the end -->\n";

    @Test
    void page_saysWhatTheTestsSaw() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        assertThat(begin).as("the mark in " + PAGE).isGreaterThan(BEGIN.length());
        String seen = page.substring(0, begin)
                + "\n"
                + String.join(
                        "\n", Compatibility.sections(page.substring(begin)).values());

        if (System.getProperty("sonde.docs", "check").equals("write")) {
            Files.writeString(PAGE, seen);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(seen);
    }
}
