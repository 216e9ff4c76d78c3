package dev.sonde.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own for one test program, with the built agent or without. */
final class ChildJvm {

    static final Path AGENT = Path.of("target", "sonde-agent.jar").toAbsolutePath();

    private static final long DEADLINE_SECONDS = 120;

    private final Path javaHome;
    private final List<String> options = new ArrayList<>();
    private final List<String> classPath = new ArrayList<>();

    private ChildJvm(Path javaHome) {
        this.javaHome = javaHome;
    }

    /**
     * How a program ended.
     *
     * @param out lines of standard output
     * @param err lines of standard error
     */
    record Ended(int status, List<String> out, List<String> err) {}

    static ChildJvm of(Path javaHome) {
        return new ChildJvm(javaHome)
                .classPath(Path.of("target", "test-classes"))
                .classPath(entry("annotations"));
    }

    /** The JVM the tests run in. */
    static ChildJvm own() {
        return of(Path.of(System.getProperty("java.home")));
    }

    ChildJvm agent(String argument) {
        assertThat(AGENT).isRegularFile();
        options.add("-javaagent:" + AGENT + (argument.isEmpty() ? "" : "=" + argument));
        return this;
    }

    ChildJvm option(String option) {
        options.add(option);
        return this;
    }

    ChildJvm classPath(Path entry) {
        classPath.add(entry.toAbsolutePath().toString());
        return this;
    }

    Ended run(String main, String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile("child", ".out");
        Path err = Files.createTempFile("child", ".err");
        try {
            List<String> command = new ArrayList<>();
            command.add(javaHome.resolve("bin").resolve("java").toString());
            command.addAll(options);
            command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), main));
            command.addAll(List.of(arguments));
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("LANGFUSE_") || name.startsWith("SONDE_"));
            Process process = builder.start();
            if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(main + " did not end: " + Files.readString(out) + Files.readString(err));
            }
            return new Ended(process.exitValue(), Files.readAllLines(out), Files.readAllLines(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** This module's neighbour on the tests' class path, a directory of classes or a jar. */
    private static Path entry(String module) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry ->
                        entry.endsWith(Path.of(module, "target", "classes").toString())
                                || Path.of(entry).getFileName().toString().startsWith("sonde-" + module))
                .map(Path::of)
                .findFirst()
                .orElseThrow();
    }
}
