package dev.sonde.agent.instrumentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StackTest {

    @Test
    void classPath_isOfTheVersionInTheNameAlone() throws IOException {
        Stack old = Stack.of("mcp-0.18");
        Stack newest = Stack.of("mcp-2.1");

        assertThat(old.classPath()).allMatch(jar -> Files.isRegularFile(Path.of(jar)));
        assertThat(old.classPath())
                .filteredOn(jar -> jar.contains("mcp-core"))
                .singleElement()
                .asString()
                .contains("0.18.");
        assertThat(newest.classPath())
                .filteredOn(jar -> jar.contains("mcp-core"))
                .singleElement()
                .asString()
                .contains("2.1.");
    }

    @Test
    void compiled_isTheProgramAndItsStack() throws IOException {
        Stack stack = Stack.of("mcp-0.18");

        var classPath = stack.compiled("mcp");

        assertThat(Path.of(classPath.get(0), "com", "example", "mcp", "Host.class"))
                .isRegularFile();
        assertThat(classPath.subList(1, classPath.size())).isEqualTo(stack.classPath());
    }
}
