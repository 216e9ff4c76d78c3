package dev.sonde.benchmarks.programs;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Repeats an operation for a time and measures it in slices, so that a neighbour who takes the processor for a moment
 * spoils a slice and not the figure. One thread each.
 */
final class Slice {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static final long LENGTH_NANOS = 250_000_000;

    private final IntUnaryOperator operation;
    private final int batch;
    private int value = 1;

    /** {@code batch} operations pass between two looks at the clock. */
    Slice(IntUnaryOperator operation, int batch) {
        this.operation = operation;
        this.batch = batch;
    }

    /** Runs until then, by {@link System#nanoTime}. Returns how many operations it were. */
    long until(long end) {
        long operations = 0;
        while (System.nanoTime() < end) {
            for (int i = 0; i < batch; i++) {
                value = operation.applyAsInt(value);
            }
            operations += batch;
        }
        return operations;
    }

    /** Measures until then. */
    Measured measure(long end) {
        List<Double> nanos = new ArrayList<>();
        long operations = 0;
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
     * @param bytes that the calling thread allocated, in all
     * @param cpuNanos of the calling thread, in all
     * @param processCpuNanos of all threads of the process, in all
     */
    record Measured(long operations, double nanos, long bytes, long cpuNanos, long processCpuNanos) {}
}
