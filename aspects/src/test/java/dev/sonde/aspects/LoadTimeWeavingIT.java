package dev.sonde.aspects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.testkit.collector.CollectedObservation;
import dev.sonde.testkit.collector.OtlpCollector;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A program woven at load time, in a JVM of its own, and what of it arrives. */
class LoadTimeWeavingIT {

    private static final List<String> PRINTED = List.of("3", "no stock", "done", "6");

    @Test
    void observedProgramme_behavesTheSameAndArrivesNested() throws Exception {
        try (OtlpCollector collector = OtlpCollector.start()) {
            Ended ended = run(
                    "-Dsonde.host=http://127.0.0.1:" + collector.port(),
                    "-Dsonde.public-key=pk",
                    "-Dsonde.secret-key=sk");

            assertThat(ended.status()).as(ended.error()).isZero();
            assertThat(ended.output()).isEqualTo(PRINTED);
            List<CollectedObservation> all = collector.take(8);
            CollectedObservation total = named(all, "Orders.total");
            CollectedObservation sum = named(all, "Orders.sum");
            assertThat(total.type()).isEqualTo("chain");
            assertThat(total.input()).isEqualTo("[1,2]");
            assertThat(total.output()).isEqualTo("3");
            assertThat(sum.parentId()).isEqualTo(total.id());
            assertThat(sum.inputJson()
                            .path("factor")
                            .asInt(sum.inputJson().path("arg1").asInt()))
                    .isEqualTo(1);
            assertThat(named(all, "Orders.fail").level()).isEqualTo("ERROR");
            assertThat(named(all, "Orders.fail").string("langfuse.observation.status_message"))
                    .isEqualTo("IllegalStateException: no stock");
            assertThat(named(all, "Orders.later").output()).isEqualTo("done");
            assertThat(named(all, "new order").input()).isNull();
            assertThat(all.stream().filter(o -> o.name().equals("Orders.factorial")))
                    .hasSize(3);
            assertThat(all.stream()
                            .filter(o -> o.name().equals("Orders.factorial"))
                            .map(CollectedObservation::traceId)
                            .distinct())
                    .hasSize(1);
            collector.assertNothingLeft();
        }
    }

    @Test
    void withoutKeys_behavesTheSameAndSaysSoOnce() throws Exception {
        Ended ended = run();

        assertThat(ended.output()).isEqualTo(PRINTED);
        assertThat(ended.error().strip()).isEqualTo("[sonde] off: public-key and secret-key are not configured");
    }

    private static CollectedObservation named(List<CollectedObservation> all, String name) {
        return all.stream()
                .filter(o -> o.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not among "
                        + all.stream().map(CollectedObservation::name).toList()));
    }

    private static Ended run(String... options) throws IOException, InterruptedException {
        String path = System.getProperty("java.class.path");
        String weaver = Arrays.stream(path.split(File.pathSeparator, -1))
                .filter(entry -> entry.contains("aspectjweaver"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no aspectjweaver on the class path"));
        List<String> command =
                new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-javaagent:" + weaver));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", path, "com.example.shop.Orders"));
        File error = File.createTempFile("orders", ".err");
        Process process = new ProcessBuilder(command).redirectError(error).start();
        try {
            List<String> output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return new Ended(process.exitValue(), output, Files.readString(error.toPath()));
        } finally {
            process.destroyForcibly();
            Files.delete(error.toPath());
        }
    }

    private record Ended(int status, List<String> output, String error) {}
}
