package dev.sonde.benchmarks;

import dev.sonde.benchmarks.programs.Answer;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM in which a contestant is measured; its errors go to a file beside the results. One thread. */
final class ChildJvm implements AutoCloseable {

    private static final int LONGEST_MINUTES = 3;

    private final Process process;
    private final Path output;
    private final long startedMillis;

    private ChildJvm(Process process, Path output, long startedMillis) {
        this.process = process;
        this.output = output;
        this.startedMillis = startedMillis;
    }

    /** Starts {@code program} with these arguments of the JVM and of its own. */
    static ChildJvm start(Place place, String classPath, List<String> jvm, String program, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        command.addAll(jvm);
        command.addAll(List.of("-cp", classPath, program));
        command.addAll(arguments);
        Path directory = Files.createDirectories(place.target().resolve("output"));
        Path output = directory.resolve("child.out");
        long started = System.currentTimeMillis();
        Process process = new ProcessBuilder(command)
                .redirectError(directory.resolve("child.err").toFile())
                .redirectOutput(output.toFile())
                .start();
        return new ChildJvm(process, output, started);
    }

    /** When it was started. */
    long startedMillis() {
        return startedMillis;
    }

    /** Its number in the system. */
    long pid() {
        return process.pid();
    }

    /** Whether it still runs. */
    boolean alive() {
        return process.isAlive();
    }

    /** Waits for its end, and returns what it measured. */
    Map<String, Double> answers() throws IOException, InterruptedException {
        if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
            throw new IOException("still running after " + LONGEST_MINUTES + " minutes");
        }
        if (process.exitValue() != 0) {
            throw new IOException("ended with " + process.exitValue() + ", see " + output.resolveSibling("child.err"));
        }
        Map<String, Double> answers = new HashMap<>();
        for (String line : Files.readAllLines(output, StandardCharsets.UTF_8)) {
            if (line.startsWith(Answer.PREFIX)) {
                String[] pair = line.substring(Answer.PREFIX.length()).split("=", -1);
                answers.put(pair[0], Double.valueOf(pair[1]));
            }
        }
        return answers;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
    }
}
