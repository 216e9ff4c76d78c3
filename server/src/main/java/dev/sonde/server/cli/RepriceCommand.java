package dev.sonde.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sonde reprice}: has a running server compute the costs of stored observations with the prices of today. */
@Command(
        name = "reprice",
        mixinStandardHelpOptions = true,
        description =
                "Computes the costs of stored observations with the prices of today; costs that clients sent stay.")
public final class RepriceCommand implements Callable<Integer> {

    private static final int POLL_MILLIS = 500;

    @Option(names = "--url", defaultValue = "http://localhost:3000", description = "The server (${DEFAULT-VALUE}).")
    private String url = "";

    @Option(
            names = "--public-key",
            required = true,
            defaultValue = "${LANGFUSE_PUBLIC_KEY}",
            description = "Public key of the project (LANGFUSE_PUBLIC_KEY).")
    private String publicKey = "";

    @Option(
            names = "--secret-key",
            required = true,
            defaultValue = "${LANGFUSE_SECRET_KEY}",
            description = "Secret key of the project (LANGFUSE_SECRET_KEY).")
    private String secretKey = "";

    @Option(
            names = "--from",
            required = true,
            description = "Start of the observations, such as 2026-01-01T00:00:00Z; inclusive.")
    private String from = "";

    @Option(names = "--to", required = true, description = "The same; exclusive.")
    private String to = "";

    @Option(names = "--model", description = "Only this model, by the name that clients sent.")
    private @Nullable String model;

    @Option(names = "--dry-run", description = "Changes nothing; says what would change.")
    private boolean dryRun;

    @Override
    public Integer call() throws InterruptedException {
        try {
            RemoteServer server = new RemoteServer(url, publicKey, secretKey);
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.put("from", from).put("to", to).put("model", model).put("dryRun", dryRun);
            JsonNode run = server.send("POST", "/repricings", body);
            while (run.path("state").asText().equals("running")) {
                Thread.sleep(POLL_MILLIS);
                run = server.get("/repricings/" + run.path("id").asText());
            }
            print(System.out, run);
            return run.path("state").asText().equals("done") ? 0 : 1;
        } catch (CliException e) {
            System.err.println("sonde reprice: " + e.getMessage());
            return 1;
        }
    }

    private static void print(PrintStream out, JsonNode run) {
        for (JsonNode each : run.path("models")) {
            line(out, each.path("model").asText(), each);
        }
        line(out, "total", run);
        String problem = run.path("problem").asText("");
        out.printf(
                "repricing %s is %s%s%s%n",
                run.path("id").asText(),
                run.path("state").asText(),
                run.path("dryRun").asBoolean() ? "; nothing was changed" : "",
                problem.isEmpty() || run.path("problem").isNull() ? "" : ": " + problem);
    }

    private static void line(PrintStream out, String name, JsonNode costs) {
        String counts = costs.has("observations")
                ? " (%d of %d changed, %d provided)"
                        .formatted(
                                costs.path("changed").asLong(),
                                costs.path("observations").asLong(),
                                costs.path("provided").asLong())
                : "";
        out.printf(
                "%s: %s -> %s USD, %s%s%n",
                name,
                costs.path("costBefore").decimalValue().toPlainString(),
                costs.path("costAfter").decimalValue().toPlainString(),
                costs.path("difference").decimalValue().toPlainString(),
                counts);
    }
}
