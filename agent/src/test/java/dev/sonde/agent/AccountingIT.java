package dev.sonde.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.example.load.Many;
import dev.sonde.agent.ChildJvm.Ended;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That nothing is lost uncounted: many calls, a server that comes and goes, little memory. */
class AccountingIT {

    private static final int MILLION = 1_000_000;

    @TempDir
    private Path folder;

    @Test
    void serverKilledTwice_everyCallIsAccountedFor() throws Exception {
        Map<String, Long> counts = underRestarts("");

        assertThat(sum(counts)).isEqualTo(counts.get("made"));
        assertThat(counts).containsEntry("made", (long) MILLION);
        assertThat(counts.get("queued")).isZero();
    }

    @Test
    void serverKilledTwice_withASpool_nothingIsDropped() throws Exception {
        Map<String, Long> counts = underRestarts(",spool-directory=" + folder.resolve("spool"));

        assertThat(sum(counts)).isEqualTo(counts.get("made"));
        assertThat(counts)
                .containsEntry("sent", (long) MILLION)
                .containsEntry("dropped", 0L)
                .containsEntry("failed", 0L)
                .containsEntry("spooled", 0L);
        assertThat(counts).containsEntry("received", (long) MILLION);
    }

    @Test
    void processEndsWithTheServerDown_nextProcessSendsWhatWasSpooled() throws Exception {
        String spool = ",spool-directory=" + folder.resolve("spool");
        try (CountingServer server = new CountingServer()) {
            server.kill();
            Map<String, Long> first = counts(observed(server.url(), spool).run(Many.class.getName(), "2", "1000", "0"));
            assertThat(sum(first)).isEqualTo(first.get("made"));
            assertThat(server.count()).isZero();
            server.startAgain();
            Map<String, Long> second =
                    counts(observed(server.url(), spool).run(Many.class.getName(), "1", "10", "1000"));

            assertThat(second).containsEntry("sent", 10L).containsEntry("replayed", 2_000L);
            assertThat(server.count()).isEqualTo(2_010);
        }
    }

    @Test
    void processThatObservesNothing_stillSendsWhatWasSpooled() throws Exception {
        String spool = ",spool-directory=" + folder.resolve("spool");
        try (CountingServer server = new CountingServer()) {
            server.kill();
            counts(observed(server.url(), spool).run(Many.class.getName(), "1", "500", "0"));
            assertThat(server.count()).isZero();
            server.startAgain();
            Map<String, Long> second = counts(observed(server.url(), spool).run(Many.class.getName(), "1", "0", "0"));

            assertThat(second).containsEntry("made", 0L);
            assertThat(server.count()).isEqualTo(500);
        }
    }

    @Test
    void littleMemoryAndNoServer_endsWellWithinIt() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        // an hour of a thousand calls a second
        Ended ended = observed("http://127.0.0.1:" + port, "")
                .option("-Xmx64m")
                .run(Many.class.getName(), "4", "900000", "0");
        Map<String, Long> counts = counts(ended);

        assertThat(ended.err()).noneMatch(line -> line.contains("OutOfMemoryError"));
        assertThat(counts).containsEntry("made", 3_600_000L);
        assertThat(sum(counts)).isEqualTo(counts.get("made"));
        assertThat(counts.get("dropped")).isGreaterThan(3_000_000L);
    }

    private Map<String, Long> underRestarts(String option) throws Exception {
        try (CountingServer server = new CountingServer();
                ChildJvm.Running running =
                        observed(server.url(), option).start(Many.class.getName(), "8", "125000", "8000")) {
            for (int restart = 1; restart <= 2; restart++) {
                int goal = restart * MILLION / 4;
                await().atMost(Duration.ofSeconds(60)).until(() -> server.count() > goal);
                server.kill();
                Thread.sleep(700); // the server is down for a while: that is the test
                server.startAgain();
            }
            Map<String, Long> counts = counts(running.await());
            counts.put("received", (long) server.count());
            assertThat(counts.get("received")).isGreaterThanOrEqualTo(counts.get("sent"));
            return counts;
        }
    }

    private static ChildJvm observed(String url, String more) throws IOException {
        return ChildJvm.own().agent("public-key=pk,secret-key=sk,host=" + url + more);
    }

    private static Map<String, Long> counts(Ended ended) {
        assertThat(ended.status()).as(String.join("\n", ended.err())).isZero();
        Map<String, Long> counts = new HashMap<>();
        for (String line : ended.out()) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                counts.put(line.substring(0, equals), Long.parseLong(line.substring(equals + 1)));
            }
        }
        return counts;
    }

    private static long sum(Map<String, Long> counts) {
        return Stream.of("sent", "failed", "dropped", "filtered", "spooled", "queued")
                .mapToLong(counts::get)
                .sum();
    }
}
