package dev.sonde.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.testkit.collector.CollectedObservation;
import dev.sonde.testkit.collector.CollectedScore;
import dev.sonde.testkit.collector.OtlpCollector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * One run of a program in a JVM of its own, and what of it arrived.
 *
 * @param output lines of standard output
 * @param errors lines of standard error
 * @param keys public keys that sent anything
 */
record ObservedRun(
        int status,
        List<String> output,
        List<String> errors,
        List<CollectedObservation> observations,
        List<CollectedScore> scores,
        Set<String> keys) {

    private static final long DEADLINE_SECONDS = 120;

    static ObservedRun of(List<String> command, OtlpCollector collector) throws IOException, InterruptedException {
        Path out = Files.createTempFile("contract", ".out");
        Path err = Files.createTempFile("contract", ".err");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("LANGFUSE_") || name.startsWith("SONDE_"));
            Process process = builder.start();
            if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the program did not end: " + Files.readString(err));
            }
            return new ObservedRun(
                    process.exitValue(),
                    Files.readAllLines(out),
                    Files.readAllLines(err),
                    collector.observations(),
                    collector.scores(),
                    keys(collector));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static Set<String> keys(OtlpCollector collector) {
        Set<String> keys = new TreeSet<>();
        for (OtlpCollector.Request request : collector.requests()) {
            String authorization = request.authorization();
            if (authorization != null) {
                byte[] pair = Base64.getDecoder().decode(authorization.substring("Basic ".length()));
                keys.add(new String(pair, StandardCharsets.UTF_8).split(":", -1)[0]);
            }
        }
        return keys;
    }

    /** The one observation of that name. */
    CollectedObservation one(String name) {
        List<CollectedObservation> found = all(name);
        assertThat(found).as("%s in %s", name, this).hasSize(1);
        return found.get(0);
    }

    List<CollectedObservation> all(String name) {
        return observations.stream().filter(o -> o.name().equals(name)).toList();
    }

    /** The leaf that was called with this text. */
    CollectedObservation leaf(String input) {
        return observations.stream()
                .filter(o -> o.name().equals("Traced.leaf") && input.equals(o.input()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no leaf " + input + " in " + this));
    }

    @Override
    public String toString() {
        return observations.stream().map(CollectedObservation::name).sorted().toList() + "\n"
                + String.join("\n", errors);
    }
}
