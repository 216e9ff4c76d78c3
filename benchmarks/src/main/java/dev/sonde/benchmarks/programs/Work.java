package dev.sonde.benchmarks.programs;

/** What a measured method does: next to nothing, or a fixed number of steps that cost about the same time everywhere. */
public final class Work {

    /** Steps of each child; a constant of the process, so that the compiler sees it. Zero for the hammer. */
    static final int STEPS = Integer.getInteger("benchmarks.steps", 0);

    private static final int WARM_UPS = 2_000;
    private static final int TRIES = 200;
    private static final int TRIAL_STEPS = 10_000;

    private Work() {}

    static int of(int seed) {
        return STEPS == 0 ? seed * 31 + 7 : spin(seed, STEPS);
    }

    private static int spin(int seed, int steps) {
        int value = seed | 1;
        for (int i = 0; i < steps; i++) {
            value ^= value << 13;
            value ^= value >>> 17;
            value ^= value << 5;
        }
        return value;
    }

    /** How many steps take {@code nanos} on this machine when nothing else runs: the fastest of many tries counts. */
    public static int stepsFor(long nanos) {
        int value = 1;
        for (int i = 0; i < WARM_UPS; i++) {
            value = spin(value, TRIAL_STEPS);
        }
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            long begun = System.nanoTime();
            value = spin(value, TRIAL_STEPS);
            fastest = Math.min(fastest, System.nanoTime() - begun);
        }
        if (value == 0) {
            throw new IllegalStateException("a shift register never reaches zero");
        }
        return Math.toIntExact(nanos * TRIAL_STEPS / fastest);
    }
}
