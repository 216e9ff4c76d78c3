package dev.sonde.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs {@link ObservedCallBenchmarks} in its three variants, interleaved, and prints medians. Arguments: the agent's jar,
 * and the number of rounds.
 */
public final class ObservedCallRun {

    private ObservedCallRun() {}

    /** How the forked JVM runs. */
    private enum Variant {
        NO_AGENT,
        AGENT_IDLE,
        AGENT_RECORDING
    }

    /** A round of one variant, per call. */
    private record Figures(double nanos, double bytes) {}

    /** Runs all rounds. */
    public static void main(String[] arguments) throws Exception {
        String agent = arguments[0];
        int rounds = Integer.parseInt(arguments[1]);
        Map<Variant, List<Figures>> figures = new EnumMap<>(Variant.class);
        try (CountingSink sink = CountingSink.start()) {
            for (int round = 0; round < rounds; round++) {
                for (Variant variant : Variant.values()) {
                    figures.computeIfAbsent(variant, k -> new ArrayList<>()).add(run(variant, agent, sink.port()));
                }
            }
            print(figures);
            System.out.printf("The sink took %,d requests, %,d bytes compressed.%n", sink.requests(), sink.bytes());
        }
    }

    private static Figures run(Variant variant, String agent, int port) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(ObservedCallBenchmarks.class.getSimpleName())
                .forks(1)
                .warmupIterations(5)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(4)
                .measurementTime(TimeValue.seconds(1))
                .verbosity(VerboseMode.SILENT)
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend(jvmArguments(variant, agent, port).toArray(String[]::new));
        Collection<RunResult> results = new Runner(options.build()).run();
        RunResult result = results.iterator().next();
        Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
        if (allocated == null) {
            throw new IllegalStateException(
                    "no allocation figure among " + result.getSecondaryResults().keySet());
        }
        return new Figures(result.getPrimaryResult().getScore(), allocated.getScore());
    }

    private static List<String> jvmArguments(Variant variant, String agent, int port) {
        List<String> heap = List.of("-Xms1g", "-Xmx1g");
        List<String> arguments = new ArrayList<>(heap);
        if (variant != Variant.NO_AGENT) {
            arguments.add("-javaagent:" + agent);
            arguments.add("-Dsonde.enabled=" + (variant == Variant.AGENT_RECORDING));
            arguments.add("-Dsonde.host=http://127.0.0.1:" + port);
            arguments.add("-Dsonde.public-key=pk-lf-benchmark");
            arguments.add("-Dsonde.secret-key=sk-lf-benchmark");
        }
        return arguments;
    }

    private static void print(Map<Variant, List<Figures>> figures) {
        double base = median(figures, Variant.NO_AGENT, true);
        System.out.printf("%n%-16s %10s %10s %12s%n", "variant", "ns/call", "added ns", "bytes/call");
        for (Variant variant : Variant.values()) {
            double nanos = median(figures, variant, true);
            System.out.printf(
                    "%-16s %10.1f %10.1f %12.1f   %s%n",
                    variant,
                    nanos,
                    nanos - base,
                    median(figures, variant, false),
                    figures.getOrDefault(variant, List.of()).stream()
                            .map(f -> String.format("%.1f", f.nanos()))
                            .toList());
        }
    }

    private static double median(Map<Variant, List<Figures>> figures, Variant variant, boolean time) {
        double[] sorted = figures.getOrDefault(variant, List.of()).stream()
                .mapToDouble(f -> time ? f.nanos() : f.bytes())
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }
}
