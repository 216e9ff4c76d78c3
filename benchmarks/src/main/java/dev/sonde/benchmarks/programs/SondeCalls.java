package dev.sonde.benchmarks.programs;

import dev.sonde.annotations.Capture;
import dev.sonde.annotations.Observe;

/** Observed by Sonde's agent. */
public final class SondeCalls implements Calls {

    @Override
    @Observe(captureInput = Capture.OFF, captureOutput = Capture.OFF)
    public int root(int seed) {
        int result = seed;
        for (int i = 0; i < CHILDREN; i++) {
            result = child(result);
        }
        return result;
    }

    @Observe(captureInput = Capture.OFF, captureOutput = Capture.OFF)
    int child(int seed) {
        return Work.of(seed);
    }
}
