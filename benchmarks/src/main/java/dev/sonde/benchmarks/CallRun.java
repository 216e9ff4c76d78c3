package dev.sonde.benchmarks;

import dev.sonde.benchmarks.programs.CallProgram;
import dev.sonde.benchmarks.programs.Calls;
import dev.sonde.benchmarks.programs.Work;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What does an observed call cost? Once with calls that do nothing, and once at a pace that a busy service has. */
final class CallRun {

    private static final List<String> HEAP = List.of("-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch");
    private static final long PACE_NANOS = TimeUnit.MICROSECONDS.toNanos(20);
    private static final double PERCENT = 100;

    private final Setting setting;

    CallRun(Setting setting) {
        this.setting = setting;
    }

    /** One thread, children that do nothing: what the caller pays. */
    Section hammer() throws Exception {
        Rounds rounds = setting.interleave(
                List.of(
                        Contestant.NONE,
                        Contestant.FLOOR,
                        Contestant.SONDE_OFF,
                        Contestant.SONDE,
                        Contestant.OPEN_TELEMETRY,
                        Contestant.DATADOG,
                        Contestant.OPEN_TELEMETRY_SDK,
                        Contestant.BRAVE),
                contestant -> measure(contestant, 1, 0));
        Section section = new Section(
                        "An observed call",
                        "A root and ten children that do nothing, one thread, arguments and results not captured, exporters "
                                + "live. Per span, one eleventh of a root with its children. At this rate every exporter is "
                                + "flooded: what it cannot take, it drops. Time is the median of slices of a millisecond, CPU the mean.")
                .column("ns", 1)
                .column("added ns", 1)
                .column("added caller CPU ns", 1)
                .column("bytes", 0)
                .column("added process CPU ns", 0)
                .column("delivered %", 1)
                .column("of OpenTelemetry's", 2);
        double peer = rounds.added(Contestant.OPEN_TELEMETRY, "nanos");
        for (Contestant contestant : rounds.contestants()) {
            section.row(
                    contestant,
                    rounds.all(contestant, "nanos"),
                    rounds.median(contestant, "nanos"),
                    rounds.added(contestant, "nanos"),
                    rounds.added(contestant, "callerCpuNanos"),
                    rounds.median(contestant, "bytes"),
                    rounds.added(contestant, "processCpuNanos"),
                    delivered(rounds, contestant),
                    rounds.added(contestant, "nanos") / peer);
        }
        double ours = rounds.added(Contestant.SONDE, "nanos");
        section.atMost("added ns a span", ours, 120);
        section.atMost("against OpenTelemetry's agent", ours / peer, 0.25);
        section.atMost("bytes a span", rounds.median(Contestant.SONDE, "bytes"), 160);
        return section;
    }

    /** Two threads whose children work for 20 µs each: what the process pays, and what arrives. */
    Section paced() throws Exception {
        int steps = Work.stepsFor(PACE_NANOS);
        Rounds rounds = setting.interleave(
                List.of(
                        Contestant.NONE,
                        Contestant.SONDE,
                        Contestant.OPEN_TELEMETRY,
                        Contestant.DATADOG,
                        Contestant.OPEN_TELEMETRY_SDK,
                        Contestant.BRAVE),
                contestant -> measure(contestant, 2, steps));
        Section section = new Section(
                        "At a pace",
                        "The same calls, but each child works for about 20 µs, in two threads. On two cores they, the exporter "
                                + "and the receiver compete. Process CPU counts the exporter and leaves out the receiver.")
                .column("added process CPU ns a span", 0)
                .column("of it outside the callers", 0)
                .column("throughput lost %", 1)
                .column("bytes", 0)
                .column("delivered %", 2)
                .column("of OpenTelemetry's", 2);
        double peer = rounds.added(Contestant.OPEN_TELEMETRY, "processCpuNanos");
        for (Contestant contestant : rounds.contestants()) {
            section.row(
                    contestant,
                    rounds.all(contestant, "processCpuNanos").stream()
                            .map(nanos -> nanos - rounds.median(Contestant.NONE, "processCpuNanos"))
                            .toList(),
                    rounds.added(contestant, "processCpuNanos"),
                    rounds.added(contestant, "backgroundCpuNanos"),
                    PERCENT * rounds.added(contestant, "meanNanos") / rounds.median(contestant, "meanNanos"),
                    rounds.median(contestant, "bytes"),
                    delivered(rounds, contestant),
                    rounds.added(contestant, "processCpuNanos") / peer);
        }
        double ours = rounds.added(Contestant.SONDE, "processCpuNanos");
        section.atMost("process CPU against OpenTelemetry's agent", ours / peer, 0.25);
        section.atLeast("delivered %", rounds.median(Contestant.SONDE, "delivered"), 99.5);
        return section;
    }

    private static double delivered(Rounds rounds, Contestant contestant) {
        return switch (contestant) {
            case NONE, FLOOR, SONDE_OFF -> Double.NaN;
            default -> rounds.median(contestant, "delivered");
        };
    }

    private Map<String, Double> measure(Contestant contestant, int threads, int steps) throws Exception {
        long before = setting.sink().spans();
        List<String> jvm = new ArrayList<>(HEAP);
        jvm.addAll(contestant.jvmArguments(setting.place(), setting.sink().port()));
        jvm.add("-Dbenchmarks.steps=" + steps);
        jvm.add("-Dbenchmarks.port=" + setting.sink().port());
        Map<String, Double> answers;
        try (ChildJvm child = ChildJvm.start(
                setting.place(),
                setting.place().classPath(contestant.libraries()),
                jvm,
                CallProgram.class.getName(),
                List.of(
                        contestant.calls(),
                        String.valueOf(threads),
                        String.valueOf(setting.warmUpSeconds()),
                        String.valueOf(setting.measuredSeconds())))) {
            answers = child.answers();
        }
        Map<String, Double> figures = new HashMap<>();
        for (String name : List.of("nanos", "meanNanos", "bytes", "callerCpuNanos", "processCpuNanos")) {
            figures.put(name, answers.getOrDefault(name, Double.NaN) / Calls.SPANS);
        }
        figures.put(
                "backgroundCpuNanos",
                figures.getOrDefault("processCpuNanos", Double.NaN)
                        - figures.getOrDefault("callerCpuNanos", Double.NaN));
        double created = answers.getOrDefault("operations", Double.NaN) * Calls.SPANS;
        figures.put("delivered", PERCENT * (setting.sink().spans() - before) / created);
        return figures;
    }
}
