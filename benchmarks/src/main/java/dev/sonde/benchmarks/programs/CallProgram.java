package dev.sonde.benchmarks.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes nested calls for a time. Arguments: the class of the calls, threads, seconds of warm-up, seconds of measuring. */
public final class CallProgram {

    private static final int BATCH = 100;

    private CallProgram() {}

    /** Runs, and says what a root with its children cost. */
    public static void main(String[] arguments) throws Exception {
        int threads = Integer.parseInt(arguments[1]);
        long warm = TimeUnit.SECONDS.toNanos(Integer.parseInt(arguments[2]));
        long measure = TimeUnit.SECONDS.toNanos(Integer.parseInt(arguments[3]));
        try (Calls calls = Calls.of(arguments[0])) {
            List<Caller> callers = new ArrayList<>();
            Phaser warmed = new Phaser(threads);
            for (int i = 0; i < threads; i++) {
                callers.add(new Caller(calls, warm, measure, warmed));
                callers.get(i).start();
            }
            for (Caller caller : callers) {
                caller.join();
            }
            say(callers);
        }
    }

    private static void say(List<Caller> callers) {
        double operations = 0;
        double created = 0;
        double bytes = 0;
        double nanos = 0;
        double meanNanos = 0;
        double cpu = 0;
        double processCpu = 0;
        for (Caller caller : callers) {
            operations += caller.measured().operations();
            created += caller.measured().operations() + caller.warmUps;
            bytes += caller.measured().bytes();
            nanos += caller.measured().nanos() / callers.size();
            meanNanos += caller.measured().meanNanos() / callers.size();
            cpu += caller.measured().cpuNanos();
            processCpu += caller.measured().processCpuNanos() / (double) callers.size();
        }
        Answer.say("nanos", nanos);
        Answer.say("meanNanos", meanNanos);
        Answer.say("bytes", bytes / operations);
        Answer.say("callerCpuNanos", cpu / operations);
        Answer.say("processCpuNanos", processCpu / operations);
        Answer.say("operations", created);
    }

    /** One thread that calls. */
    private static final class Caller extends Thread {
        private final Slice slice;
        private final long warm;
        private final long measure;
        private final Phaser warmed;
        private long warmUps;
        private Slice.@Nullable Measured measured;

        Caller(Calls calls, long warm, long measure, Phaser warmed) {
            super("caller");
            this.slice = new Slice(calls::root, Work.STEPS == 0 ? BATCH : 1);
            this.warm = warm;
            this.measure = measure;
            this.warmed = warmed;
        }

        @Override
        public void run() {
            warmUps = slice.warmUp(warm);
            warmed.arriveAndAwaitAdvance();
            measured = slice.measure(measure);
        }

        Slice.Measured measured() {
            if (measured == null) {
                throw new IllegalStateException("the caller failed, see above");
            }
            return measured;
        }
    }
}
