package dev.sonde.benchmarks;

import dev.sonde.annotations.Capture;
import dev.sonde.annotations.Observe;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What does an observed call cost the caller? A root and ten children that do next to nothing, capture off; time and
 * bytes are per call, one eleventh of a round. The same class runs without agent (the baseline), with an agent that has
 * nothing to do, and with one that records and exports, as the arguments of its JVM say.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ObservedCallBenchmarks {

    private static final int CHILDREN = 10;

    private int value = 1;

    /** One root and its children. */
    @Benchmark
    @OperationsPerInvocation(CHILDREN + 1)
    public int rootWithTenChildren() {
        value = root(value);
        return value;
    }

    /** The observed root. */
    @Observe(captureInput = Capture.OFF, captureOutput = Capture.OFF)
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    public int root(int seed) {
        int result = seed;
        for (int i = 0; i < CHILDREN; i++) {
            result = child(result);
        }
        return result;
    }

    /** An observed child. */
    @Observe(captureInput = Capture.OFF, captureOutput = Capture.OFF)
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    public int child(int seed) {
        return seed * 31 + 7;
    }
}
