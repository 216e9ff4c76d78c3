package dev.sonde.benchmarks.programs;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Repeats an operation for a time and measures it in slices of a millisecond, so that a neighbour who takes the processor
 * for a moment spoils a slice and not the figure. One thread each.
 */
final class Slice {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static final long LENGTH_NANOS = 1_000_000;

    private static final long MOST_WARM_UPS = 3;
    private static final long WARM_UP_SLICES = 50;

    private final IntUnaryOperator operation;
    private final int batch;
    private int value = 1;

    /** {@code batch} operations pass between two looks at the clock. */
    Slice(IntUnaryOperator operation, int batch) {
        this.operation = operation;
        this.batch = batch;
    }

    /**
     * Runs until this thread has worked for that long, so that a busy machine warms up as well as a quiet one; three times
     * as long by the clock at most. Returns how many operations it were.
     */
    long warmUp(long cpuNanos) {
        long workedUntil = THREADS.getCurrentThreadCpuTime() + cpuNanos;
        long end = System.nanoTime() + MOST_WARM_UPS * cpuNanos;
        long operations = 0;
        while (THREADS.getCurrentThreadCpuTime() < workedUntil && System.nanoTime() < end) {
            operations += until(System.nanoTime() + WARM_UP_SLICES * LENGTH_NANOS);
        }
        return operations;
    }

    /** Runs until then, by {@link System#nanoTime}. Returns how many operations it were. */
    private long until(long end) {
        long operations = 0;
        while (System.nanoTime() < end) {
            for (int i = 0; i < batch; i++) {
                value = operation.applyAsInt(value);
            }
            operations += batch;
        }
        return operations;
    }

    /** Measures for that long. */
    Measured measure(long forNanos) {
        long end = System.nanoTime() + forNanos;
        List<Double> nanos = new ArrayList<>();
        long operations = 0;
        long first = System.nanoTime();
        long cpu = SYSTEM.getProcessCpuTime();
        long ownCpu = THREADS.getCurrentThreadCpuTime();
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        while (System.nanoTime() < end) {
            long begun = System.nanoTime();
            long count = until(begun + LENGTH_NANOS);
            nanos.add((System.nanoTime() - begun) / (double) count);
            operations += count;
        }
        nanos.sort(null);
        return new Measured(
                operations,
                nanos.get(nanos.size() / 2),
                (System.nanoTime() - first) / (double) operations,
                THREADS.getCurrentThreadAllocatedBytes() - bytes,
                THREADS.getCurrentThreadCpuTime() - ownCpu,
                SYSTEM.getProcessCpuTime() - cpu);
    }

    /** The last result, so that no compiler drops the work. */
    int value() {
        return value;
    }

    /**
     * @param nanos of an operation, the median of the slices
     * @param meanNanos of an operation, all time counted
     * @param bytes that the calling thread allocated, in all
     * @param cpuNanos of the calling thread, in all
     * @param processCpuNanos of all threads of the process, in all
     */
    record Measured(long operations, double nanos, double meanNanos, long bytes, long cpuNanos, long processCpuNanos) {}
}
