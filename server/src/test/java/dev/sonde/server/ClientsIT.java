package dev.sonde.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.testkit.OpenAiProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients of npm, as they are published, against this server: the programs in {@code src/clients}. */
class ClientsIT {

    private static final Path CLIENTS = Path.of("src", "clients").toAbsolutePath();

    private static final Path API_PAGE =
            Path.of("..", "docs", "api.md").toAbsolutePath().normalize();

    @TempDir
    static Path directory;

    private static ServerProcess server;
    private static OpenAiProvider provider;

    @BeforeAll
    static void start() throws Exception {
        provider = OpenAiProvider.start();
        server = ServerProcess.seeded(directory.resolve("data"));
        assertThat(run(List.of("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")))
                .as("npm ci")
                .isZero();
    }

    @AfterAll
    static void stop() {
        server.close();
        provider.close();
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void everyClient_readsBackWhatItWrote() throws Exception {
        List<String> command = new ArrayList<>(List.of("node", "--test", "--test-reporter=spec"));
        command.addAll(programs());

        assertThat(run(command)).as("node --test; what failed is printed above").isZero();
        String task = System.getProperty("sonde.docs", "check");
        assertThat(run(List.of("node", "support/api-doc.js", operations().toString(), API_PAGE.toString(), task)))
                .as(API_PAGE + " says what is so; printed above where not")
                .isZero();
    }

    private static List<String> programs() throws IOException {
        try (Stream<Path> files = Files.list(CLIENTS.resolve("test"))) {
            List<String> programs = files.map(Path::toString)
                    .filter(file -> file.endsWith(".test.js"))
                    .sorted()
                    .toList();
            assertThat(programs).isNotEmpty();
            return programs;
        }
    }

    /** Where each client leaves which operations it used. */
    private static Path operations() {
        return directory.resolve("operations");
    }

    /** Runs a command among the clients, prints what it prints, and gives its exit status. */
    private static int run(List<String> command) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(CLIENTS.toFile()).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "LANGFUSE_BASE_URL",
                        "http://127.0.0.1:" + server.port(),
                        "LANGFUSE_PUBLIC_KEY",
                        ServerProcess.PUBLIC_KEY,
                        "LANGFUSE_SECRET_KEY",
                        ServerProcess.SECRET_KEY,
                        "SONDE_ORGANISATION_KEYS",
                        ServerProcess.ORGANISATION_PUBLIC_KEY + ":" + ServerProcess.ORGANISATION_SECRET_KEY,
                        "SONDE_PROJECT",
                        ServerProcess.PROJECT,
                        "SONDE_OPERATIONS",
                        operations().toString(),
                        "OPENAI_BASE_URL",
                        provider.baseUrl().toString(),
                        "OPENAI_API_KEY",
                        "sk-local"));
        Process process = builder.start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            output.lines().forEach(System.out::println);
            return process.waitFor();
        } finally {
            process.destroyForcibly();
        }
    }
}
