package dev.sonde.benchmarks.programs;

import datadog.trace.api.Trace;

/** Observed by Datadog's agent. */
public final class DatadogCalls implements Calls {

    @Override
    @Trace
    public int root(int seed) {
        int result = seed;
        for (int i = 0; i < CHILDREN; i++) {
            result = child(result);
        }
        return result;
    }

    @Trace
    int child(int seed) {
        return Work.of(seed);
    }
}
