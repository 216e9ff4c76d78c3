package dev.sonde.agent.instrumentation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.agent.instrumentation.LibraryBench;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL of this machine with a data directory of its own, from the first time its address is asked for. */
final class LocalPostgres implements LibraryBench.Server {
    private static final int PATIENCE_SECONDS = 120;

    private Path directory;
    private int port;

    /** Whether its programs are there, and somebody whom it lets run them. */
    static boolean isInstalled() {
        return onPath("initdb") && onPath("pg_ctl") && (!isRoot() || onPath("runuser") && Files.exists(passwd()));
    }

    private static boolean onPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** PostgreSQL refuses to run as root; its packages bring a user of their own. */
    private static Path passwd() {
        return Path.of("/var/lib/postgresql");
    }

    @Override
    public URI baseUrl() {
        if (directory == null) {
            try {
                start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return URI.create("jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=sonde");
    }

    private void start() throws IOException, InterruptedException {
        directory = Files.createTempDirectory("sonde-postgres");
        if (isRoot()) {
            run(List.of("chown", "postgres", directory.toString()));
        }
        Path data = directory.resolve("data");
        run(asUser("initdb", "-D", data.toString(), "-U", "sonde", "-A", "trust", "-N", "-E", "UTF8"));
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        String options = "-F -h 127.0.0.1 -p " + port + " -k " + directory;
        run(asUser(
                "pg_ctl", "-D", data.toString(), "-w", "-t", "100", "-l", directory + "/log", "-o", options, "start"));
    }

    private static List<String> asUser(String... command) {
        List<String> whole = new ArrayList<>(isRoot() ? List.of("runuser", "-u", "postgres", "--") : List.of());
        whole.addAll(List.of(command));
        return whole;
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("sonde-postgres", ".log");
        Process process = new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean over = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(over && process.exitValue() == 0)
                .as(() -> command + ": " + read(output))
                .isTrue();
        Files.delete(output);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void reset() {
        // each scenario finds what it needs
    }

    @Override
    public void close() {
        if (directory == null) {
            return;
        }
        try {
            run(asUser("pg_ctl", "-D", directory.resolve("data").toString(), "-m", "immediate", "stop"));
            run(asUser("rm", "-r", directory.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
