package dev.sonde.agent.instrumentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An application in a JVM of its own that takes a provider's address as its argument, reads names of scenarios from its
 * input, and says on one line each, behind {@code > }, how it went.
 */
public final class ScenarioApp implements AutoCloseable {
    private static final Path AGENT = Path.of("target", "sonde-agent.jar").toAbsolutePath();

    /** What a large application, Spring's for one, may take on a machine that is busy with other builds. */
    private static final int STARTING_SECONDS = 180;

    private final Process process;
    private final Writer input;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private boolean started;

    private ScenarioApp(Process process) {
        this.process = process;
        this.input = process.outputWriter(StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "scenario-app-output");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts the application.
     *
     * @param classPath of the libraries; the tests' own classes and the annotations come with it
     * @param provider where its client calls
     * @param agentArguments null to run without the agent
     */
    public static ScenarioApp start(String main, List<String> classPath, URI provider, @Nullable String agentArguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx256m");
        if (agentArguments != null) {
            assertThat(AGENT).isRegularFile();
            command.add("-javaagent:" + AGENT + "=" + agentArguments);
        }
        List<String> entries = new ArrayList<>();
        entries.add(Path.of("target", "test-classes").toAbsolutePath().toString());
        entries.addAll(classPath);
        entries.addAll(annotations());
        command.addAll(List.of("-cp", String.join(File.pathSeparator, entries), main, provider.toString()));
        return new ScenarioApp(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Jars of the tests' own class path whose file names begin so. */
    public static List<String> jars(String... prefixes) {
        return entries()
                .filter(entry -> Arrays.stream(prefixes).anyMatch(name(entry)::startsWith))
                .toList();
    }

    /** All jars of a folder below {@code target}. */
    public static List<String> jarsIn(String folder) throws IOException {
        try (Stream<Path> jars = Files.list(Path.of("target", folder))) {
            return jars.map(jar -> jar.toAbsolutePath().toString()).toList();
        }
    }

    /** Plays a scenario and answers what the application says about it; lines that are not from it fail. */
    public String play(String scenario) throws IOException, InterruptedException {
        input.write(scenario + "\n");
        input.flush();
        String line = lines.poll(started ? 60 : 60 + STARTING_SECONDS, TimeUnit.SECONDS);
        started = true;
        assertThat(line).as("output of " + scenario).startsWith("> ");
        return line.substring(2);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        input.close();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        assertThat(lines).as("unexpected output").isEmpty();
    }

    /** Ends it without waiting for what it has to say or to send. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    private void read() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.startsWith("[sonde] on: ") && !line.startsWith("SLF4J")) {
                    lines.add(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The annotations, which an application under the agent may use. */
    static List<String> annotations() {
        return entries()
                .filter(entry -> name(entry).startsWith("sonde-annotations")
                        || (entry.contains("annotations") && entry.endsWith("classes")))
                .toList();
    }

    private static Stream<String> entries() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator));
    }

    private static String name(String entry) {
        return Path.of(entry).getFileName().toString();
    }
}
