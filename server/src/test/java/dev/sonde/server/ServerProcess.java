package dev.sonde.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The built jar as a process of its own, on a port of its own. */
final class ServerProcess implements AutoCloseable {

    static final String PROJECT = "project-1";
    static final String PUBLIC_KEY = "pk-lf-test";
    static final String SECRET_KEY = "sk-lf-test";
    static final String ORGANISATION_PUBLIC_KEY = "pk-lf-organisation";
    static final String ORGANISATION_SECRET_KEY = "sk-lf-organisation";
    static final String EMAIL = "owner@example.com";
    static final String PASSWORD = "correct horse";

    private static final Pattern OPEN = Pattern.compile("open +http://localhost:(\\d+)(/setup/(\\S+))?");
    private static final Map<String, String> SEED = Map.of(
            "LANGFUSE_INIT_PROJECT_ID", PROJECT,
            "LANGFUSE_INIT_PROJECT_PUBLIC_KEY", PUBLIC_KEY,
            "LANGFUSE_INIT_PROJECT_SECRET_KEY", SECRET_KEY,
            "SONDE_INIT_ORG_PUBLIC_KEY", ORGANISATION_PUBLIC_KEY,
            "SONDE_INIT_ORG_SECRET_KEY", ORGANISATION_SECRET_KEY,
            "LANGFUSE_INIT_USER_EMAIL", EMAIL,
            "LANGFUSE_INIT_USER_PASSWORD", PASSWORD);

    private final Process process;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final List<String> lines = new ArrayList<>();
    private final String base;
    private final String setupToken;

    private ServerProcess(Process process) {
        this.process = process;
        Matcher open = awaitAddress();
        this.base = "http://127.0.0.1:" + open.group(1);
        this.setupToken = open.group(3);
    }

    /** A server whose project and keys are given. */
    static ServerProcess seeded(Path data) {
        return new ServerProcess(launch(data, SEED, "0"));
    }

    /** A server that makes its project and keys itself. */
    static ServerProcess fresh(Path data) {
        return new ServerProcess(launch(data, Map.of(), "0"));
    }

    /** A server that is expected to end by itself: its exit status and what it printed. */
    static Ended failing(Path data, String port) throws IOException, InterruptedException {
        Process process = launch(data, SEED, port);
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running:\n" + printed);
        }
        return new Ended(process.exitValue(), printed);
    }

    record Ended(int status, String printed) {}

    /** Runs the jar as a command that talks to this server with its keys: its exit status and what it printed. */
    Ended command(String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", base, "--public-key", PUBLIC_KEY, "--secret-key", SECRET_KEY));
        return command(all);
    }

    /** Runs the jar as a command until it ends: its exit status and what it printed. */
    static Ended command(List<String> arguments) throws IOException, InterruptedException {
        Process process = startCommand(arguments);
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running:\n" + printed);
        }
        return new Ended(process.exitValue(), printed);
    }

    /** Starts the jar as a command. */
    static Process startCommand(List<String> arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(java(), "-Xmx256m", "-jar", jar()));
        line.addAll(arguments);
        return new ProcessBuilder(line).redirectErrorStream(true).start();
    }

    private static String jar() {
        return System.getProperty("sonde.server.jar", "target/sonde-server.jar");
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET(), true);
    }

    HttpResponse<String> post(String path, String contentType, byte[] body) {
        return send(
                request(path).header("Content-Type", contentType).POST(HttpRequest.BodyPublishers.ofByteArray(body)),
                true);
    }

    HttpResponse<String> send(HttpRequest.Builder request, boolean withKey) {
        try {
            if (withKey) {
                request.header("Authorization", basic(PUBLIC_KEY, SECRET_KEY));
            }
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(30));
    }

    static String basic(String publicKey, String secretKey) {
        String pair = publicKey + ":" + secretKey;
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    int port() {
        return URI.create(base).getPort();
    }

    /** Where it is, without a slash at the end. */
    String base() {
        return base;
    }

    String setupToken() {
        return setupToken;
    }

    String printed() {
        return String.join("\n", lines);
    }

    /** SIGKILL: nothing is written any more. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    /** SIGTERM, and the exit status. */
    int terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new AssertionError("still running after SIGTERM");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static Process launch(Path data, Map<String, String> environment, String port) {
        ProcessBuilder builder = new ProcessBuilder(
                java(), "-Xmx512m", "-jar", jar(), "--port", port, "--host", "127.0.0.1", "--data", data.toString());
        builder.redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Matcher awaitAddress() {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        try {
            String line;
            while ((line = reader.readLine()) != null) {
                lines.add(line);
                Matcher open = OPEN.matcher(line);
                if (open.find()) {
                    drain(reader);
                    return open;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("the server did not start:\n" + printed());
    }

    private void drain(BufferedReader reader) {
        Thread drain = new Thread(() -> reader.lines().forEach(lines::add), "server output");
        drain.setDaemon(true);
        drain.start();
    }
}
