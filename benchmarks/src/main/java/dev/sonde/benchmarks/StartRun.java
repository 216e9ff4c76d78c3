package dev.sonde.benchmarks;

import dev.sonde.benchmarks.programs.HelloProgram;
import dev.sonde.benchmarks.programs.WebProgram;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How much later does an application begin under an agent, and how much more does it hold? */
final class StartRun {

    private static final List<Contestant> CONTESTANTS =
            List.of(Contestant.NONE, Contestant.SONDE, Contestant.OPEN_TELEMETRY, Contestant.DATADOG);
    private static final List<String> SPRING = List.of(
            "spring-",
            "tomcat-",
            "jackson-",
            "slf4j-",
            "logback-",
            "log4j-",
            "jul-",
            "micrometer-",
            "snakeyaml",
            "jakarta.");
    private static final int POLL_MILLIS = 5;
    private static final int SETTLE_MILLIS = 1_000;
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final double PERCENT = 100;
    private static final double KILOBYTES_A_MEGABYTE = 1024;

    private final Setting setting;

    StartRun(Setting setting) {
        this.setting = setting;
    }

    /** A program that prints the time; once with nothing to observe, and once with eleven observed calls. */
    Section hello() throws Exception {
        Rounds plain = setting.interleave(CONTESTANTS, contestant -> hello(contestant, List.of()));
        Rounds observed = setting.interleave(CONTESTANTS, contestant -> hello(contestant, List.of(contestant.calls())));
        Section section = new Section(
                        "Start of a hello world",
                        "From starting the process to `main`, by the process's own clock; beside it to the end of a first "
                                + "observed root with ten children, so that a class is woven and the runtime begins.")
                .column("ms to main", 0)
                .column("added ms", 0)
                .column("ms to first calls", 0)
                .column("added ms there", 0);
        for (Contestant contestant : CONTESTANTS) {
            section.row(
                    contestant,
                    plain.all(contestant, "main"),
                    plain.median(contestant, "main"),
                    plain.added(contestant, "main"),
                    observed.median(contestant, "called"),
                    observed.added(contestant, "called"));
        }
        section.atMost("hello world, added ms", plain.added(Contestant.SONDE, "main"), 150);
        return section;
    }

    /** A web application of Spring Boot with one page. */
    Section web() throws Exception {
        Rounds rounds = setting.interleave(CONTESTANTS, this::web);
        Section section = new Section(
                        "Start of a Spring Boot web application",
                        "From starting the process to its first answer with status 200, polled every " + POLL_MILLIS
                                + " ms. CPU is of the process until then; memory (peak resident) and threads are a second later.")
                .column("ms", 0)
                .column("added ms", 0)
                .column("added %", 1)
                .column("added CPU ms", 0)
                .column("added MB", 0)
                .column("added threads", 0);
        for (Contestant contestant : CONTESTANTS) {
            section.row(
                    contestant,
                    rounds.all(contestant, "millis"),
                    rounds.median(contestant, "millis"),
                    rounds.added(contestant, "millis"),
                    addedPercent(rounds, contestant),
                    rounds.added(contestant, "cpuMillis"),
                    rounds.added(contestant, "megabytes"),
                    rounds.added(contestant, "threads"));
        }
        section.atMost("Spring Boot, added %", addedPercent(rounds, Contestant.SONDE), 10);
        section.atMost("threads added", rounds.added(Contestant.SONDE, "threads"), 2);
        section.atMost("memory added, MB", rounds.added(Contestant.SONDE, "megabytes"), 35);
        return section;
    }

    private static double addedPercent(Rounds rounds, Contestant contestant) {
        return PERCENT * rounds.added(contestant, "millis") / rounds.median(Contestant.NONE, "millis");
    }

    private Map<String, Double> hello(Contestant contestant, List<String> arguments) throws Exception {
        try (ChildJvm child = start(contestant, contestant.libraries(), HelloProgram.class.getName(), arguments)) {
            Map<String, Double> answers = child.answers();
            return Map.of(
                    "main", answers.getOrDefault("main", Double.NaN) - child.startedMillis(),
                    "called", answers.getOrDefault("called", Double.NaN) - child.startedMillis());
        }
    }

    private Map<String, Double> web(Contestant contestant) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        List<String> arguments = List.of("--server.port=" + port, "--server.address=127.0.0.1");
        try (ChildJvm child = start(contestant, SPRING, WebProgram.class.getName(), arguments)) {
            URL page = URI.create("http://127.0.0.1:" + port + "/").toURL();
            long deadline = System.nanoTime() + LONGEST_NANOS;
            while (!answers(page)) {
                if (System.nanoTime() > deadline || !child.alive()) {
                    throw new IOException(contestant + " did not answer at " + page);
                }
                Thread.sleep(POLL_MILLIS);
            }
            Map<String, Double> figures = new HashMap<>();
            figures.put("millis", (double) (System.currentTimeMillis() - child.startedMillis()));
            figures.put("cpuMillis", cpuMillis(child.pid()));
            Thread.sleep(SETTLE_MILLIS);
            figures.put("megabytes", status(child.pid(), "VmHWM:") / KILOBYTES_A_MEGABYTE);
            figures.put("threads", status(child.pid(), "Threads:"));
            return figures;
        }
    }

    private ChildJvm start(Contestant contestant, List<String> libraries, String program, List<String> arguments)
            throws IOException {
        List<String> jvm = new ArrayList<>(
                contestant.jvmArguments(setting.place(), setting.sink().port()));
        return ChildJvm.start(setting.place(), setting.place().classPath(libraries), jvm, program, arguments);
    }

    private static boolean answers(URL page) {
        @Nullable HttpURLConnection connection = null;
        try {
            connection = (HttpURLConnection) page.openConnection();
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false; // it does not listen yet
        } finally {
            if (connection != null) {
                connection.disconnect();
            }
        }
    }

    private static double cpuMillis(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .map(duration -> (double) duration.toMillis())
                .orElse(Double.NaN);
    }

    /** A number from the system's account of a process. */
    private static double status(long pid, String name) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> Double.valueOf(
                        line.substring(name.length()).replace("kB", "").strip()))
                .findFirst()
                .orElse(Double.NaN);
    }
}
