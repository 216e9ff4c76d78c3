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
                    "com.example.shop.Orders",
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
    void resultsThatComeLater_endTheirObservationsAndAreWovenInTime() throws Exception {
        try (OtlpCollector collector = OtlpCollector.start()) {
            Ended ended = run(
                    "com.example.shop.LaterOrders",
                    "-Dsonde.host=http://127.0.0.1:" + collector.port(),
                    "-Dsonde.public-key=pk",
                    "-Dsonde.secret-key=sk");

            assertThat(ended.status()).as(ended.error()).isZero();
            assertThat(ended.output()).containsExactly("mono!", "[to, ken, s]", "single!", "[a!, b!]");
            List<CollectedObservation> all = collector.take(8);
            assertThat(named(all, "LaterOrders.mono").output()).isEqualTo("mono!");
            assertThat(below(all, "LaterOrders.mono")).isEmpty(); // the context does not follow work to schedulers
            assertThat(named(all, "LaterOrders.flux").output()).isEqualTo("tokens");
            assertThat(named(all, "LaterOrders.single").output()).isEqualTo("single!");
            assertThat(below(all, "LaterOrders.single")).isEmpty();
            assertThat(named(all, "LaterOrders.observable").output()).isEqualTo("a!b!");
            assertThat(below(all, "LaterOrders.observable")).containsExactlyInAnyOrder("a!", "b!");
            collector.assertNothingLeft();
        }
    }

    @Test
    void withoutKeys_behavesTheSameAndSaysSoOnce() throws Exception {
        Ended ended = run("com.example.shop.Orders");

        assertThat(ended.output()).isEqualTo(PRINTED);
        assertThat(ended.error().strip()).isEqualTo("[sonde] off: public-key and secret-key are not configured");
    }

    private static List<String> below(List<CollectedObservation> all, String parent) {
        String id = named(all, parent).id();
        return all.stream()
                .filter(o -> id.equals(o.parentId()))
                .map(CollectedObservation::output)
                .toList();
    }

    private static CollectedObservation named(List<CollectedObservation> all, String name) {
        return all.stream()
                .filter(o -> o.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not among "
                        + all.stream().map(CollectedObservation::name).toList()));
    }

    private static Ended run(String program, String... options) throws IOException, InterruptedException {
        String path = System.getProperty("java.class.path");
        String weaver = Arrays.stream(path.split(File.pathSeparator, -1))
                .filter(entry -> entry.contains("aspectjweaver"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no aspectjweaver on the class path"));
        List<String> command =
                new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-javaagent:" + weaver));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", path, program));
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
