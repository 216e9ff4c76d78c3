package dev.sonde.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A JVM of its own for one test program, with the built agent or without. */
final class ChildJvm {

    static final Path AGENT = Path.of("target", "sonde-agent.jar").toAbsolutePath();

    private static final long DEADLINE_SECONDS = 120;

    private final Path javaHome;
    private final List<String> options = new ArrayList<>();
    private final List<String> classPath = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();

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

    /** The JVM the tests run in, with nothing on its class path. */
    static ChildJvm bare() {
        return empty(Path.of(System.getProperty("java.home")));
    }

    /** Any JVM with nothing on its class path. */
    static ChildJvm empty(Path javaHome) {
        return new ChildJvm(javaHome);
    }

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

    /** Another agent. */
    ChildJvm foreignAgent(Path jar) {
        assertThat(jar).isRegularFile();
        options.add("-javaagent:" + jar);
        return this;
    }

    /** Jars of the tests' own class path whose names begin so. */
    ChildJvm libraries(String... prefixes) {
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            String name = Path.of(entry).getFileName().toString();
            if (Arrays.stream(prefixes).anyMatch(name::startsWith)) {
                classPath(Path.of(entry));
            }
        }
        return this;
    }

    /** One environment variable; those of the tests' own process that configure an agent are never handed on. */
    ChildJvm environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** The command line that runs the program. */
    List<String> command(String main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(options);
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), main));
        command.addAll(List.of(arguments));
        return command;
    }

    Ended run(String main, String... arguments) throws IOException, InterruptedException {
        try (Running running = start(main, arguments)) {
            return running.await();
        }
    }

    /** Starts the program and answers at once. */
    Running start(String main, String... arguments) throws IOException {
        return launch(command(main, arguments));
    }

    /** {@code java -jar}. */
    Ended runJar(Path jar, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(List.of(arguments));
        try (Running running = launch(command)) {
            return running.await();
        }
    }

    private String java() {
        return javaHome.resolve("bin").resolve("java").toString();
    }

    private Running launch(List<String> command) throws IOException {
        Path out = Files.createTempFile("child", ".out");
        Path err = Files.createTempFile("child", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment()
                .keySet()
                .removeIf(name ->
                        name.startsWith("LANGFUSE_") || name.startsWith("SONDE_") || name.equals("JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(environment);
        return new Running(builder.start(), out, err);
    }

    /** A program that may still run; closing ends it. */
    record Running(Process process, Path outFile, Path errFile) implements AutoCloseable {

        Ended await() throws IOException, InterruptedException {
            if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("did not end: " + out() + err());
            }
            return new Ended(process.exitValue(), out(), err());
        }

        /** Hands one line to the program's standard input. */
        void say(String line) throws IOException {
            process.getOutputStream().write((line + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        }

        /** Waits until the program has printed this line. */
        void awaitLine(String line) {
            Awaitility.await().atMost(Duration.ofSeconds(DEADLINE_SECONDS)).until(() -> out().contains(line));
        }

        List<String> out() throws IOException {
            return Files.readAllLines(outFile);
        }

        List<String> err() throws IOException {
            return Files.readAllLines(errFile);
        }

        @Override
        public void close() throws IOException {
            process.destroyForcibly();
            Files.delete(outFile);
            Files.delete(errFile);
        }
    }

    /** This module's neighbour on the tests' class path, a directory of classes or a jar. */
    static Path entry(String module) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry ->
                        entry.endsWith(Path.of(module, "target", "classes").toString())
                                || Path.of(entry).getFileName().toString().startsWith("sonde-" + module))
                .map(Path::of)
                .findFirst()
                .orElseThrow();
    }
}
