package dev.sonde.server.storage.duckdb;

import static dev.sonde.server.storage.TestEvents.PROJECT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.server.model.Observation;
import dev.sonde.server.model.Trace;
import dev.sonde.server.query.EventQuery;
import dev.sonde.server.query.Filter;
import dev.sonde.server.query.Order;
import dev.sonde.server.query.Slice;
import dev.sonde.server.query.TimeRange;
import dev.sonde.server.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills a writing process at random moments; what it acknowledged is there, once and whole. */
class DuckDbCrashTest {

    private static final int ROUNDS = 5;

    private final Random random = new Random();

    @TempDir
    Path directory;

    @Test
    @Timeout(180)
    void kill_atAnyMoment_losesNothingAcknowledged() throws Exception {
        int groups = 0;
        for (int round = 0; round < ROUNDS; round++) {
            int acknowledged = runAndKill(groups);
            assertThat(acknowledged).as("groups acknowledged before the kill").isGreaterThanOrEqualTo(groups);

            try (Storage storage = DuckDbStores.open(directory.resolve("data"))) {
                groups = verify(storage, acknowledged + 1);
            }
        }
    }

    /** Returns the number of the last group that was acknowledged. */
    private int runAndKill(int first) throws IOException, InterruptedException {
        Path acknowledged = Files.createTempFile(directory, "acknowledged", ".txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashWriter.class.getName(),
                        directory.resolve("data").toString(),
                        Integer.toString(first))
                .redirectOutput(acknowledged.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (wholeLines(acknowledged).isEmpty() && System.nanoTime() < deadline) {
                assertThat(process.waitFor(5, TimeUnit.MILLISECONDS)).isFalse();
            }
            assertThat(process.waitFor(random.nextInt(700), TimeUnit.MILLISECONDS))
                    .isFalse();
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        List<String> lines = wholeLines(acknowledged);
        return Integer.parseInt(lines.get(lines.size() - 1));
    }

    private static List<String> wholeLines(Path file) throws IOException {
        String text = Files.readString(file);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    /** Checks all rows and returns how many whole groups are stored: those acknowledged, or one more. */
    private static int verify(Storage storage, int acknowledged) {
        EventQuery everything =
                new EventQuery(PROJECT, Filter.ALL, TimeRange.ALL, Order.NEWEST_FIRST, Slice.first(1_000_000), true);
        List<Trace> traces = storage.traces().find(everything);
        List<Observation> observations = storage.observations().find(everything);
        int groups = traces.size();

        assertThat(groups).isBetween(acknowledged, acknowledged + 1);
        assertThat(observations).hasSize(groups * CrashWriter.OBSERVATIONS);
        Map<String, Trace> byId = traces.stream().collect(Collectors.toMap(Trace::id, Function.identity()));
        Map<String, Observation> observationsById =
                observations.stream().collect(Collectors.toMap(Observation::id, Function.identity()));
        for (int n = 0; n < groups; n++) {
            boolean renamed = n < groups - 1;
            boolean ended = n < groups - 3;
            assertThat(byId.get("t" + n)).isEqualTo(renamed ? CrashWriter.renamedTrace(n) : CrashWriter.newTrace(n));
            for (int i = 0; i < CrashWriter.OBSERVATIONS; i++) {
                boolean closed = i < CrashWriter.OBSERVATIONS - 1 || ended;
                assertThat(observationsById.get("o" + n + "-" + i)).isEqualTo(CrashWriter.newObservation(n, i, closed));
            }
            assertThat(storage.scores().find(PROJECT, "s" + n)).contains(CrashWriter.newScore(n));
        }
        return groups;
    }
}
