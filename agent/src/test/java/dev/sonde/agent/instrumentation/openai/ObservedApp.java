package dev.sonde.agent.instrumentation.openai;

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
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@link com.example.chat.ChatApp} in a JVM of its own, with a chosen version of openai-java and the agent or without. */
final class ObservedApp implements AutoCloseable {
    private static final Path AGENT = Path.of("target", "sonde-agent.jar").toAbsolutePath();
    private static final List<String> LIBRARIES = List.of(
            "annotations-13",
            "api-",
            "classmate",
            "jackson-",
            "jsonschema-",
            "kotlin-",
            "okhttp-4",
            "okio-",
            "slf4j-api",
            "swagger-annotations",
            "error_prone_annotations",
            "sonde-annotations");

    private final Process process;
    private final Writer input;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private ObservedApp(Process process) {
        this.process = process;
        this.input = process.outputWriter(StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "observed-app-output");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts the application.
     *
     * @param version of openai-java
     * @param provider where its client calls
     * @param agentArguments null to run without the agent
     */
    static ObservedApp start(String version, URI provider, @Nullable String agentArguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx256m");
        if (agentArguments != null) {
            assertThat(AGENT).isRegularFile();
            command.add("-javaagent:" + AGENT + "=" + agentArguments);
        }
        command.addAll(List.of("-cp", classPath(version), "com.example.chat.ChatApp", provider.toString()));
        return new ObservedApp(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Plays a scenario and answers what the application says about it; lines that are not from it fail. */
    String play(String scenario) throws IOException, InterruptedException {
        input.write(scenario + "\n");
        input.flush();
        String line = lines.poll(60, TimeUnit.SECONDS);
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

    private void read() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.startsWith("[sonde] on: ")) {
                    lines.add(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The tests' own class path without this project's other modules, the library replaced by the wanted version. */
    private static String classPath(String version) throws IOException {
        List<String> entries = new ArrayList<>();
        entries.add(Path.of("target", "test-classes").toAbsolutePath().toString());
        Path library = Path.of("target", "openai-java-" + version);
        if (Files.isDirectory(library)) {
            try (Stream<Path> jars = Files.list(library)) {
                jars.map(jar -> jar.toAbsolutePath().toString()).forEach(entries::add);
            }
        } else {
            entries.addAll(ownEntries(name -> name.startsWith("openai-java") && name.contains(version)));
        }
        assertThat(entries).as("jars of openai-java " + version).hasSizeGreaterThan(2);
        entries.addAll(ownEntries(name -> LIBRARIES.stream().anyMatch(name::startsWith)));
        return String.join(File.pathSeparator, entries);
    }

    private static List<String> ownEntries(Predicate<String> wanted) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> wanted.test(Path.of(entry).getFileName().toString())
                        || (entry.contains("annotations")
                                && entry.endsWith("classes")
                                && wanted.test("sonde-annotations")))
                .toList();
    }
}
