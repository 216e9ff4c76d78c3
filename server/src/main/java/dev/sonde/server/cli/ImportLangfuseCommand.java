package dev.sonde.server.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sonde import langfuse}: copies a project of a Langfuse through its public interface. */
@Command(
        name = "langfuse",
        mixinStandardHelpOptions = true,
        description =
                "Copies models, score configs, prompts, datasets, traces with observations, and scores. Started again"
                        + " after a stop, it goes on where it was; nothing comes twice.")
public final class ImportLangfuseCommand implements Callable<Integer> {

    @Option(names = "--url", required = true, description = "The Langfuse to read from.")
    private String url = "";

    @Option(names = "--public-key", required = true, description = "Public key of the project to read.")
    private String publicKey = "";

    @Option(names = "--secret-key", required = true, description = "Secret key of the project to read.")
    private String secretKey = "";

    @Option(
            names = "--to",
            defaultValue = "http://localhost:3000",
            description = "The Sonde to fill (${DEFAULT-VALUE}).")
    private String to = "";

    @Option(
            names = "--to-public-key",
            required = true,
            defaultValue = "${LANGFUSE_PUBLIC_KEY}",
            description = "Public key of the project to fill (LANGFUSE_PUBLIC_KEY).")
    private String toPublicKey = "";

    @Option(
            names = "--to-secret-key",
            required = true,
            defaultValue = "${LANGFUSE_SECRET_KEY}",
            description = "Secret key of the project to fill (LANGFUSE_SECRET_KEY).")
    private String toSecretKey = "";

    @Option(
            names = "--state",
            defaultValue = "sonde-import.json",
            description = "File that says how far it is (${DEFAULT-VALUE}).")
    private Path state = Path.of("");

    @Override
    public Integer call() {
        try {
            RemoteServer from = new RemoteServer(url, publicKey, secretKey);
            RemoteServer into = new RemoteServer(to, toPublicKey, toSecretKey);
            ImportState at = ImportState.read(state, url + " " + publicKey, to + " " + toPublicKey);
            return new LangfuseImport(from, into, at, System.out).run() ? 0 : 1;
        } catch (CliException e) {
            System.err.println("sonde import: " + e.getMessage());
            return 1;
        }
    }
}
