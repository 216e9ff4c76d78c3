package dev.sonde.server;

import dev.sonde.server.accounts.ApiKeys;
import dev.sonde.server.cli.ImportCommand;
import dev.sonde.server.cli.RepriceCommand;
import dev.sonde.server.storage.StorageException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code java -jar sonde-server.jar}. */
@Command(
        name = "sonde-server",
        mixinStandardHelpOptions = true,
        versionProvider = Main.VersionText.class,
        subcommands = {ImportCommand.class, RepriceCommand.class},
        description = "LLM observability in one process: tracing, prompts, cost; speaks OTLP and Langfuse's API.")
public final class Main implements Callable<Integer> {

    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    @Option(names = "--port", description = "Port of everything (SONDE_PORT; default 3000; 0 for any free one).")
    private @Nullable String port;

    @Option(names = "--host", description = "Address to listen on (SONDE_HOST; default 0.0.0.0).")
    private @Nullable String host;

    @Option(names = "--data", description = "Data directory (SONDE_DATA; default ./sonde-data).")
    private @Nullable String data;

    /** Starts a server and waits for SIGTERM. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        Map<String, @Nullable String> options = new HashMap<>();
        options.put("port", port);
        options.put("host", host);
        options.put("data", data);
        ServerConfig config;
        try {
            config = ServerConfig.read(options::get, System::getProperty, System::getenv);
        } catch (IllegalArgumentException e) {
            return failed(String.valueOf(e.getMessage()), MISUSED);
        }
        Server server;
        try {
            server = new Server(config, Clock.systemUTC());
        } catch (StorageException e) {
            return failed(String.valueOf(e.getMessage()), FAILED);
        } catch (CompletionException e) {
            return failed(
                    String.valueOf(e.getCause()).contains("Address already in use")
                            ? "port " + config.port() + " is taken; choose another with --port"
                            : "port " + config.port() + " of " + config.host() + " cannot be opened: " + reason(e),
                    FAILED);
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            server.close();
                            stopped.countDown();
                        },
                        "shutdown"));
        greet(System.out, server, config);
        stopped.await();
        return 0;
    }

    private static void greet(PrintStream out, Server server, ServerConfig config) {
        String base = "http://localhost:" + server.port();
        double seconds = (System.currentTimeMillis()
                        - ManagementFactory.getRuntimeMXBean().getStartTime())
                / 1_000.0;
        out.printf("Sonde %s · ready in %.1f s · data in %s%n", Version.TEXT, seconds, config.data());
        FirstStart.Outcome first = server.firstStart();
        out.printf(
                "  open      %s%s%n",
                base, first.setupToken() == null ? "" : "/setup/" + first.setupToken() + "   (valid 30 min, once)");
        ApiKeys.NewKey key = first.key();
        if (key == null) {
            return;
        }
        if (!isTerminal()) {
            out.printf("  send to   %s with the keys in %s%n", base, first.keyFile());
            return;
        }
        out.printf(
                "  send to   %s  LANGFUSE_PUBLIC_KEY=%s  LANGFUSE_SECRET_KEY=%s   (also in %s)%n",
                base, key.publicKey(), key.secretKey(), first.keyFile());
        out.printf(
                "  Java      java -javaagent:sonde-agent.jar=host=%s,public-key=…,secret-key=… -jar your-app.jar%n",
                base);
    }

    /** Since JDK 22 there is a console even where nobody watches; it says so itself. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        java.io.Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(
                    java.io.Console.class.getMethod("isTerminal").invoke(console));
        } catch (ReflectiveOperationException e) {
            return true; // before JDK 22 a console is a terminal
        }
    }

    /** What the operating system says, without the names of the classes that passed it on. */
    private static String reason(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = String.valueOf(cause.getMessage());
        return message.substring(message.lastIndexOf(':') + 1).strip();
    }

    private static int failed(String message, int status) {
        System.err.println("sonde-server: " + message);
        return status;
    }

    /** The version for {@code --version}. */
    static final class VersionText implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"Sonde " + Version.TEXT};
        }
    }
}
