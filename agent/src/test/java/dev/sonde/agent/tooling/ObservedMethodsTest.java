package dev.sonde.agent.tooling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.annotations.Observe;
import dev.sonde.runtime.ObservedMethod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObservedMethodsTest {

    private static final String SOURCE = """
            import dev.sonde.annotations.*;
            abstract class Asked<T> implements java.util.function.Function<T, String> {
                @Observe Asked(long first, T second) {}
                @Observe(name = "ask it", type = ObservationType.TOOL, captureInput = Capture.OFF)
                String ask(int count, double ratio, String question) { int count2 = count; return question + count2; }
                @Observe public String apply(T value) { return "" + value; }
                @Observe static void plain() {}
                @Observe abstract String later();
                String other(String name) { return name; }
            }
            class Given extends Asked<String> {
                Given() { super(1, ""); }
                @Override @Observe public String apply(String value) { return value; }
                @Override String later() { return ""; }
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void of_readsEveryAttribute() throws Exception {
        ObservedMethod ask = read("Asked", "-g").get("ask(IDLjava/lang/String;)Ljava/lang/String;");

        assertThat(ask.className()).isEqualTo("Asked");
        assertThat(ask.methodName()).isEqualTo("ask");
        assertThat(ask.givenName()).isEqualTo("ask it");
        assertThat(ask.type()).isEqualTo("TOOL");
        assertThat(ask.text("captureInput")).isEqualTo("OFF");
        assertThat(ask.text("captureOutput")).isEmpty();
        assertThat(ask.returnsValue()).isTrue();
    }

    @Test
    void of_leavesOutAbstractAndForeignMethods() throws Exception {
        assertThat(read("Asked", "-g").keySet())
                .containsExactlyInAnyOrder(
                        "<init>(JLjava/lang/Object;)V",
                        "ask(IDLjava/lang/String;)Ljava/lang/String;",
                        "apply(Ljava/lang/Object;)Ljava/lang/String;",
                        "plain()V");
    }

    @Test
    void of_leavesOutBridges() throws Exception {
        assertThat(read("Given", "-g").keySet()).containsExactly("apply(Ljava/lang/String;)Ljava/lang/String;");
    }

    @Test
    void parameterNames_fromLocalVariables() throws Exception {
        assertThat(names("-g")).containsExactly("count", "ratio", "question");
    }

    @Test
    void parameterNames_fromMethodParameters() throws Exception {
        assertThat(names("-g:none", "-parameters")).containsExactly("count", "ratio", "question");
    }

    @Test
    void parameterNames_withoutEither_areByPosition() throws Exception {
        assertThat(names("-g:none")).containsExactly("arg0", "arg1", "arg2");
    }

    private Iterable<String> names(String... options) throws Exception {
        return read("Asked", options)
                .get("ask(IDLjava/lang/String;)Ljava/lang/String;")
                .parameterNames();
    }

    private Map<String, ObservedMethod> read(String className, String... options) throws Exception {
        Path source = folder.resolve("Asked.java");
        Files.writeString(source, SOURCE);
        String annotations = Path.of(Observe.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        String[] arguments = new String[options.length + 5];
        System.arraycopy(options, 0, arguments, 0, options.length);
        System.arraycopy(
                new String[] {"-cp", annotations, "-d", folder.toString(), source.toString()},
                0,
                arguments,
                options.length,
                5);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments))
                .isZero();
        return ObservedMethods.of(
                Files.readAllBytes(folder.resolve(className + ".class")), Selection.NONE, ClassSource.NONE);
    }
}
